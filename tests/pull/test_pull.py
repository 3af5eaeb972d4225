"""Edits come back from wherever Anki keeps them, into files that stay as they are otherwise."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cardwright.anki_fields.reading import blocks_of
from cardwright.building import build_deck
from cardwright.cli import run
from cardwright.diagnostics import Code
from cardwright.package.shipped import SHIPPED
from cardwright.pipeline import Options
from cardwright.pull import FilePatch, PullChoices, Pulled
from cardwright.pull.files import PatchedFile, patched_files, write_files
from tests.in_anki import collection_in, import_into
from tests.pull.garden import OPTIONS, Garden, replacing
from tests.work import calls_of, grows_evenly, steps_of

LEAVES = """\
# Leaves

## What is a leaf?

A flat organ.

It is green.

## What is a root?

An organ below.
"""


HEADINGS = "# Leaves\n\n" + "".join(f"## Twig {n}\n\nLine {n} of prose.\n\n" for n in (1, 2, 3))
TERMS = "".join(f"Term{n} :: definition {n}\n\n" for n in range(10, 13))


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    """A file of two questions, imported."""
    garden = Garden(tmp_path)
    garden.write("leaves.md", LEAVES)
    garden.import_all()
    return garden


def write(pulled: Pulled, folder: Path) -> None:
    files, problems = patched_files(pulled.patches, folder)
    assert (*problems, *write_files(files)) == ()


def test_if_one_file_cannot_be_written_no_file_changes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    first.write_bytes(b"old")
    first.chmod(0o640)
    (second / "inside").mkdir(parents=True)  # no file takes the name of a folder

    problems = write_files([PatchedFile(first, b"old", b"new"), PatchedFile(second, b"", b"new")])

    assert [problem.code for problem in problems] == [Code.CANNOT_WRITE]
    assert first.read_bytes() == b"old"
    assert first.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in tmp_path.iterdir()} == {"a.md", "b.md"}


def files_of(garden: Garden) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in garden.content.glob("*.md")}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("pumps", "moves", "The heart moves ==blood== into the ==aorta==."),
        ("blood", "red blood", "The heart pumps ==red blood== into the ==aorta==."),
        ("{{c2::blood}}", "blood", "The heart pumps blood into the ==aorta==."),
    ],
)
def test_deletions_that_kept_their_numbers_are_edited(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    garden = Garden(tmp_path)
    text = "#flashcards\n\nThe ==heart== pumps ==blood== into the ==aorta==.\n"
    garden.write("heart.md", text)
    garden.import_all()
    garden.write("heart.md", text.replace("==heart==", "heart"))
    garden.import_all()

    garden.edit({"heart.md": ("Text", replacing(old, new))})
    pulled = garden.pull(garden.exported("all.apkg"))
    write(pulled, garden.content)

    assert files_of(garden)["heart.md"] == f"#flashcards\n\n{expected}\n"
    assert garden.pull(garden.exported("all.apkg")).edits == ()


@pytest.mark.parametrize("name", ["all.apkg", "all.colpkg"])
@pytest.mark.parametrize("is_legacy", [False, True])
def test_an_export_of_each_kind_is_read(garden: Garden, name: str, is_legacy: bool) -> None:
    garden.edit({"leaves.md": ("Answer", replacing("flat", "green"))})

    pulled = garden.pull(garden.exported(name, is_legacy=is_legacy))

    assert [patch.new[4] for patch in pulled.patches] == ["A green organ."]
    assert pulled.looked_at == 2


def test_reading_a_collection_does_not_change_it(
    garden: Garden, capsys: pytest.CaptureFixture[str]
) -> None:
    garden.edit({"leaves.md": ("Answer", replacing("flat", "green"))})
    before = hashlib.sha256(garden.collection.read_bytes()).hexdigest()
    others = sorted(path.name for path in garden.collection.parent.iterdir())

    assert run(garden.command("--collection", str(garden.collection))) == 0

    assert "+A green organ." in capsys.readouterr().out
    assert hashlib.sha256(garden.collection.read_bytes()).hexdigest() == before
    assert sorted(path.name for path in garden.collection.parent.iterdir()) == others


def test_an_open_collection_is_refused(garden: Garden, capsys: pytest.CaptureFixture[str]) -> None:
    program = (
        "import sys; from anki.collection import Collection; "
        "opened = Collection(sys.argv[1]); print(flush=True); input()"
    )
    command = [sys.executable, "-c", program, str(garden.collection)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "\n"
        assert run(garden.command("--collection", str(garden.collection))) == 1
        other.communicate("\n")

    assert "AN803" in capsys.readouterr().err


def test_the_patch_is_one_that_git_applies(
    garden: Garden, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    crlf = "\ufeff" + LEAVES.replace("\n", "\r\n").rstrip()
    (garden.content / "leaves.md").write_bytes(crlf.encode())
    garden.edit({"leaves.md": ("Answer", replacing("An organ below", "An organ under it"))})
    package = garden.exported("all.apkg")
    monkeypatch.chdir(garden.content.parent)

    assert run(["pull", "garden", "--from", str(package), "-o", str(garden.output)]) == 0
    patch = capsys.readouterr().out
    subprocess.run(["git", "apply", "-"], input=patch.encode(), check=True)

    there = (garden.content / "leaves.md").read_bytes().decode()
    assert there == crlf.replace("An organ below", "An organ under it")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("is_ended", [True, False])
def test_a_file_keeps_line_ends_bom_and_mode(garden: Garden, end: str, is_ended: bool) -> None:
    text = "\ufeff" + LEAVES.replace("\n", end)
    text = text if is_ended else text.rstrip()
    path = garden.content / "leaves.md"
    path.write_bytes(text.encode())
    path.chmod(0o640)
    garden.edit({"leaves.md": ("Answer", replacing("It is green.", "It is green.</p><p>Mostly."))})
    package = garden.exported("all.apkg")

    assert run([*garden.command("--from", str(package)), "--apply"]) == 0

    new = text.replace("It is green.", f"It is green.{end}{end}Mostly.")
    assert path.read_bytes().decode() == new
    assert path.stat().st_mode & 0o777 == 0o640
    assert not list(garden.content.glob(".*.tmp"))


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("one\n", encoding="utf-8")
    patches = [FilePatch(name, ("one",), ("two",)) for name in ("a.md", "b.md")]
    (tmp_path / "b.md").write_text("changed\n", encoding="utf-8")

    files, (problem,) = patched_files(patches, tmp_path)

    assert problem.message == "'b.md' changed while its patch was made; nothing was written"
    assert [file.path.name for file in files] == ["a.md"]


@pytest.mark.parametrize("name", ["leaves.md", "trees.md"])
def test_a_file_that_was_edited_and_renamed_is_read_as_before(tmp_path: Path, name: str) -> None:
    """Its terms would win now, but the lock knows its headings under the old name."""
    garden = Garden(tmp_path)
    garden.write("leaves.md", HEADINGS)
    garden.import_all()
    garden.edit({"leaves.md": ("Answer", replacing("prose", "verse"))})
    (garden.content / "leaves.md").unlink()
    garden.write(name, HEADINGS + TERMS)

    pulled = garden.pull(garden.exported("all.apkg"))

    assert [(patch.path, patch.new[4]) for patch in pulled.patches] == [(name, "Line 1 of verse.")]


def test_what_was_pulled_is_what_the_learner_has_and_the_same_note(garden: Garden) -> None:
    garden.edit({"leaves.md": ("Question", replacing("a leaf", "a green leaf"))})
    pulled = garden.pull(garden.exported("all.apkg"))

    write(pulled, garden.content)
    built = build_deck(garden.content, garden.output, Options(1_800_000_000))
    assert built.package is not None
    import_into(garden.collection, built.package)

    assert garden.pull(garden.exported("again.apkg")).edits == ()
    with collection_in(garden.collection) as collection:
        assert collection.note_count() == 2
        assert collection.find_notes('Question:"*green leaf*"')


def test_a_conflict_is_shown_and_theirs_takes_the_text_of_anki(garden: Garden) -> None:
    garden.edit({"leaves.md": ("Answer", replacing("flat", "green"))})
    garden.write("leaves.md", LEAVES.replace("flat", "thin"))
    package = garden.exported("all.apkg")

    (edit,) = garden.pull(package).edits
    theirs = garden.pull(package, PullChoices(takes_theirs=True))

    assert edit.reason == "was changed in the content as well"
    assert (edit.place.line, edit.before[:12]) == (5, "A thin organ")
    assert [patch.new[4] for patch in theirs.patches] == ["A green organ."]


def test_an_edit_joins_one_of_another_paragraph(garden: Garden) -> None:
    garden.edit({"leaves.md": ("Answer", replacing("flat", "thin"))})
    garden.write("leaves.md", LEAVES.replace("green", "yellow"))

    (patch,) = garden.pull(garden.exported("all.apkg")).patches

    assert patch.new[4:7] == ("A thin organ.", "", "It is yellow.")


def test_an_update_that_never_arrived_is_not_an_edit_of_the_learner(garden: Garden) -> None:
    with collection_in(garden.collection) as collection:
        note = collection.get_note(collection.find_notes("")[0])
        note.add_tag("hard")
        collection.update_note(note)
    garden.write("leaves.md", LEAVES.replace("flat", "thin"))
    built = build_deck(garden.content, garden.output, Options(1_700_000_500))
    assert built.package is not None
    import_into(garden.collection, built.package)  # skipped: the tag is newer

    pulled = garden.pull(garden.exported("all.apkg"))

    assert (pulled.patches, pulled.edits) == ((), ())


def test_a_note_that_does_not_say_how_it_was_shipped_is_compared_with_the_package(
    garden: Garden,
) -> None:
    with collection_in(garden.collection) as collection:
        for id_ in collection.find_notes(""):
            note = collection.get_note(id_)
            note[SHIPPED] = ""
            note["Answer"] = note["Answer"].replace("flat", "thin")
            collection.update_note(note)
    package = garden.exported("all.apkg")

    assert [patch.new[4] for patch in garden.pull(package).patches] == ["A thin organ."]
    (garden.output / "garden.apkg").unlink()
    assert [edit.reason for edit in garden.pull(package).edits] == [
        "was changed in the content as well"
    ]


def test_tags_come_where_a_question_has_a_place_for_them(garden: Garden) -> None:
    garden.write("pairs.md", "What is a bud?::A leaf to be.\n\nWhat is a seed?::A plant to be.\n")
    garden.import_all()
    with collection_in(garden.collection) as collection:
        for search in ("leaf?", "bud?"):
            note = collection.get_note(collection.find_notes(search)[0])
            for tag in ("hard", "marked", "exam::2027"):
                note.add_tag(tag)
            collection.update_note(note)
    package = garden.exported("all.apkg")

    assert garden.pull(package).edits == ()
    pulled = garden.pull(package, PullChoices(with_tags=True))

    lines = [patch.new for patch in pulled.patches if patch.path == "leaves.md"]
    assert lines[0][2] == "## What is a leaf? {.exam::2027 .hard}"
    left = [(edit.place.path, edit.after) for edit in pulled.edits if edit.reason]
    assert left == [("pairs.md", "exam::2027"), ("pairs.md", "hard")]


def test_a_question_that_would_be_a_new_one_gets_its_id(garden: Garden) -> None:
    both = "# One\n\n## What is a laef?\n\nAn organ.\n\n## Is a laef flat?\n\nAn organ.\n"
    garden.write("one.md", both)
    garden.import_all()
    garden.edit({"one.md": ("Question", replacing("laef", "leaf"))})

    pulled = garden.pull(garden.exported("all.apkg"))

    (edit,), (patch,) = pulled.edits, pulled.patches
    assert edit.reason == ""
    assert patch.new[2] == f"## What is a leaf? {{#{edit.guid}}}"


def test_python_markdown_is_written_too(garden: Garden) -> None:
    garden.write("deck.yml", "deck: Garden\nmarkdown: {flavour: python-markdown}\n")
    garden.write("leaves.md", LEAVES.replace("flat", "**flat**"))
    garden.import_all()
    garden.edit({"leaves.md": ("Answer", replacing("flat", "thin"))})

    (patch,) = garden.pull(garden.exported("all.apkg")).patches

    assert patch.new[4] == "A **thin** organ."


def test_a_single_file_is_pulled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "leaves.md"
    path.write_text(LEAVES, encoding="utf-8")
    built = build_deck(path, tmp_path / "build", OPTIONS)
    assert built.package is not None
    collection = tmp_path / "collection.anki2"
    import_into(collection, built.package)
    with collection_in(collection) as opened:
        note = opened.get_note(opened.find_notes("root")[0])
        note["Answer"] = "<p>An organ under the ground.</p>"
        opened.update_note(note)

    ways = ["--collection", str(collection), "-o", str(tmp_path / "build")]
    assert run(["pull", str(path), *ways]) == 0
    assert "1 edit placed in 1 file; '--apply' writes it\n" in capsys.readouterr().err
    assert run(["pull", str(path), *ways, "--apply"]) == 0

    assert "An organ under the ground.\n" in path.read_text("utf-8")
    assert "1 edit written to 1 file\n" in capsys.readouterr().err


def test_the_json_has_the_patch_and_each_edit(
    garden: Garden, capsys: pytest.CaptureFixture[str]
) -> None:
    green = '<span style="color: rgb(0, 128, 0);">green</span>'
    garden.edit({"leaves.md": ("Answer", replacing("green", green))})
    garden.edit({"leaves.md": ("Answer", replacing("flat", "thin"))})
    package = garden.exported("all.apkg")

    assert run([*garden.command("--from", str(package)), "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert "+A thin organ.\n" in found["patch"]
    assert [Path(name).name for name in found["files"]] == ["leaves.md"]
    assert (found["written"], [edit["placed"] for edit in found["edits"]]) == (False, [True, False])
    assert found["edits"][1]["line"] == 7
    assert found["edits"][1]["reason"] == "has a colour, which Markdown cannot express"
    assert [problem["code"] for problem in found["diagnostics"]] == ["AN841"]


def test_an_answer_in_yaml_is_shown_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    garden = Garden(tmp_path)
    garden.write("leaf.md", '---\nquestion: What is it?\nanswer: "A \\u006caef."\n---\n')
    garden.import_all()
    garden.edit({"leaf.md": ("Answer", replacing("laef", "leaf"))})

    assert run(garden.command("--collection", str(garden.collection))) == 0

    assert (
        "the answer was edited in Anki; it is written differently in the file (for example with "
        "escapes in YAML), so Cardwright cannot place the edit"
    ) in capsys.readouterr().err


def test_an_answer_in_a_block_of_yaml_is_edited_there(garden: Garden) -> None:
    text = "---\nquestion: What is it?\nanswer: |\n    A leaf.\n\n    - green\n---\n"
    garden.write("leaf.md", text)
    garden.import_all()
    garden.edit({"leaf.md": ("Answer", replacing("green</li>", "dark green</li><li>flat</li>"))})

    pulled = garden.pull(garden.exported("all.apkg"))

    (patch,) = pulled.patches
    assert patch.new == tuple(text.replace("- green", "- dark green\n    - flat").split("\n"))[:-1]


def test_an_edit_beside_a_control_character_is_placed_and_keeps_it(garden: Garden) -> None:
    text = "# Leaf\n\n## What is it?\n\nA leaf.\x0cGreen\x7f and flat.\n"
    garden.write("leaf.md", text)
    garden.import_all()
    garden.edit({"leaf.md": ("Answer", replacing("flat", "thin"))})

    (patch,) = garden.pull(garden.exported("all.apkg")).patches

    assert "\n".join(patch.new) + "\n" == text.replace("flat", "thin")


def test_an_edit_in_a_text_of_which_no_word_is_found_is_shown(garden: Garden) -> None:
    garden.write("leaf.md", "# Leaf\n\n## What is it?\n\n> ```\n> leaf\n\nroot\n")
    garden.import_all()
    garden.edit({"leaf.md": ("Answer", replacing("root", "stem"))})

    pulled = garden.pull(garden.exported("all.apkg"))

    assert pulled.patches == ()
    assert [edit.reason for edit in pulled.edits] == [
        "is beside a part that is not in the Markdown"
    ]


def test_blocks_say_what_a_reader_sees() -> None:
    html = "<ul><li>a</li><ul><li><b>b </b>c</li></ul></ul>d<br>e<br><br><div>f&nbsp; g</div>"

    found = [(block.path, block.opened, block.text) for block in blocks_of(html)]

    assert found == [
        (("ul", "li"), 2, "a"),
        (("ul", "li", "ul", "li"), 2, "b c"),
        ((), 0, "d\ne"),
        ((), 0, "f g"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "One.</p><p>## Is this a question?</p><p>No.",
        "One. {#other .tag}",
        "&lt;!-- One.",
        "```",
        "One.</p><p>---",
        "One.</p><p>&gt; [!hint]</p><p>Two.",
    ],
)
def test_text_from_anki_stays_text_of_its_note(garden: Garden, text: str) -> None:
    garden.edit({"leaves.md": ("Answer", replacing("It is green.", text))})
    (before,) = files_of(garden).values()

    pulled = garden.pull(garden.exported("all.apkg"))
    write(pulled, garden.content)

    if pulled.patches:
        again = garden.pull(garden.exported("again.apkg"))
        assert (again.edits, again.looked_at) == ((), 2)
    else:
        assert [edit.reason for edit in pulled.edits] != [""]
        assert list(files_of(garden).values()) == [before]


def test_a_patch_of_a_long_file_takes_linear_time(tmp_path: Path) -> None:
    def work(size: int) -> int:
        old = tuple(line for n in range(40 * size) for line in (f"Plant {n}", "", "A plant.", ""))
        new = (*old[:5], "changed", *old[6:-2], "too", old[-1])
        (tmp_path / "a.md").write_text("\n".join(old) + "\n", "utf-8")
        return steps_of(lambda: patched_files([FilePatch("a.md", old, new)], tmp_path))

    assert grows_evenly(work, 3)


def test_an_edit_of_every_note_of_a_file_takes_linear_time(tmp_path: Path) -> None:
    def work(size: int) -> int:
        folder = tmp_path / str(size)
        folder.mkdir()
        garden = Garden(folder)
        notes = (f"## What is plant {number}?\n\nA leaf.\n\n" for number in range(size))
        garden.write("leaves.md", "".join(notes))
        garden.import_all()
        with collection_in(garden.collection) as collection:
            for note in map(collection.get_note, collection.find_notes("")):
                note["Answer"] = note["Answer"].replace("leaf", "tree")
                collection.update_note(note)
        package = garden.exported("all.apkg")
        return calls_of(lambda: found.append(garden.pull(package)))

    found: list[Pulled] = []
    assert grows_evenly(work, 12)
    assert [sum(not edit.reason for edit in each.edits) for each in found] == [3, 12, 24, 48]
