"""The lock that a package carries, and a lock in the folder that is older than that."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from cardwright.building import Built, build_deck
from cardwright.diagnostics import Code
from cardwright.disk.packed_lock import read_packed_lock
from cardwright.lock import Lock
from cardwright.lock.text import format_lock
from cardwright.pipeline import Options
from cardwright.upkeep import forget_notes, restore_lock
from tests.notes import bytes_of

FIRST = 1_700_000_000
SECOND = FIRST + 1000
OLD = "## What is a leaf?\n\nAn organ.\n\n## What is a root?\n\nThe part in the soil.\n"
NEW = OLD.replace("An organ", "A part") + "\n## What is a stem?\n\nThe part between.\n"


class Garden:
    """A deck that can go back to what it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock_file = folder / "deck.lock"
        self.package = folder.parent / "build" / "garden.apkg"
        folder.mkdir()

    def build(self, text: str, now: int, *, is_locked: bool = False, settings: str = "") -> Built:
        (self.folder / "plants.md").write_text(text)
        (self.folder / "deck.yml").write_text(settings)
        return build_deck(self.folder, self.package.parent, Options(now, is_locked=is_locked))

    def lock(self) -> Lock:
        lock, problems = read_packed_lock(self.package)
        assert problems == ()
        assert lock is not None
        return lock


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    return Garden(tmp_path / "garden")


def codes(built: Built) -> list[Code]:
    return [problem.code for problem in built.diagnostics]


def mods(built: Built) -> dict[str, int]:
    assert built.assembly.identified is not None
    return {note.plain: note.mod for note in built.assembly.identified.notes}


def test_a_package_carries_the_lock_that_was_written_with_it(garden: Garden) -> None:
    built = garden.build(OLD, FIRST)

    assert format_lock(garden.lock()) == garden.lock_file.read_text()
    with zipfile.ZipFile(io.BytesIO(bytes_of(built))) as archive:
        assert "deck.lock" in archive.namelist()


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40])
def test_a_file_that_is_no_package_has_no_lock(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "deck.apkg").write_bytes(content)

    assert read_packed_lock(tmp_path / "deck.apkg") == (None, ())
    assert read_packed_lock(tmp_path / "nowhere.apkg") == (None, ())


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"{}", b'{"lock": 1, "project": "p"}\n'])
def test_a_damaged_lock_in_a_package_is_reported_as_damaged(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "deck.apkg"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("deck.lock", text)

    lock, (problem,) = read_packed_lock(path)

    assert lock is None
    assert problem.code is Code.DAMAGED_LOCK
    assert problem.place.path == f"{path.as_posix()}/deck.lock"


def test_text_that_comes_back_with_its_old_lock_is_newer_than_the_package(garden: Garden) -> None:
    garden.build(OLD, FIRST)
    before = garden.lock_file.read_bytes()
    garden.build(NEW, SECOND)

    garden.lock_file.write_bytes(before)
    built = garden.build(OLD, SECOND - 500)

    assert codes(built) == [Code.LOCK_BEHIND]
    assert mods(built) == {"What is a leaf?": SECOND + 1, "What is a root?": FIRST}
    assert "stem" not in garden.lock_file.read_text()


@pytest.mark.parametrize("is_other", [False, True])
def test_a_hint_names_the_kept_package_only_if_a_build_replaces_it(
    garden: Garden, is_other: bool
) -> None:
    garden.build(OLD, FIRST)
    before = garden.lock_file.read_bytes()
    garden.build(NEW, SECOND)
    garden.lock_file.write_bytes(before)
    if is_other:
        (package,) = garden.lock_file.parents[1].rglob("*.apkg")
        package.rename(package.with_name("other.apkg"))

    (problem,) = garden.build(OLD, SECOND - 500).diagnostics

    assert ("a build keeps that package" in problem.hint) is not is_other


def test_after_that_a_build_changes_nothing(garden: Garden) -> None:
    garden.build(OLD, FIRST)
    before = garden.lock_file.read_bytes()
    garden.build(NEW, SECOND)
    garden.lock_file.write_bytes(before)
    first = garden.build(OLD, SECOND + 500)
    lock = garden.lock_file.read_bytes()

    second = garden.build(OLD, SECOND + 900)

    assert codes(second) == []
    assert second.digest == first.digest
    assert garden.lock_file.read_bytes() == lock


def test_the_text_of_the_package_keeps_its_time_under_an_older_lock(garden: Garden) -> None:
    garden.build(OLD, FIRST)
    before = garden.lock_file.read_bytes()
    newer = garden.build(OLD.replace("An organ", "A part"), SECOND)

    garden.lock_file.write_bytes(before)
    built = garden.build(OLD.replace("An organ", "A part"), SECOND + 500)

    assert codes(built) == [Code.LOCK_BEHIND]
    assert built.digest == newer.digest


def test_a_look_that_comes_back_is_newer_than_that_of_the_package(garden: Garden) -> None:
    garden.build(OLD, FIRST)
    before = garden.lock_file.read_bytes()
    style = garden.folder / "style.css"
    style.write_text(".card { color: teal }\n")
    garden.build(OLD, SECOND)

    style.unlink()
    garden.lock_file.write_bytes(before)
    built = garden.build(OLD, SECOND - 500)

    assert codes(built) == [Code.LOCK_BEHIND]
    assert [stamp.mod for stamp in garden.lock().notetypes] == [SECOND + 1]
    assert set(mods(built).values()) == {FIRST}


def test_with_locked_an_older_lock_would_change(garden: Garden) -> None:
    garden.build(OLD, FIRST)
    before = garden.lock_file.read_bytes()
    garden.build(NEW, SECOND)
    package = garden.package.read_bytes()
    garden.lock_file.write_bytes(before)

    built = garden.build(OLD, SECOND + 500, is_locked=True)

    assert codes(built) == [Code.LOCK_BEHIND, Code.LOCK_WOULD_CHANGE]
    assert garden.lock_file.read_bytes() == before
    assert garden.package.read_bytes() == package


def test_a_package_of_another_project_is_ignored(garden: Garden) -> None:
    garden.build(NEW, SECOND, settings="deck: Garden\nproject: other\n")
    garden.lock_file.unlink()
    built = garden.build(OLD, FIRST)

    again = garden.build(OLD, FIRST + 5)

    assert (codes(built), codes(again)) == ([Code.PACKAGE_REPLACED], [])
    assert built.digest == again.digest
    assert set(mods(built).values()) == {FIRST}


def test_a_package_of_another_branch_adds_no_note_to_the_lock(garden: Garden) -> None:
    garden.build(OLD, FIRST)
    before = garden.lock_file.read_bytes()
    more = "\n## What is moss?\n\nA plant.\n"
    garden.build(OLD + more, SECOND)

    garden.lock_file.write_bytes(before)
    built = garden.build(OLD, SECOND + 500)

    (problem,) = built.diagnostics
    assert problem.code is Code.LOCK_BEHIND
    assert "has 1 note that the lock does not know, and people who imported it still have it" in (
        problem.message
    )
    assert garden.lock_file.read_bytes() == before
    assert codes(garden.build(OLD, SECOND + 900)) == []


def test_a_note_that_was_forgotten_is_not_missed(garden: Garden) -> None:
    garden.build(NEW, FIRST)
    gone = garden.build(OLD, SECOND).assembly.identified
    assert gone is not None
    forget_notes(garden.lock_file, gone.changes.retired, print)

    assert codes(garden.build(OLD, SECOND + 500)) == []


def test_the_package_that_knew_more_is_kept_so_that_its_lock_can_be_restored(
    garden: Garden,
) -> None:
    first = garden.build(OLD, FIRST)
    lock = garden.lock_file.read_bytes()
    garden.lock_file.unlink()

    garden.build(OLD.replace("What is a leaf?", "Say what a leaf is"), SECOND)

    kept = garden.package.with_suffix(".old.apkg")
    assert sha256(kept.read_bytes()).hexdigest() == first.digest
    garden.lock_file.unlink()
    restore_lock(garden.folder, garden.lock_file, kept, Options(SECOND))
    assert garden.lock_file.read_bytes() == lock


def test_a_lost_lock_that_the_package_has_is_reported(garden: Garden) -> None:
    first = garden.build(OLD, FIRST)
    garden.lock_file.unlink()

    built = garden.build(OLD, FIRST)

    (problem,) = built.diagnostics
    assert problem.code is Code.LOCK_BEHIND
    assert f"lock --from {garden.package.as_posix()}" in problem.hint
    assert built.digest == first.digest


def test_a_package_without_a_lock_does_not_stop_a_build(garden: Garden) -> None:
    built = garden.build(OLD, FIRST)
    with (
        zipfile.ZipFile(io.BytesIO(bytes_of(built))) as old,
        zipfile.ZipFile(garden.package, "w") as bare,
    ):
        for name in ("collection.anki2", "media"):
            bare.writestr(name, old.read(name))

    assert read_packed_lock(garden.package) == (None, ())
    assert garden.build(OLD, SECOND).digest == built.digest


def test_a_retired_note_s_later_time_counts_too(garden: Garden) -> None:
    garden.build(OLD, FIRST)
    before = garden.lock_file.read_bytes()
    garden.build(OLD.replace("An organ", "A part"), SECOND)
    garden.build("## What is a root?\n\nThe part in the soil.\n", SECOND)
    assert [entry.is_retired for entry in garden.lock().entries].count(True) == 1

    garden.lock_file.write_bytes(before)
    built = garden.build(OLD, SECOND + 500)

    assert mods(built)["What is a leaf?"] == SECOND + 500
    assert not any(entry.is_retired for entry in garden.lock().entries)


def test_a_package_under_another_name_of_the_deck_counts_as_well(garden: Garden) -> None:
    garden.build(OLD, FIRST, settings="deck: Garden\n")
    before = garden.lock_file.read_bytes()
    garden.build(OLD, SECOND, settings="deck: The garden\n")

    garden.lock_file.write_bytes(before)
    built = garden.build(OLD, FIRST + 5, settings="deck: Garden\n")

    assert codes(built) == [Code.LOCK_BEHIND]
    assert set(mods(built).values()) == {SECOND + 1}
    assert codes(garden.build(OLD, FIRST + 9, settings="deck: Garden\n")) == []


def test_a_package_of_another_deck_with_the_same_name_is_not_advised_as_its_lock(
    tmp_path: Path,
) -> None:
    for folder, text in (("one", OLD), ("two", "## What is bark?\n\nA cover.\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plants.md").write_text(text)
        built = build_deck(tmp_path / folder / "plants.md", tmp_path / "build", Options(FIRST))
        (tmp_path / folder / "plants.lock").replace(tmp_path / f"{folder}.lock")

    (problem,) = built.diagnostics
    again = build_deck(tmp_path / "two" / "plants.md", tmp_path / "build", Options(SECOND))

    assert problem.code is Code.LOCK_BEHIND
    assert "in which no question is one of these" in problem.message
    assert problem.hint.startswith("if it is another deck with the same name, give one of them")
    assert again.diagnostics[0].hint.startswith("run 'cardwright lock --from ")


@pytest.mark.parametrize(("deck", "stays"), [("garden", True), ("Park", False)])
def test_only_a_new_name_of_the_deck_removes_the_package_with_the_old_one(
    garden: Garden, deck: str, stays: bool
) -> None:
    garden.build(OLD, FIRST)
    other = Options(SECOND, package_name="for-class.apkg")
    (garden.folder / "deck.yml").write_text(f"deck: {deck}\n")

    built = build_deck(garden.folder, garden.package.parent, other)

    assert built.package == garden.package.with_name("for-class.apkg")
    assert garden.package.exists() is stays
