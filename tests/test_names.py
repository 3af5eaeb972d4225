"""Names of files that a Mac wrote: decomposed (NFD). Notes and the lock have them in NFC."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest

from cardwright.building import build_deck
from cardwright.cli import run
from cardwright.diagnostics import Code
from cardwright.lsp.attributes import question_reader
from cardwright.lsp.check import check_deck
from cardwright.making.work_cache import Memory
from cardwright.pipeline import assemble
from cardwright.preview.deck import preview_deck
from cardwright.preview.left_out import LeftOutReader
from cardwright.source.names import name_on_disk, path_on_disk
from tests.pictures import png
from tests.pull.garden import OPTIONS, Garden, replacing

NAME = "Übung/Blätter.md"
NFD = normalize("NFD", NAME)
NOTE = "# Leaves\n\n## What is a leaf?\n\nA laef. ![[bild.png]] ![[blatt.png]]\n\n![[Früchte]]\n"
FILES: dict[str, str | bytes] = {
    NAME: NOTE,
    "Übung/Früchte.md": "Fruits follow. ![a fruit](/é/a.png)\n",
    "Übung/deck.yml": "tags: [fromfolder]\n",
    "Übung/nah/bild.png": png("near"),
    "fern/bild.png": png("far"),
    "Übung/nah/blatt.png": png("as near, and last in NFC"),
    "blatt.png": png("as near"),
    "Wörter/é/a.png": png("root"),
    "deck.yml": (
        "deck: Garden\nignore: [MD506]\nimages: {roots: [Wörter]}\n"
        "nav: [Übung/Blätter.md]\nexclude: [Früchte.md]\n"
    ),
}


def write(folder: Path, form: Literal["NFC", "NFD"]) -> Path:
    """The files, with their names in this form."""
    for name, content in FILES.items():
        path = folder / normalize(form, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    """Files with decomposed names."""
    garden = Garden(tmp_path)
    write(garden.content, "NFD")
    if (garden.content / NAME).exists():
        pytest.skip("this disk takes both forms for one name")
    return garden


def test_the_form_of_the_names_changes_no_byte(garden: Garden, tmp_path: Path) -> None:
    folders = (garden.content, write(tmp_path / "other" / "garden", "NFC"))

    decomposed, composed = (
        build_deck(folder, folder.parent / "build", OPTIONS) for folder in folders
    )

    assert decomposed.diagnostics == composed.diagnostics == ()
    assert decomposed.digest == composed.digest
    one, other = ((folder / "deck.lock").read_bytes() for folder in folders)
    assert one == other
    assert decomposed.assembly.identified
    (note,) = decomposed.assembly.identified.notes
    assert "fromfolder" in note.tags
    assert "Fruits follow." in note.back
    pictures = {hashlib.sha256(png(text)).hexdigest() for text in ("near", "as near", "root")}
    assert {media.source_hash for media in note.media} == pictures


def test_an_edit_is_written_where_the_file_is(
    garden: Garden, capsys: pytest.CaptureFixture[str]
) -> None:
    garden.import_all()
    garden.edit({NAME: ("Answer", replacing("laef", "leaf"))})
    command = garden.command("--from", str(garden.exported("all.apkg")))

    assert run([*command, "--json"]) == 0
    pulled = json.loads(capsys.readouterr().out)
    assert f"--- {garden.content / NFD}\n" in pulled["patch"]
    assert pulled["files"] == [(garden.content / NFD).as_posix()]
    assert run([*command, "--apply"]) == 0

    assert (garden.content / NFD).read_text("utf-8") == NOTE.replace("laef", "leaf")
    assert not (garden.content / NAME).exists()


def test_the_editor_gets_the_path_that_it_knows(garden: Garden, tmp_path: Path) -> None:
    file = garden.content / NFD
    text = "Q: What is a leaf?\nA: An organ.\n\nQ: What is a root?\nA: TODO\n"
    file.write_text(text, "utf-8")

    check = check_deck(garden.content, tmp_path / "build", {}, Memory(), is_trusted=False)
    read = question_reader(check, file)

    assert [problem.code.code for problem in check.problems[file]] == ["QA306"]
    assert len(check.notes_of(file)) == 1
    assert read
    assert len(read(text.splitlines())) == 2


def test_the_preview_has_each_problem_at_its_file(garden: Garden) -> None:
    (garden.content / NFD).write_text(f"{NOTE}\n## What is a root?\n", "utf-8")

    deck = preview_deck(assemble(garden.content, OPTIONS), garden.content)

    assert [(file.path, len(file.problems)) for file in deck.files if file.cards] == [(NFD, 1)]
    assert NFD in [file["path"] for file in LeftOutReader(garden.content).files()]


def test_two_forms_of_a_name_are_two_files(garden: Garden) -> None:
    (garden.content / NAME).parent.mkdir()
    (garden.content / NAME).write_text(NOTE, "utf-8")

    built = build_deck(garden.content, garden.output, OPTIONS)

    assert [(each.code, each.place.path) for each in built.diagnostics if each.is_error] == [
        (Code.SAME_NAME, (garden.content / "Übung").as_posix())
    ]
    assert built.package is None


def test_a_single_file_has_the_same_identity(tmp_path: Path) -> None:
    file = tmp_path / normalize("NFD", "Wörter.md")
    file.write_text(NOTE, "utf-8")

    assembly = assemble(file, OPTIONS)

    assert assembly.identified
    assert [each.entry.file for each in assembly.identified.identities] == ["Wörter.md"]


def test_a_path_without_a_file_stays_as_it_is(garden: Garden) -> None:
    assert name_on_disk(garden.content, "Übung/ö.md") == normalize("NFD", "Übung/") + "ö.md"
    assert path_on_disk(garden.content, "é/ö.md") == garden.content / "é/ö.md"
