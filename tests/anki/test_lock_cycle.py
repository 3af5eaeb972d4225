"""What a learner sees when lock or content go back: with git and the real importer."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from anki import import_export_pb2
from anki.collection import Collection

from cardwright.building import build_deck
from cardwright.pipeline import Options
from cardwright.upkeep import restore_lock
from tests.anki.versions import IS_OLD
from tests.git import Repository
from tests.notes import bytes_of

Import = Callable[[bytes], dict[str, int]]

FIRST = """\
## What is a leaf?

An organ.

## What is a root?

The part in the soil.
"""
SECOND = FIRST.replace("An organ", "A part") + "\n## What is a stem?\n\nThe part between.\n"
NOW = 1_700_000_000


def answers(collection: Collection) -> dict[str, str]:
    notes = [collection.get_note(found) for found in collection.find_notes("")]
    return {note["Plain"]: note["Answer"] for note in notes}


def test_a_reverted_text_reaches_those_who_imported_the_later_one(
    tmp_path: Path, collection: Collection, import_package: Import
) -> None:
    git = Repository(tmp_path / "garden")
    plants = git.folder / "plants.md"

    def build(now: int) -> bytes:
        built = build_deck(git.folder, tmp_path / "build", Options(now))
        assert built.package is not None
        return bytes_of(built)

    plants.write_text(FIRST)
    assert import_package(build(NOW)) == {"new": 2}
    git.commit("First")
    plants.write_text(SECOND)
    assert import_package(build(NOW + 100)) == {"new": 1, "updated": 1, "duplicate": 1}
    git.commit("Second")
    assert answers(collection)["What is a leaf?"] == "<p>A part.</p>"

    git("revert", "--no-edit", "HEAD")
    assert plants.read_text() == FIRST
    # Even on a computer whose clock is behind; but old versions of Anki date the second import by
    # their own clock, so what is to reach them has to be built after it.
    later = int(time.time()) + 100 if IS_OLD else NOW + 50
    package = build(later)

    assert import_package(package) == {"updated": 1, "duplicate": 1}
    assert answers(collection) == {
        "What is a leaf?": "<p>An organ.</p>",
        "What is a root?": "<p>The part in the soil.</p>",
        "What is a stem?": "<p>The part between.</p>",
    }
    assert build(later) == package


def test_the_importer_passes_over_the_lock_in_a_package(
    tmp_path: Path, collection: Collection, import_package: Import
) -> None:
    (tmp_path / "plants.md").write_text(FIRST)
    built = build_deck(tmp_path / "plants.md", tmp_path / "build", Options(NOW))
    assert built.package is not None
    with zipfile.ZipFile(built.package) as archive:
        assert "deck.lock" in archive.namelist()

    assert import_package(bytes_of(built)) == {"new": 2}

    assert [*Path(collection.media.dir()).iterdir()] == []
    assert collection.media.check().unused == []


CONTENT = """\
## What is a **leaf**, $r$?

An organ. ![a leaf](leaf.svg)

## Xylem {#xylem .wood reverse}

A tissue.

> [!hint]
> Think of wood.
"""
LEAF = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>\n'


def exported(collection: Collection, path: Path, *, is_legacy: bool) -> Path:
    how = {"with_scheduling": True, "with_media": True}
    if hasattr(import_export_pb2, "ExportAnkiPackageOptions"):
        options = import_export_pb2.ExportAnkiPackageOptions(**how, legacy=is_legacy)
        collection.export_anki_package(out_path=str(path), options=options, limit=None)
    else:  # before 23.12
        export: Callable[..., int] = collection.export_anki_package
        export(out_path=str(path), limit=None, legacy_support=is_legacy, **how)
    return path


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("The heart pumps ==blood== into the ==aorta==.", "c2::blood c3::aorta"),
        ("The ==heart== pumps blood into the ==aorta==.", "c1::heart c3::aorta"),
        ("The heart pumps blood into the ==aorta==.", "c3::aorta"),
    ],
)
def test_after_an_export_from_anki_deletions_have_the_numbers_of_their_words(
    tmp_path: Path,
    collection: Collection,
    import_package: Import,
    markdown: str,
    expected: str,
) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()

    def build(text: str, now: int) -> bytes:
        (folder / "heart.md").write_text(f"#flashcards\n\n{text}\n")
        built = build_deck(folder, tmp_path / "build", Options(now))
        assert built.package is not None, built.diagnostics
        return bytes_of(built)

    import_package(build("The ==heart== pumps ==blood== into the ==aorta==.", NOW))
    import_package(build("The heart pumps ==blood== into the ==aorta==.", NOW + 100))
    package = exported(collection, tmp_path / "exported.apkg", is_legacy=True)
    (folder / "deck.lock").unlink()
    for built in (tmp_path / "build").glob("*.apkg"):
        built.unlink()
    (folder / "heart.md").write_text(f"#flashcards\n\n{markdown}\n")
    restore_lock(folder, folder / "deck.lock", package, Options(NOW))

    import_package(build(markdown, NOW + 200))

    (id_,) = collection.find_notes("")
    text = collection.get_note(id_)["Text"]
    assert re.findall(r"\{\{(c\d::\w+)\}\}", text) == expected.split()


@pytest.mark.parametrize("is_legacy", [True, False])
def test_a_lock_made_of_an_export_of_anki_s_knows_every_note(
    tmp_path: Path, collection: Collection, import_package: Import, is_legacy: bool
) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "plants.md").write_text(CONTENT)
    (folder / "cells.md").write_text("C: A leaf makes [sugar] of {light}.\n")
    (folder / "leaf.svg").write_text(LEAF)
    built = build_deck(folder, tmp_path / "build", Options(NOW))
    assert import_package(bytes_of(built)) == {"new": 3}
    package = exported(collection, tmp_path / "export.apkg", is_legacy=is_legacy)
    (folder / "deck.lock").unlink()

    restored = restore_lock(folder, folder / "deck.lock", package, Options(NOW + 100))

    assert restored.diagnostics == ()
    assert "3 notes rebuilt from the fields" in restored.lines[0]
    assert "3 of them questions" in restored.lines[0]
    again = build_deck(folder, tmp_path / "again", Options(NOW + 200))
    assert import_package(bytes_of(again)) == {"duplicate": 3}
    (folder / "plants.md").write_text(CONTENT.replace("An organ", "A part"))
    edited = build_deck(folder, tmp_path / "again", Options(NOW + 300))
    assert import_package(bytes_of(edited)) == {"updated": 1, "duplicate": 2}
    assert collection.note_count() == 3
