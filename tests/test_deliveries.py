"""What is still to be done in Anki, until a delivery says that it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardwright.diagnostics import Code
from cardwright.lock import CollectionState, Delivery, Lock
from cardwright.lock.deliveries import (
    PendingMove,
    PendingSteps,
    mark_delivered,
    pending,
    with_new_collection_id,
    without_deliveries,
)
from cardwright.lock.text import format_lock, parse_lock
from cardwright.model import DeckName, FiledNote
from tests.test_identify import NOTHING, build, question

DESK, LAPTOP = "1700000000000", "1710000000000"
LEAF, MOSS = "What is a leaf?", "What is moss?"


def notes(leaf: str | None = "A", moss: str | None = "A") -> Sequence[FiledNote]:
    """Two questions, each in a deck, or ``None`` where it is not asked."""
    asked = [(LEAF, leaf), (MOSS, moss)]
    return [question(front, front, deck=deck) for front, deck in asked if deck is not None]


class Author:
    """Someone who edits, builds and delivers, under a clock that goes on."""

    def __init__(self) -> None:
        self.now = 1000
        self.lock = build(*notes(), lock=NOTHING, now=1000).lock
        self.guids = {entry.front: entry.guid for entry in self.lock.entries}

    def has(self, leaf: str | None = "A", moss: str | None = "A") -> None:
        self.now += 100
        self.lock = build(*notes(leaf, moss), lock=self.lock, now=self.now).lock
        again, problems = parse_lock(format_lock(self.lock), "deck.lock")
        assert problems == ()
        assert again == self.lock

    def delivers(self, collection: str = "") -> None:
        self.now += 100
        self.lock = mark_delivered(self.lock, collection, self.now)

    def moves(self, collection: str | None = None) -> list[tuple[str, str, str]]:
        fronts = {guid: front for front, guid in self.guids.items()}
        moved = pending(self.lock, collection).moved
        return [(fronts[move.guid], move.was, move.deck) for move in moved]


def test_nothing_is_pending_at_first() -> None:
    assert pending(Author().lock).is_nothing


def test_a_move_is_pending_until_it_is_delivered() -> None:
    author = Author()
    author.has(leaf="B")
    author.has(leaf="B")

    assert author.moves() == [(LEAF, "A", "B")]
    author.delivers()
    assert pending(author.lock).is_nothing
    author.has(leaf="B")
    assert pending(author.lock).is_nothing


def test_several_moves_are_one_move_from_the_deck_in_anki() -> None:
    author = Author()
    for deck in "BCD":
        author.has(leaf=deck)

    assert author.moves() == [(LEAF, "A", "D")]


def test_a_move_back_leaves_nothing_to_do() -> None:
    author = Author()
    before = author.lock
    author.has(leaf="B")
    author.has(leaf="A")

    assert pending(author.lock).is_nothing
    assert author.lock == before


def test_each_collection_knows_where_it_has_the_cards() -> None:
    author = Author()
    author.delivers(DESK)
    author.delivers(LAPTOP)
    author.has(leaf="B")
    author.delivers(DESK)
    author.has(leaf="C")

    assert author.moves(DESK) == [(LEAF, "B", "C")]
    assert author.moves(LAPTOP) == [(LEAF, "A", "C")]
    author.has(leaf="A")
    assert author.moves(DESK) == [(LEAF, "B", "A")]
    assert author.moves(LAPTOP) == []


def test_anki_ignores_the_case_of_a_deck_name() -> None:
    author = Author()
    author.has(leaf="a")
    assert pending(author.lock).is_nothing
    author.has(leaf="B")
    assert author.moves() == [(LEAF, "a", "B")]
    author.has(leaf="A")
    assert pending(author.lock).is_nothing


def test_a_retired_note_is_pending_until_it_is_delivered() -> None:
    author = Author()
    author.has(moss=None)
    author.has(moss=None, leaf="B")

    assert pending(author.lock).retired == (author.guids[MOSS],)
    author.delivers()
    author.has(moss=None, leaf="B")
    assert pending(author.lock).is_nothing


def test_a_note_that_came_back_before_anki_knew_leaves_nothing_to_do() -> None:
    author = Author()
    author.has(moss=None)
    author.has()

    assert pending(author.lock).is_nothing


def test_a_note_that_comes_back_afterwards_is_pending_with_its_deck() -> None:
    author = Author()
    author.has(moss=None)
    author.delivers()
    author.has(moss="B")

    moss = author.guids[MOSS]
    assert pending(author.lock) == PendingSteps(
        moved=(PendingMove(moss, DeckName("A"), DeckName("B")),), returned=(moss,)
    )
    author.has(moss=None)
    assert pending(author.lock).is_nothing


def test_a_retired_note_that_had_moved_is_only_retired() -> None:
    author = Author()
    author.has(leaf="B")
    author.has(leaf=None)

    assert pending(author.lock) == PendingSteps(retired=(author.guids[LEAF],))


def test_what_one_collection_has_is_pending_in_the_others() -> None:
    author = Author()
    author.delivers()
    author.delivers(DESK)
    author.has(leaf="B")
    author.delivers(DESK)

    assert author.moves(DESK) == []
    assert author.moves("") == [(LEAF, "A", "B")]
    author.delivers()
    assert author.moves("") == []


def test_somebody_who_changed_from_imports_to_pushes_sees_no_finished_work() -> None:
    author = Author()
    author.delivers()
    author.has(leaf="B")
    author.lock = mark_delivered(author.lock, DESK, author.now)
    assert author.moves() == []
    author.has(leaf="C")
    assert author.moves() == [(LEAF, "B", "C")]
    author.lock = mark_delivered(author.lock, DESK, 0)
    assert author.moves() == []
    author.lock = mark_delivered(author.lock, "", 0)
    author.has(leaf="D")
    assert author.moves() == [(LEAF, "C", "D")]


def test_somebody_who_only_pushes_sees_what_the_last_push_left() -> None:
    author = Author()
    author.has(leaf="B")
    author.delivers(DESK)
    author.delivers(LAPTOP)
    author.has(leaf="B", moss="B")
    author.delivers(LAPTOP)

    assert author.moves() == []
    assert author.moves(DESK) == [(MOSS, "A", "B")]


def test_an_unknown_collection_counts_as_imported_by_hand() -> None:
    author = Author()
    author.has(leaf="B")

    assert author.moves(DESK) == [(LEAF, "A", "B")]


def test_a_second_delivery_changes_nothing() -> None:
    author = Author()
    author.has(leaf="B")
    author.delivers(DESK)
    before = author.lock
    author.delivers(DESK)

    assert author.lock is before
    author.delivers(LAPTOP)
    author.delivers(DESK)
    author.delivers(LAPTOP)
    assert [each.collection for each in author.lock.deliveries] == [DESK, LAPTOP]


def test_what_changes_after_a_delivery_is_later_whatever_the_clock_says() -> None:
    author = Author()
    author.delivers(DESK)
    author.now = 5
    lock = build(question(LEAF, "Another."), *notes(None), lock=author.lock, now=5).lock
    again = mark_delivered(lock, DESK, 5)

    (leaf,) = [entry for entry in lock.entries if entry.front == LEAF]
    assert leaf.mod > author.lock.deliveries[0].at
    assert again.deliveries[0].at >= leaf.mod


def test_a_note_is_born_before_its_delivery_and_after_those_before_it() -> None:
    """So a push can tell a note that the learner deleted from one that was never there."""
    first = build(*(question(f"What is {n}?") for n in range(1500)), now=1000).lock
    lock = mark_delivered(first, DESK, 1000)
    assert all(entry.born <= lock.deliveries[0].at * 1000 for entry in lock.entries)
    assert mark_delivered(lock, DESK, 1000) is lock

    asked = [question(f"What is {n}?") for n in range(1501)]
    second = build(*asked, lock=lock, now=1000).lock

    new = [entry for entry in second.entries if entry.born > lock.deliveries[0].at * 1000]
    assert [entry.front for entry in new] == ["What is 1500?"]
    again = mark_delivered(second, DESK, 1000)
    assert all(entry.born <= again.deliveries[0].at * 1000 for entry in again.entries)


def test_a_package_carries_nothing_of_it() -> None:
    author = Author()
    author.has(leaf="B")
    built = author.lock
    author.delivers(DESK)

    assert without_deliveries(author.lock) == without_deliveries(built)
    assert "behind" not in format_lock(without_deliveries(built))
    assert without_deliveries(Author().lock) == Author().lock


# Any history


Has = dict[str, tuple[str, bool]]
"""What a collection knows of each front: the deck of its cards, and whether it is retired."""


def told(before: Has, now: Has) -> Has:
    """What a collection has after a delivery: the cards of retired notes stay where they are."""
    return {
        front: (before[front][0] if is_retired else deck, is_retired)
        for front, (deck, is_retired) in now.items()
    }


steps = st.lists(
    st.tuples(st.sampled_from(["", DESK, LAPTOP, None, None, None]),
              st.lists(st.sampled_from(["A", "B", "C", None]), min_size=3, max_size=3)),
    max_size=10,
)  # fmt: skip
"""A delivery, or a build of three questions, each in a deck or not asked."""


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(steps)
def test_pending_work_is_the_difference_to_a_collection(
    steps: list[tuple[str | None, list[str | None]]],
) -> None:
    fronts = [LEAF, MOSS, "What is a root?"]
    lock = build(*(question(front, front, deck="A") for front in fronts), lock=NOTHING).lock
    guids = {entry.guid: entry.front for entry in lock.entries}
    now: Has = dict.fromkeys(fronts, ("A", False))
    has: dict[str, Has] = {"": now}
    is_said = False
    for number, (collection, decks) in enumerate(steps):
        if collection is not None:
            before = has.get(collection, now)
            has = {**(has if is_said else {}), collection: told(before, now)}
            is_said = True
            lock = mark_delivered(lock, collection, number)
        elif any(decks):
            pairs = zip(fronts, decks, strict=True)
            asked = [question(front, front, deck=deck) for front, deck in pairs if deck]
            lock = build(*asked, lock=lock, now=number).lock
            now = {entry.front: (entry.deck, entry.is_retired) for entry in lock.entries}
        for name, state in has.items():
            due = pending(lock, name)
            assert {guids[move.guid]: move.was for move in due.moved} == {
                front: state[front][0]
                for front, (deck, is_retired) in now.items()
                if not is_retired and state[front][0] != deck
            }
            assert {guids[guid] for guid in due.retired} == {
                front for front in fronts if now[front][1] and not state[front][1]
            }
            assert {guids[guid] for guid in due.returned} == {
                front for front in fronts if state[front][1] and not now[front][1]
            }
        assert parse_lock(format_lock(lock), "deck.lock") == (lock, ())


# In the text of the lock


def without_outputs(lock: Lock) -> Lock:
    return replace(lock, entries=tuple(replace(entry, output="") for entry in lock.entries))


def test_deliveries_and_what_is_behind_raise_the_version() -> None:
    author = Author()
    author.lock = without_outputs(author.lock)
    assert format_lock(author.lock).startswith('{"lock": 3, ')
    author.has(leaf="B", moss=None)
    author.lock = without_outputs(author.lock)

    text = format_lock(author.lock)
    assert text.startswith('{"lock": 4, ')
    assert '"behind": [["", "A", false]]}' in text
    author.delivers(DESK)
    text = format_lock(author.lock)
    assert text.startswith('{"lock": 4, ')
    assert f'\n\n{{"delivered": "{DESK}", "at": 7201}}\n\n' in text
    assert "behind" not in text


def test_the_earlier_of_two_merged_deliveries_counts() -> None:
    lock = Lock("salt", deliveries=(Delivery("", 9), Delivery(DESK, 9)))
    text = format_lock(lock).replace('{"end"', f'{{"delivered": "{DESK}", "at": 7}}\n\n{{"end"')

    merged, problems = parse_lock(text, "deck.lock")

    assert problems == ()
    assert merged is not None
    assert merged.deliveries == (Delivery("", 9), Delivery(DESK, 7))


def test_a_move_of_another_branch_is_pending_after_the_merge() -> None:
    """A delivery of one branch knows nothing of what the other did, however much earlier."""
    author = Author()
    author.delivers(DESK)
    base = author.lock
    author.has(leaf="B")
    theirs = author.lock
    author.lock = base
    author.has(moss="B")
    author.delivers(DESK)

    by_front = {entry.front: entry for entry in author.lock.entries}
    leaf = next(entry for entry in theirs.entries if entry.front == LEAF)
    by_front[LEAF] = leaf
    author.lock = replace(author.lock, entries=tuple(by_front.values()))

    assert author.moves(DESK) == [(LEAF, "A", "B")]


def test_a_move_is_pending_if_the_other_branch_pushed_first() -> None:
    author = Author()
    base = author.lock
    author.has(leaf="B")
    theirs = {entry.front: entry for entry in author.lock.entries}
    author.lock = base
    author.delivers(DESK)

    merged = [theirs[LEAF] if entry.front == LEAF else entry for entry in author.lock.entries]
    text = format_lock(replace(author.lock, entries=tuple(merged)))
    author.lock = parse_lock(text, "deck.lock")[0] or NOTHING

    assert author.moves() == author.moves(DESK) == [(LEAF, "A", "B")]
    author.has(leaf="B")
    assert author.moves() == author.moves(DESK) == [(LEAF, "A", "B")]
    author.delivers(DESK)
    assert pending(author.lock).is_nothing
    assert not any(entry.behind for entry in author.lock.entries)


@pytest.mark.parametrize(
    "behind",
    ['{"": "A"}', '[["", "A"]]', '[["", "A", 0]]', '[["", 1, true]]', '"A"', "[1]",
     '[["", "A", true], ["", "B", true]]', '[["\\ud800", "A", true]]'],
)  # fmt: skip
def test_an_invalid_value_of_behind_is_damage(behind: str) -> None:
    author = Author()
    author.has(leaf="B")
    text = format_lock(author.lock).replace('[["", "A", false]]', behind)

    lock, (problem,) = parse_lock(text, "deck.lock")

    assert lock is None
    assert problem.code is Code.DAMAGED_LOCK
    assert "'behind'" in problem.message


def test_an_older_lock_has_nothing_left_to_do() -> None:
    """Its retired notes were told of when they were retired."""
    author = Author()
    author.has(moss=None)
    old = without_outputs(without_deliveries(author.lock))
    assert format_lock(old).startswith('{"lock": 3, ')

    author.lock = old
    author.has(moss=None)

    assert pending(author.lock).is_nothing
    assert without_outputs(author.lock) == old


def test_an_entry_says_which_collections_are_behind() -> None:
    author = Author()
    author.has(leaf="B")

    (leaf,) = [entry for entry in author.lock.entries if entry.front == LEAF]
    assert leaf.behind == (CollectionState("", DeckName("A"), False),)


def test_a_collection_with_a_new_id_keeps_its_deliveries() -> None:
    author = Author()
    author.delivers(DESK)
    author.has(leaf="B")

    author.lock = with_new_collection_id(author.lock, DESK, LAPTOP)

    assert [each.collection for each in author.lock.deliveries] == [LAPTOP]
    assert author.moves(LAPTOP) == [(LEAF, "A", "B")]
    assert with_new_collection_id(author.lock, DESK, "3") is author.lock


def test_a_note_is_born_after_each_delivery_and_before_the_next() -> None:
    author = Author()
    author.delivers(DESK)
    (delivery,) = author.lock.deliveries
    assert all(entry.born <= delivery.at * 1000 for entry in author.lock.entries)

    lock = build(*notes(), question("What is a fern?"), lock=author.lock, now=0).lock

    assert max(entry.born for entry in lock.entries) > delivery.at * 1000
