"""Where old versions of Anki differ, and what that means for a build."""

from __future__ import annotations

from tests.anki.garden import Garden
from tests.anki.versions import IS_OLD
from tests.notes import bytes_of


def leaf(answer: str) -> str:
    return f"## What is a leaf?\n\n{answer}\n"


def test_a_note_that_an_import_updated_is_dated_by_its_mod(garden: Garden) -> None:
    """Old versions date it by the time of that import; one that is new to them they do not."""
    garden.now -= 10_000
    for answer in ("An organ.", "A green organ."):
        garden.write("a.md", leaf(answer))
        garden.build_and_import()

    mod = garden.collection.db.scalar("select mod from notes")

    assert (mod == garden.now) != IS_OLD


def test_builds_from_before_an_import_that_updated(garden: Garden) -> None:
    """A learner imports three builds one after the other, all of them older than the imports.

    Old versions skip the third, for to them the second import is the later change. The next build
    repairs that as soon as the note changes once more.
    """
    garden.now -= 10_000
    packages = []
    for answer in ("An organ.", "A green organ.", "An organ that makes sugar."):
        garden.write("a.md", leaf(answer))
        packages.append(bytes_of(garden.build()))

    counts = [garden.import_package(package) for package in packages]

    assert counts == [{"new": 1}, {"updated": 1}, {"duplicate" if IS_OLD else "updated": 1}]
    garden.now += 10_000
    garden.write("a.md", leaf("An organ that makes sugar of light."))
    assert garden.build_and_import() == {"updated": 1}
