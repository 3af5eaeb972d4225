"""Notes of a branch that is merged after a push: born before it, and yet never delivered."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.delivery.compare import PushChoices
from cardwright.delivery.deliver import Pushed, deliver
from cardwright.delivery.target import AnkiTarget
from cardwright.pipeline import Options
from tests.in_anki import collection_in
from tests.push.stand_in import standing_in

LEAF = "# Leaf\n\n## What is a leaf?\n\nAn organ.\n"
ROOT = "# Root\n\n## What is a root?\n\nIt drinks.\n"
STEM = "# Stem\n\n## What is a stem?\n\nIt carries.\n"
NOW = 1_800_000_000


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "deck.yml").write_text("deck: Garden\n")
    (folder / "leaf.md").write_text(LEAF)
    git(folder, "init", "-b", "main")
    return folder


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "-m", "Edit")


def push(folder: Path, way: AnkiTarget, days: int) -> Pushed:
    options = Options(NOW + 86_400 * days)
    done = deliver(folder, folder.parent / "build", options, way, PushChoices(), lambda *_: True)
    assert done.pushed is not None, done.diagnostics
    return done.pushed


@pytest.mark.parametrize("is_running", [False, True], ids=["closed", "running"])
def test_notes_of_a_merged_branch_are_delivered(
    garden: Path, tmp_path: Path, is_running: bool
) -> None:
    file = tmp_path / "collection.anki2"
    with collection_in(file):
        pass

    def through(work: Callable[[AnkiTarget], Pushed]) -> Pushed:
        if not is_running:
            return work(AnkiTarget(str(file), file))
        with standing_in(file) as address:
            return work(AnkiTarget(address))

    through(lambda way: push(garden, way, 0))
    commit(garden)
    git(garden, "checkout", "-b", "branch")
    (garden / "root.md").write_text(ROOT)
    build_deck(garden, tmp_path / "build", Options(NOW + 86_400))
    commit(garden)
    git(garden, "checkout", "main")
    (garden / "stem.md").write_text(STEM)
    through(lambda way: push(garden, way, 2))
    commit(garden)
    git(garden, "merge", "branch", "-m", "Merge")

    merged = through(lambda way: push(garden, way, 3))
    again = through(lambda way: push(garden, way, 4))

    assert [note.plain for note in merged.found.new] == ["What is a root?"]
    assert merged.found.deleted == ()
    assert again.found.is_nothing


def test_a_deck_that_was_deleted_whole_comes_back(garden: Path, tmp_path: Path) -> None:
    file = tmp_path / "collection.anki2"
    with collection_in(file):
        pass
    way = AnkiTarget(str(file), file)
    push(garden, way, 0)
    with collection_in(file) as collection:
        collection.remove_notes(list(collection.find_notes("")))

    assert len(push(garden, way, 1).found.new) == 1
