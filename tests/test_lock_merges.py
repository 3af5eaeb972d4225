"""Locks that the real git merges, on branches that each built their own edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.cli import run
from cardwright.diagnostics import Code
from cardwright.disk.lockfile import read_lock
from cardwright.lock import Lock, LockEntry
from cardwright.pipeline import Options
from tests.git import Repository

pytestmark = pytest.mark.slow  # its tests start programs, or talk to one

NOW = 1_800_000_000
LETTERS = "abcdefghijkl"


def question(name: str, answer: str = "It is one.") -> str:
    return f"## What is {name}?\n\n{answer}\n\n"


def topic(prefix: str) -> dict[str, str]:
    return {f"{prefix}{letter}": "It is one." for letter in LETTERS}


class Garden(Repository):
    """A deck in git, one file of questions a topic, built on every branch."""

    now = NOW
    shares_build = False

    def write(self, **topics: dict[str, str]) -> None:
        for name, questions in topics.items():
            text = "".join(question(*each) for each in questions.items())
            (self.folder / f"{name}.md").write_text(f"# {name}\n\n{text}")

    def build(self) -> Lock:
        """Build, which must succeed, under a clock that goes on; returns the new lock."""
        self.now += 100
        branch = self("branch", "--show-current").strip()
        name = "build" if self.shares_build else f"build-{branch}"
        built = build_deck(self.folder, self.folder.parent / name, Options(self.now))
        assert built.package is not None, built.diagnostics
        # A package of another branch is as good as one that was built later on this one.
        expected = {Code.LOCK_BEHIND} if self.shares_build else set()
        assert {problem.code for problem in built.diagnostics} <= expected
        return self.lock()

    def lock(self) -> Lock:
        lock, problems = read_lock(self.folder / "deck.lock")
        assert problems == ()
        assert lock is not None
        return lock

    def on_branch(self, name: str, edit: Callable[[], None]) -> Lock:
        """Edit, build and commit on a new branch of main."""
        self("switch", "--quiet", "--create", name, "main")
        edit()
        lock = self.build()
        self.commit(name)
        return lock


@pytest.fixture
def garden(tmp_path: Path) -> Garden:
    garden = Garden(tmp_path / "garden")
    garden.write(roots=topic("r"), stems=topic("s"), leaves=topic("l"))
    garden.build()
    garden.commit("first")
    return garden


def guids(lock: Lock) -> dict[str, str]:
    return {entry.front: entry.guid for entry in lock.entries}


def by_front(lock: Lock, name: str) -> LockEntry:
    (entry,) = [entry for entry in lock.entries if entry.front == f"What is {name}?"]
    return entry


def inserted(questions: dict[str, str], at: int, name: str, answer: str) -> dict[str, str]:
    ordered = [*questions.items()]
    ordered.insert(at, (name, answer))
    return dict(ordered)


def edits(garden: Garden, side: str) -> Callable[[], None]:
    """Edits of every sort; those of the two sides are in different places."""
    roots, stems, leaves = topic("r"), topic("s"), topic("l")
    at, other = (1, 4) if side == "ours" else (7, 10)

    def edit() -> None:
        roots[f"r{LETTERS[at]}"] = f"Edited by {side}."
        moved = f"s{LETTERS[at]}"
        del stems[f"s{LETTERS[other]}"]
        garden.write(
            roots=inserted(roots, other, f"new-{side}", "It is new."),
            leaves=inserted(leaves, at, moved, stems.pop(moved)),
            stems=stems,
            **{side: topic(side)},
        )

    return edit


def assert_both(ours: Lock, theirs: Lock, merged: Lock) -> None:
    """Nothing of either side is lost, nothing is there twice."""
    assert {*guids(ours).items()} | {*guids(theirs).items()} == {*guids(merged).items()}
    assert max(Counter(entry.guid for entry in merged.entries).values()) == 1
    assert max(Counter(entry.front for entry in merged.entries).values()) == 1


def two_branches(garden: Garden) -> tuple[Lock, Lock]:
    ours = garden.on_branch("ours", edits(garden, "ours"))
    theirs = garden.on_branch("theirs", edits(garden, "theirs"))
    garden("switch", "--quiet", "ours")
    return ours, theirs


def test_two_branches_merge_without_a_conflict(garden: Garden) -> None:
    ours, theirs = two_branches(garden)

    garden("merge", "--no-edit", "theirs")

    assert_both(ours, theirs, garden.lock())
    merged = garden.build()
    assert_both(ours, theirs, merged)
    assert by_front(merged, "rb").mod == by_front(ours, "rb").mod
    assert by_front(merged, "rh").mod == by_front(theirs, "rh").mod
    assert by_front(merged, "se").is_retired
    assert by_front(merged, "sk").is_retired
    assert [by_front(merged, name).file for name in ("sb", "sh")] == ["leaves.md"] * 2
    assert not any(entry.is_retired for entry in merged.entries if entry.front[8] not in "s")


def test_branches_that_are_built_into_one_folder_lose_nothing_either(garden: Garden) -> None:
    garden.shares_build = True
    ours, theirs = two_branches(garden)
    garden.build()
    garden.commit("built again")

    garden("merge", "--no-edit", "theirs")

    assert_both(ours, theirs, garden.lock())
    merged = garden.build()
    assert_both(ours, theirs, merged)
    later = max(by_front(lock, "rb").mod for lock in (ours, theirs))
    assert by_front(merged, "rb").mod > later
    assert garden.build() == merged


def test_a_rebase_is_no_conflict_either(garden: Garden) -> None:
    ours, theirs = two_branches(garden)

    garden("rebase", "theirs")

    assert_both(ours, theirs, garden.lock())
    assert_both(ours, theirs, garden.build())


def test_a_merged_lock_is_in_order_after_one_build(garden: Garden) -> None:
    two_branches(garden)
    garden("merge", "--no-edit", "theirs")
    garden.build()
    before = (garden.folder / "deck.lock").read_bytes()

    garden.build()

    assert (garden.folder / "deck.lock").read_bytes() == before


def test_the_merge_of_two_edits_of_a_note_is_newer_than_either(
    garden: Garden,
) -> None:
    def answered(answer: str) -> Callable[[], None]:
        return lambda: garden.write(roots={**topic("r"), "rc": answer})

    ours = garden.on_branch("ours", answered("It is ours."))
    theirs = garden.on_branch("theirs", answered("It is theirs."))
    garden("switch", "--quiet", "ours")

    assert garden.run("merge", "--no-edit", "theirs").returncode == 1
    assert garden("diff", "--name-only", "--diff-filter=U").split() == ["roots.md"]
    answered("It is of both.")()
    merged = garden.build()
    garden.commit("merged")

    assert guids(merged) == guids(ours) == guids(theirs)
    before = [by_front(lock, "rc").mod for lock in (ours, theirs)]
    assert by_front(merged, "rc").mod > max(before)


def test_two_branches_that_each_add_the_same_file_know_its_questions_once(garden: Garden) -> None:
    ours = garden.on_branch("ours", lambda: garden.write(moss=topic("m")))
    theirs = garden.on_branch("theirs", lambda: garden.write(moss={**topic("m"), "mz": "A."}))
    garden("switch", "--quiet", "ours")

    # Both added the file, so git leaves its questions to the author; the lock it merges.
    assert garden.run("merge", "--no-edit", "theirs").returncode in {0, 1}
    garden.write(moss={**topic("m"), "mz": "A."})
    merged = garden.build()

    assert_both(ours, theirs, merged)
    assert len({entry.born for entry in merged.entries}) == len(merged.entries)


def test_two_branches_that_each_make_the_first_lock_make_one(tmp_path: Path) -> None:
    garden = Garden(tmp_path / "garden")
    garden.write(roots=topic("r"))
    garden.commit("content")
    ours = garden.on_branch("ours", lambda: garden.write(stems=topic("s")))
    theirs = garden.on_branch("theirs", lambda: garden.write(leaves=topic("l")))
    garden("switch", "--quiet", "ours")

    assert garden.run("merge", "--no-edit", "theirs").returncode == 0

    assert_both(ours, theirs, garden.lock())
    assert_both(ours, theirs, garden.build())


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
@pytest.mark.parametrize("words", [("merge", "--no-edit"), ("rebase",)], ids=["merge", "rebase"])
def test_without_the_rule_for_git_a_conflict_is_merged(
    garden: Garden,
    style: str,
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:
    (garden.folder / ".gitattributes").unlink()
    garden.commit("without the rule")
    same = {**topic("r"), "rf": "On both branches."}
    ours = garden.on_branch("ours", lambda: garden.write(roots=same, ours=topic("ours")))
    theirs = garden.on_branch("theirs", lambda: garden.write(roots=same, theirs=topic("theirs")))
    garden("switch", "--quiet", "ours")
    lock_file = garden.folder / "deck.lock"

    merged = garden.run(*words, "theirs", settings=(f"merge.conflictStyle={style}",))
    assert merged.returncode == 1
    assert garden("diff", "--name-only", "--diff-filter=U").split() == ["deck.lock"]
    built = build_deck(garden.folder, garden.folder.parent / "build", Options(garden.now))
    assert [problem.code for problem in built.diagnostics] == [Code.CONFLICTED_LOCK]
    assert "cardwright lock --merge" in built.diagnostics[0].hint

    assert run(["lock", "--merge", str(garden.folder)]) == 0

    assert capsys.readouterr().out.startswith(f"{lock_file}: ")
    assert_both(ours, theirs, garden.lock())
    assert_both(ours, theirs, garden.build())
    assert run(["lock", "--merge", str(garden.folder)]) == 0
    assert capsys.readouterr().out == f"{lock_file}: no conflicts\n"


def test_two_first_locks_without_the_rule_are_merged(tmp_path: Path) -> None:
    garden = Garden(tmp_path / "garden")
    (garden.folder / "deck.yml").write_text("deck: Garden\n")
    garden.commit("settings")
    ours = garden.on_branch("ours", lambda: garden.write(stems=topic("s")))
    theirs = garden.on_branch("theirs", lambda: garden.write(leaves=topic("l")))
    garden("switch", "--quiet", "ours")
    (garden.folder / ".git" / "info" / "attributes").write_text("*.lock !merge\n")

    assert garden.run("merge", "--no-edit", "theirs").returncode == 1
    assert run(["lock", "--merge", str(garden.folder)]) == 0

    assert_both(ours, theirs, garden.lock())
    assert_both(ours, theirs, garden.build())
