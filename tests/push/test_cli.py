"""The command ``push``: its ways, what it prints, when it asks."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cardwright.cli import cli, run
from cardwright.delivery import target
from cardwright.delivery.values import AnkiError
from tests.in_anki import collection_in

QUESTIONS = "## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nIt drinks.\n"


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a file of questions and a profile of Anki."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANKI_BASE", str(tmp_path / "Anki2"))
    (tmp_path / "Anki2" / "User 1").mkdir(parents=True)
    with collection_in(collection(tmp_path)):
        pass
    write(tmp_path, QUESTIONS)
    return tmp_path


def collection(folder: Path) -> Path:
    return folder / "Anki2" / "User 1" / "collection.anki2"


def write(folder: Path, text: str) -> None:
    (folder / "plants.md").write_text(text, "utf-8")


def push(*words: str) -> int:
    return run(["push", "plants.md", "--profile", "User 1", *words])


def fields(folder: Path, name: str) -> set[str]:
    with collection_in(collection(folder)) as opened:
        return {opened.get_note(id_)[name] for id_ in opened.find_notes("")}


def test_a_push_lists_its_changes_and_a_second_push_has_none(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert push() == 0
    first = capsys.readouterr().out
    assert push() == 0
    second = capsys.readouterr().out

    assert "new       What is a leaf?" in first
    assert first.endswith("Anki is up to date now: 2 new\n")
    assert second == "Anki is up to date\n"
    assert fields(garden, "Answer") == {"<p>An organ.</p>", "<p>It drinks.</p>"}


def test_a_note_type_has_its_name_in_anki(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert push() == 0
    with collection_in(collection(garden)) as opened:
        (type_,) = (each for each in opened.models.all() if "Cardwright" in each["name"])
        type_["css"] = ".card {}"
        opened.models.update_dict(type_)
        assert opened.db
        opened.db.execute("update notetypes set mtime_secs = 1 where id = ?", type_["id"])
    capsys.readouterr()

    assert push() == 0

    said = capsys.readouterr().out
    assert f"the note type '{type_['name']}' gets its new templates and style" in said


def test_a_dry_run_writes_nothing_anywhere(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in garden.rglob("*") if path.is_file()}

    assert push("--dry-run") == 0

    after = {path: path.stat().st_mtime_ns for path in garden.rglob("*") if path.is_file()}
    assert capsys.readouterr().out.endswith("nothing was written: 2 new\n")
    assert not [path for path in after if path not in before and "Anki2" not in path.parts]
    assert not list(garden.rglob("backups"))
    assert fields(garden, "Answer") == set()


def test_the_words_that_differ_from_anki_are_shown(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    push()
    write(garden, QUESTIONS.replace("drinks", "eats"))
    capsys.readouterr()

    push("--dry-run")

    assert "answer    It [-drinks-] {+eats+}." in capsys.readouterr().out


def test_a_conflict_names_the_file_and_the_commands_as_they_are_typed(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["push", "my notes", "--lock", "my.lock", "--profile", "User 1"]
    notes = garden / "my notes"
    notes.mkdir()
    (garden / "plants.md").rename(notes / "plants.md")
    assert run(command) == 0
    with collection_in(collection(garden)) as opened:
        note = opened.get_note(opened.find_notes("leaf")[0])
        note["Answer"] = "<p>An organ, green.</p>"
        opened.update_note(note)
    text = (notes / "plants.md").read_text("utf-8").replace("An organ.", "An organ of a plant.")
    (notes / "plants.md").write_text(text, "utf-8")
    capsys.readouterr()

    assert run(command) == 0

    said = capsys.readouterr().err
    assert said.startswith("my notes/plants.md:1:4: AN811 ")
    assert "'cardwright pull 'my notes' --lock my.lock --profile 'User 1' --theirs --apply'" in said
    assert "'cardwright push 'my notes' --lock my.lock --profile 'User 1' --ours' replaces" in said


def test_a_conflict_at_the_end_of_a_long_answer_is_shown(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "It drinks what the rain leaves in the soil, and holds the plant upright"
    write(garden, QUESTIONS.replace("It drinks", f"{long} in wind"))
    push()
    edit(garden, "root", lambda html: html.replace("in wind", "in storms"))
    write(garden, QUESTIONS.replace("It drinks", f"{long} in snow"))
    capsys.readouterr()

    push()

    said = capsys.readouterr().err
    assert "holds the plant upright in storms.'; here: '" in said
    assert "holds the plant upright in snow.'; 'cardwright pull" in said


def test_a_conflict_of_colours_alone_is_named_and_advises_no_pull(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    push()
    edit(
        garden, "leaf", lambda html: html.replace("organ", '<span style="color: red">organ</span>')
    )
    write(garden, QUESTIONS.replace("An organ", "An **organ**"))
    capsys.readouterr()

    push()

    said = capsys.readouterr().err
    assert "hint: the words are the same, and only their look differs; 'cardwright push " in said
    assert "cardwright pull" not in said


def test_text_that_was_pasted_in_colour_is_no_conflict_after_a_pull(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    push()
    pasted = '<div>In the <span style="color: red">dark</span>.</div>'
    edit(garden, "root", lambda html: html + pasted)
    assert run(["pull", "plants.md", "--profile", "User 1", "--apply"]) == 0
    assert "In the dark." in (garden / "plants.md").read_text("utf-8")
    capsys.readouterr()

    push()
    push()

    said = capsys.readouterr()
    assert "AN811" not in said.err
    assert said.out.count("keep      1 note that you edited in Anki") == 2
    assert any(pasted in answer for answer in fields(garden, "Answer"))


def test_words_that_got_a_colour_do_not_keep_other_edits_in_anki(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    push()
    new = 'It <span style="color: red">drinks</span> much'
    edit(garden, "root", lambda html: html.replace("It drinks", new))
    capsys.readouterr()

    assert run(["pull", "plants.md", "--profile", "User 1", "--apply"]) == 0

    assert "It drinks much." in (garden / "plants.md").read_text("utf-8")
    assert "it has a colour, which Markdown cannot express" in capsys.readouterr().err
    push()
    said = capsys.readouterr()
    assert "AN811" not in said.err
    assert "keep      1 note that you edited in Anki" in said.out
    assert any(new in answer for answer in fields(garden, "Answer"))


def edit(folder: Path, question: str, change: Callable[[str], str]) -> None:
    """Change the answer in Anki."""
    with collection_in(collection(folder)) as opened:
        note = opened.get_note(opened.find_notes(question)[0])
        note["Answer"] = change(note["Answer"])
        opened.update_note(note)


def test_json_has_all_of_it(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    push()
    write(garden, QUESTIONS.replace("drinks", "eats"))
    capsys.readouterr()

    assert push("--json") == 0

    said = json.loads(capsys.readouterr().out)
    assert said["done"] is True
    assert said["collection"].isdecimal()
    (changed,) = said["found"]["changed"]
    assert changed["fields"]["Answer"] == {"old": "<p>It drinks.</p>", "new": "<p>It eats.</p>"}


def test_content_with_errors_is_not_pushed(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    push()
    write(garden, "## One? {#a}\n\nA.\n\n## Two? {#a}\n\nB.\n")

    assert push() == 1

    assert "QA309" in capsys.readouterr().err
    assert fields(garden, "Answer") == {"<p>An organ.</p>", "<p>It drinks.</p>"}


@pytest.mark.parametrize("command", ["push", "pull", "adopt"])
@pytest.mark.parametrize("name", ["user", ""])  # as from an empty variable of a script
def test_a_profile_that_is_not_there_names_those_that_are(
    command: str, name: str, garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "plants.md", "--profile", name]) == 1

    said = capsys.readouterr().err
    assert f"AN802 Anki has no profile '{name}' in {garden / 'Anki2'}" in said
    assert "hint: the profiles there: 'User 1'" in said


@pytest.mark.usefixtures("garden")
def test_no_path_leads_out_of_the_profiles() -> None:
    with pytest.raises(AnkiError):
        target.profile_collection("../Anki2/User 1")


@pytest.mark.parametrize(
    ("system", "variables", "folder"),
    [
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/Anki2"),
        ("linux", {"HOME": "/home/me"}, "/home/me/.local/share/Anki2"),
        ("darwin", {"HOME": "/Users/me"}, "/Users/me/Library/Application Support/Anki2"),
        ("win32", {"APPDATA": "/me/AppData/Roaming"}, "/me/AppData/Roaming/Anki2"),
        ("linux", {"ANKI_BASE": "/elsewhere", "XDG_DATA_HOME": "/data"}, "/elsewhere"),
    ],
)
def test_anki_keeps_its_profiles_where_each_system_keeps_such_things(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], folder: str
) -> None:
    for name in ("ANKI_BASE", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", system)

    assert target.anki_folder() == Path(folder)


@pytest.mark.parametrize(
    "words",
    [
        ["--profile", "a", "--collection", "b"],
        ["--sync", "--anki", "http://127.0.0.1:1"],
        ["--full-download"],
    ],
)
@pytest.mark.usefixtures("garden")
def test_one_way_at_a_time(words: list[str]) -> None:
    assert run(["push", "plants.md", *words]) == 2


def test_a_backup_comes_before_the_first_change_and_no_other(garden: Path) -> None:
    push()
    push()

    assert len(list((garden / "Anki2" / "User 1" / "backups").iterdir())) == 1


def test_a_push_keeps_the_mode_of_the_collection(garden: Path) -> None:
    collection(garden).chmod(0o600)

    push()

    assert stat.S_IMODE(collection(garden).stat().st_mode) == 0o600


def test_a_push_is_one_step_of_the_undo_list(garden: Path) -> None:
    from cardwright.delivery.collection import ClosedCollection

    push()
    write(garden, "# Herbs\n\n" + QUESTIONS.replace("drinks", "eats") + "\n## Why?\n\nSo.\n")
    steps: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        read_deck = ClosedCollection.read_deck

        def watched(self: ClosedCollection, *args: object) -> object:
            steps.append(self.raw.undo_status().undo)
            return read_deck(self, *args)  # type: ignore[arg-type]

        patch.setattr(ClosedCollection, "read_deck", watched)
        push()

    assert steps == ["", "", "Cardwright push"]


def test_a_deletion_is_asked_about_on_a_terminal(
    garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push()
    write(garden, "## What is a leaf?\n\nAn organ.\n")
    monkeypatch.setattr("cardwright.cli.push.is_interactive", lambda: True)
    command = ["push", "plants.md", "--profile", "User 1", "--prune"]

    refused = CliRunner().invoke(cli, command, input="n\n")
    kept = fields(garden, "Answer")
    agreed = CliRunner().invoke(cli, command, input="y\n")

    assert "Bring this to Anki? [y/N]" in refused.output
    assert "nothing was written" in refused.output
    assert kept == {"<p>An organ.</p>", "<p>It drinks.</p>"}
    assert "1 deleted" in agreed.output
    assert fields(garden, "Answer") == {"<p>An organ.</p>"}


def test_a_watched_push_prints_what_it_asks_about(
    garden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    push()
    write(garden, "## What is a leaf?\n\nAn organ.\n")
    monkeypatch.setattr("cardwright.cli.push.is_interactive", lambda: True)
    monkeypatch.setattr("cardwright.watching.changes", lambda *_, **__: ())
    command = ["push", "plants.md", "--profile", "User 1", "--prune", "--watch"]

    refused = CliRunner().invoke(cli, command, input="n\n")

    asked, _, rest = refused.output.partition("Bring this to Anki? [y/N]")
    assert asked.split("\n")[0].split(maxsplit=1) == ["delete", "What is a root?"]
    assert "nothing was written" in rest


def test_a_small_change_is_not_asked_about(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(garden, QUESTIONS + "".join(f"\n## Number {n}?\n\n{n}.\n" for n in range(5)))
    push()
    write(garden, (garden / "plants.md").read_text("utf-8").replace("drinks", "eats"))
    monkeypatch.setattr("cardwright.cli.push.is_interactive", lambda: True)

    said = CliRunner().invoke(cli, ["push", "plants.md", "--profile", "User 1"])

    assert "Bring this" not in said.output
    assert "1 changed" in said.output
