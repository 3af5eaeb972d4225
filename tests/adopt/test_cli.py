"""What ``adopt`` prints and asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from cardwright.cli import cli, run
from tests.adopt.content import write_content
from tests.adopt.situations import add_third_template, type_note
from tests.in_anki import collection_in

FILE = "collection.anki2"
COMMAND = ["adopt", "--collection", FILE, "--deck", "Plants"]


@pytest.fixture(autouse=True)
def plants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    questions = "## What is a leaf?\n\nIt makes sugar.\n\n## What is a root?\n\nIt drinks.\n"
    write_content(tmp_path / "content", plants=f"# Plants\n\n{questions}")
    with collection_in(Path(FILE)) as col:
        type_note(col, "Basic", "What is a leaf?", "An organ of plants.")
        type_note(col, "Basic", "What is a leaf?", "A page.")
        type_note(col, "Basic", "What is a root?", "It drinks.")
    return tmp_path


def asked(monkeypatch: pytest.MonkeyPatch, answers: str, *options: str) -> str:
    monkeypatch.setattr("cardwright.cli.adopt.is_interactive", lambda: True)
    return CliRunner().invoke(cli, [*COMMAND, *options], input=answers).output


def fronts() -> list[str]:
    with collection_in(Path(FILE)) as col:
        return [col.get_note(id_).fields[0] for id_ in sorted(col.find_notes(""))]


def test_both_sides_are_shown_and_the_choice_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    output = asked(monkeypatch, "9\n2\ny\n")

    assert "question  What is a leaf?\n          It makes sugar." in output
    assert "note 2    What is a leaf?\n          A page.\n          Plants, 0 reviews" in output
    assert "the notes of 2 of 2 questions are adopted, with their reviews" in output
    assert "choose 'Upload to AnkiWeb'" in output
    assert fronts() == ["What is a leaf?", "<p>What is a leaf?</p>", "<p>What is a root?</p>"]


def test_declining_changes_nothing(plants: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = asked(monkeypatch, "0\nn\n")

    assert "new       What is a leaf?\n          no note; the next push makes one" in output
    assert "nothing was written: notes of 1 of 2 questions can be adopted" in output
    assert fronts() == ["What is a leaf?", "What is a leaf?", "What is a root?"]
    assert not (plants / "content" / "deck.lock").exists()
    assert not (plants / "backups").exists()


def test_accept_new_asks_only_whether_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    output = asked(monkeypatch, "y\n", "--accept-new")

    assert "Which note is it?" not in output
    assert fronts() == ["What is a leaf?", "What is a leaf?", "<p>What is a root?</p>"]


def test_nobody_is_asked_if_the_answers_cannot_help(
    plants: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (plants / "content" / "stems.md").write_text("# Stems\n\n## What is a stem?\n\nIt carries.\n")
    with collection_in(Path(FILE)) as col:
        add_third_template(col)
        type_note(col, "Basic (and reversed card)", "What is a stem?", "It carries.")

    output = asked(monkeypatch, "", "--strict")

    assert "AN833 the note is not adopted" in output
    assert "Which note is it?" not in output
    assert "Adopt them?" not in output


def test_a_deck_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["adopt", "--collection", FILE, "--deck", "Plant"]) == 1

    printed = capsys.readouterr().err
    assert "AN830 the collection has no deck 'Plant'" in printed
    assert "did you mean 'Plants'?" in printed


def test_one_way_into_anki_has_to_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["adopt"]) == 2
    assert run(["adopt", "--collection", FILE, "--profile", "User 1"]) == 2

    assert "give one of --collection and --profile" in capsys.readouterr().err


def test_a_profile_is_found(plants: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANKI_BASE", str(plants / "Anki2"))
    folder = plants / "Anki2" / "User 1"
    folder.mkdir(parents=True)
    Path(FILE).rename(folder / FILE)

    assert run(["adopt", "--profile", "User 1", "--accept-new"]) == 0

    assert list((folder / "backups").iterdir())
