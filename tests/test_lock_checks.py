"""Locks of other decks: beside the files that came with them, or in the place of a deck's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.diagnostics import Code
from cardwright.pipeline import Options
from tests.test_build import build

PLANTS = "# Plants\n\n## What is a leaf?\n\nAn organ.\n"
TREES = "# Trees\n\n## What is bark?\n\nThe outside.\n"


def told_of_others(folder: Path) -> list[str]:
    """Where LK607 is said, and of which lock."""
    told = [problem for problem in build(folder).diagnostics if problem.code is Code.BUILT_ALONE]
    return [
        f"{Path(each.place.path).relative_to(folder)}: {each.message.split(chr(39))[1]}"
        for each in told
    ]


def test_moving_a_deck_into_another_deck_is_reported_once(tmp_path: Path) -> None:
    garden, trees = tmp_path / "garden", tmp_path / "trees"
    for folder, text in ((garden, PLANTS), (trees, TREES)):
        folder.mkdir()
        (folder / "a.md").write_text(text)
        build(folder)
    trees.rename(garden / "trees")
    shutil.copy(garden / "trees" / "deck.lock", garden / "other.lock")
    (garden / "loop.lock").symlink_to("loop.lock")

    assert told_of_others(garden) == ["trees/a.md: other.lock", "trees/a.md: deck.lock"]
    (garden / "trees" / "a.md").write_text(TREES + "\n## Why bark?\n\nIt keeps.\n")
    assert told_of_others(garden) == []


def test_a_lock_that_is_a_link_stays_a_link(tmp_path: Path) -> None:
    garden = tmp_path / "garden"
    (garden / "locks").mkdir(parents=True)
    (garden / "a.md").write_text(PLANTS)
    build(garden)
    (garden / "deck.lock").rename(garden / "locks" / "real.lock")
    (garden / "deck.lock").symlink_to("locks/real.lock")
    (garden / "a.md").write_text(PLANTS + "\n## Why bark?\n\nIt keeps.\n")

    build(garden)

    assert (garden / "deck.lock").is_symlink()
    assert "Why bark?" in (garden / "locks" / "real.lock").read_text("utf-8")
    assert [path.name for path in (garden / "locks").iterdir()] == ["real.lock"]


@pytest.mark.parametrize("name", ["trees.md", "trees.markdown"])
def test_a_file_that_was_built_alone_is_reported_when_it_joins_a_deck(
    tmp_path: Path, name: str
) -> None:
    garden = tmp_path / "garden"
    garden.mkdir()
    (garden / "a.md").write_text(PLANTS)
    build(garden)
    (garden / "b.md").write_text(PLANTS.replace("leaf", "root"))
    (tmp_path / name).write_text(TREES)
    build(tmp_path / name)
    for each in (name, "trees.lock"):
        (tmp_path / each).rename(garden / each)

    assert told_of_others(garden) == [f"{name}: trees.lock"]
    assert told_of_others(garden) == []


def test_a_lock_that_knows_no_question_is_reported_unless_all_are_new(tmp_path: Path) -> None:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "a.md").write_text("".join(f"## What is {n}?\n\nNo {n}.\n\n" for n in "vwxyz"))
    build(folder)
    (folder / "a.md").write_text(TREES)

    lock = (folder / "deck.lock").read_bytes()
    warned = build(folder)
    (folder / "deck.lock").write_bytes(lock)
    options = Options(1_800_000_000, is_accepting_new=True)
    taken = build_deck(folder, tmp_path / "build", options)

    assert Code.UNRELATED_LOCK in [problem.code for problem in warned.diagnostics]
    assert warned.package
    assert Code.UNRELATED_LOCK not in [problem.code for problem in taken.diagnostics]


def test_two_files_with_one_name_do_not_retire_the_notes_of_each_other(tmp_path: Path) -> None:
    plants, trees = tmp_path / "garden.md", tmp_path / "garden.markdown"
    plants.write_text(PLANTS)
    trees.write_text(TREES)
    build(plants)
    before = (tmp_path / "garden.lock").read_text()

    problems = build(trees).diagnostics

    (message,) = [each.message for each in problems if each.code is Code.SAME_NAME]
    assert message == "'garden.lock' is the lock of 'garden.md', which has the same name"
    assert (tmp_path / "garden.lock").read_text() == before
    plants.unlink()  # now the other one is the same file under a new name
    assert not any(each.is_error for each in build(trees).diagnostics)
