"""What a learner sees when lock or content go back: with git and the real importer."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from anki.collection import Collection

from cardwright.build import Options, build_deck
from tests.git import Repository

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
        return built.content

    plants.write_text(FIRST)
    assert import_package(build(NOW)) == {"new": 2}
    git.commit("First")
    plants.write_text(SECOND)
    assert import_package(build(NOW + 100)) == {"new": 1, "updated": 1, "duplicate": 1}
    git.commit("Second")
    assert answers(collection)["What is a leaf?"] == "<p>A part.</p>"

    git("revert", "--no-edit", "HEAD")
    assert plants.read_text() == FIRST
    package = build(NOW + 50)  # even on a computer whose clock is behind

    assert import_package(package) == {"updated": 1, "duplicate": 1}
    assert answers(collection) == {
        "What is a leaf?": "<p>An organ.</p>",
        "What is a root?": "<p>The part in the soil.</p>",
        "What is a stem?": "<p>The part between.</p>",
    }
    assert import_package(build(NOW + 50)) == {"duplicate": 2}


def test_the_importer_passes_over_the_lock_in_a_package(
    tmp_path: Path, collection: Collection, import_package: Import
) -> None:
    (tmp_path / "plants.md").write_text(FIRST)
    built = build_deck(tmp_path / "plants.md", tmp_path / "build", Options(NOW))
    assert built.package is not None
    with zipfile.ZipFile(built.package) as archive:
        assert "deck.lock" in archive.namelist()

    assert import_package(built.content) == {"new": 2}

    assert [*Path(collection.media.dir()).iterdir()] == []
    assert collection.media.check().unused == []
