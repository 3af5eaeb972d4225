"""Where old versions of Anki differ, and what that means for a build."""

from __future__ import annotations

from tests.anki.garden import Garden
from tests.anki.versions import IS_OLD


def test_a_version_built_before_the_import_of_an_earlier_one(garden: Garden) -> None:
    """Two builds, and the learner imports both afterwards: the second one's text arrives, but for
    old versions, to which the first import is the later change. The build after it repairs that.
    """
    garden.now -= 10_000
    garden.write("a.md", "## What is a leaf?\n\nAn organ.\n")
    first = garden.build()
    garden.write("a.md", "## What is a leaf?\n\nAn organ that makes sugar.\n")
    second = garden.build()

    assert garden.import_package(first.content) == {"new": 1}
    assert garden.import_package(second.content) == {"duplicate" if IS_OLD else "updated": 1}

    garden.now += 10_000
    garden.write("a.md", "## What is a leaf?\n\nAn organ that makes sugar of light.\n")
    assert garden.build_and_import() == {"updated": 1}


def test_a_note_that_was_imported_is_dated_by_its_mod(garden: Garden) -> None:
    garden.now -= 10_000
    garden.write("a.md", "## What is a leaf?\n\nAn organ.\n")
    garden.build_and_import()

    mod = garden.collection.db.scalar("select mod from notes")

    assert (mod == garden.now) != IS_OLD
