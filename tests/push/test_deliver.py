"""What happens while the user is asked: another build, a change in Anki."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cardwright.building import build_deck
from cardwright.delivery.collection import opened
from cardwright.delivery.compare import PushChoices
from cardwright.delivery.deliver import PushResult, built_deck, deliver, push
from cardwright.delivery.target import AnkiTarget
from cardwright.diagnostics import Code
from cardwright.pipeline import Options
from tests.in_anki import collection_in
from tests.push.stand_in import standing_in

NOW = 1_800_000_000
LEAF = "# Leaf\n\n## What is a leaf? {reverse}\n\nAn organ.\n"


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    folder = tmp_path / "garden"
    folder.mkdir()
    (folder / "deck.yml").write_text("deck: Garden\n")
    (folder / "leaf.md").write_text(LEAF)
    with collection_in(tmp_path / "collection.anki2"):
        pass
    return folder


def delivered(
    garden: Path, way: AnkiTarget, days: int, agree: Callable[[], bool] = lambda: True
) -> PushResult:
    options = Options(NOW + 86_400 * days)
    output = garden.parent / "build"
    return deliver(garden, output, options, way, PushChoices(), lambda *_: agree())


def test_no_deck_is_renamed_if_another_build_has_changed_the_lock(garden: Path) -> None:
    file = garden.parent / "collection.anki2"

    def another_build() -> bool:
        (garden / "root.md").write_text("# Root\n\n## What is a root?\n\nIt drinks.\n")
        build_deck(garden, garden.parent / "build", Options(NOW + 86_400 * 2))
        return True

    with standing_in(file) as address:
        delivered(garden, AnkiTarget(address), 0)
        (garden / "deck.yml").write_text("deck: Park\n")
        stopped = delivered(garden, AnkiTarget(address), 1, another_build)
        after = delivered(garden, AnkiTarget(address), 3)

    assert stopped.pushed is None
    assert [problem.code for problem in stopped.diagnostics] == [Code.BUILD_RUNNING]
    assert after.pushed is not None
    assert [(each.old, each.new) for each in after.pushed.found.renames] == [("Garden", "Park")]
    assert after.pushed.left.is_nothing


def test_the_user_is_asked_again_if_more_would_be_deleted(garden: Path) -> None:
    file = garden.parent / "collection.anki2"
    delivered(garden, AnkiTarget(str(file), file), 0)
    with collection_in(file) as collection:
        (back,) = collection.find_cards("card:2")
        collection.sched.set_due_date([back], "5")
    (garden / "leaf.md").write_text(LEAF.replace(" {reverse}", ""))
    built = build_deck(garden, garden.parent / "build", Options(NOW + 86_400))
    assert built.assembly.identified is not None
    wanted = built_deck(built.assembly, built.assembly.identified, built.old)
    asked: list[frozenset[int]] = []

    with opened(file) as anki:

        def agree(deletions: frozenset[int]) -> bool:
            asked.append(deletions)
            anki.raw.sched.schedule_cards_as_new([back])  # a new card that is empty is deleted
            return len(asked) == 1

        pushed = push(
            wanted, anki, PushChoices(), lambda found, _: agree(found.deletions), lambda _: None
        )
        cards = [*anki.raw.find_cards("")]

    assert asked == [frozenset(), frozenset({back})]
    assert not pushed.is_done
    assert back in cards
