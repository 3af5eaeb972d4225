"""Merging both sides of a lock that git left with conflict markers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardwright.diagnostics import Code
from cardwright.lock import Delivery, Lock, LockEntry
from cardwright.lock.conflicts import merge_conflicts, salvage_lock
from cardwright.lock.text import format_lock
from cardwright.model import DeckName, Guid, NoteTypeStamp


def entry(letter: str, mod: int = 7) -> LockEntry:
    return LockEntry(
        guid=Guid(letter * 13),
        file="plants.md",
        section=(),
        front=f"What is {letter}?",
        answer="answer",
        made=f"made at {mod}",
        media=(),
        mod=mod,
        born=ord(letter),
        deck=DeckName("Garden"),
    )


A, B, C = map(entry, "abc")
BASE = Lock("k3v9", "Garden", (NoteTypeStamp("qa", 9, "style", 7),), entries=(A, B))
OURS = replace(BASE, entries=(replace(A, mod=8, made="ours"), B, C))
THEIRS = replace(BASE, entries=(replace(A, mod=9, made="theirs"), B, entry("d")))


def lines_of(lock: Lock) -> list[str]:
    return [line for line in format_lock(lock).split("\n") if line]


def conflict(ours: list[str], theirs: list[str], base: list[str] | None = None) -> list[str]:
    middle = [] if base is None else ["||||||| 1234567", *base]
    return ["<<<<<<< HEAD", *ours, *middle, "=======", *theirs, ">>>>>>> other"]


def mended(lines: list[str], end: str = "\n") -> Lock:
    found, problems = merge_conflicts(end.join([*lines, ""]), "deck.lock")
    assert problems == ()
    assert found is not None
    assert found.conflicts
    return found.lock


def test_the_earlier_of_two_deliveries_to_one_collection_counts() -> None:
    ours = replace(OURS, deliveries=(Delivery("", 9), Delivery("desk", 8)))
    theirs = replace(THEIRS, deliveries=(Delivery("desk", 7),))

    lock = mended(conflict(lines_of(ours), lines_of(theirs)))

    assert lock == replace(BOTH, deliveries=(Delivery("", 9), Delivery("desk", 7)))


def whole(with_base: bool = False) -> list[str]:
    """A conflict of the whole files."""
    return conflict(lines_of(OURS), lines_of(THEIRS), lines_of(BASE) if with_base else None)


BOTH = replace(BASE, entries=(THEIRS.entries[0], B, C, THEIRS.entries[2]))


@pytest.mark.parametrize("with_base", [False, True], ids=["merge", "diff3"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_conflict_of_the_whole_lock_is_merged(with_base: bool, end: str) -> None:
    assert mended(whole(with_base), end) == BOTH


def test_a_conflict_in_the_middle_is_merged() -> None:
    first, second = lines_of(OURS), lines_of(THEIRS)

    lock = mended([*first[:3], *conflict(first[3:-1], second[3:-1]), first[-1]])

    assert lock == BOTH


def test_what_it_says_of_both_sides_is_counted() -> None:
    found, _ = merge_conflicts("\n".join(whole()), "deck.lock")

    assert found is not None
    assert (found.conflicts, found.duplicates) == (1, 1)


def test_two_conflicts_are_merged_even_if_one_cuts_the_header() -> None:
    first, second = lines_of(replace(OURS, katex="0.19.1")), lines_of(THEIRS)
    assert first[0] != second[0]

    lock = mended([*conflict(first[:2], second[:2]), first[2], *conflict(first[3:], second[3:])])

    assert lock == replace(BOTH, katex="0.19.1")


def test_a_conflict_that_takes_the_end_of_one_side_is_merged() -> None:
    first, second = lines_of(OURS), lines_of(THEIRS)

    assert mended([*first[:3], *conflict(first[3:], second[3:-1])]) == BOTH
    assert mended([*first[:3], *conflict(first[3:-1], second[3:])]) == BOTH


def test_what_one_side_did_not_have_at_all_is_merged() -> None:
    first = lines_of(OURS)

    assert mended([*first[:3], *conflict([], first[3:-1]), first[-1]]) == OURS
    assert mended([*conflict(first[:3], []), *first[3:]]) == OURS


def test_a_note_that_both_sides_retired_is_not_made_live_by_their_base() -> None:
    retired = lines_of(replace(BASE, entries=(replace(A, is_retired=True),)))
    base = lines_of(replace(BASE, entries=(A,)))

    lock = mended([*base[:3], *conflict([retired[3]], [retired[3]], [base[3]]), base[-1]])

    assert [each.is_retired for each in lock.entries] == [True]


def test_nested_conflicts_are_merged() -> None:
    first, second = lines_of(OURS), lines_of(THEIRS)
    old = ["<<<<<<<<< one", *lines_of(BASE)[3:4], "=========", first[3], ">>>>>>>>> other"]
    within = conflict([first[3]], [second[3]], old)

    lock = mended([*first[:3], *conflict([*within, *first[4:-1]], second[4:-1]), first[-1]])

    assert lock == BOTH


def test_markers_that_do_not_fit_together_hide_no_note() -> None:
    first, second = lines_of(OURS), lines_of(THEIRS)

    for left_out in range(4):
        markers = ["<<<<<<< HEAD", "||||||| base", "=======", ">>>>>>> other"]
        markers[left_out] = ""
        lines = [
            *first[:3], markers[0], *first[3:-1], markers[1], markers[2], *second[3:-1],
            markers[3], first[-1],
        ]  # fmt: skip
        assert mended([line for line in lines if line]) == BOTH


def test_a_lock_without_markers_is_left_as_it_is() -> None:
    found, problems = merge_conflicts(format_lock(OURS), "deck.lock")

    assert problems == ()
    assert found is not None
    assert (found.lock, found.conflicts) == (OURS, 0)


def test_two_projects_are_not_merged() -> None:
    lines = conflict(lines_of(OURS), lines_of(replace(THEIRS, project="other")))

    found, (problem,) = merge_conflicts("\n".join(lines), "deck.lock")

    assert found is None
    assert (problem.code, problem.place.line) == (Code.CONFLICTED_LOCK, 10)
    assert "'k3v9' and 'other'" in problem.message


@pytest.mark.parametrize(
    ("lines", "line", "complaint"),
    [
        (["{", *whole()], 1, "is not a record"),
        ([*whole()[:4], '{"guid": "aaa', *whole()[4:]], 5, "is not a record"),
        (whole()[:8], 8, "cut off"),
        (whole()[:9], 9, "cut off"),
        (whole(with_base=True)[:13], 13, "cut off"),
        (whole()[:-2], 15, "cut off"),
        ([line for line in whole() if '"end"' not in line], 15, "cut off"),
        ([line for line in whole() if '"project"' not in line], 1, "first line"),
        ([*lines_of(OURS)[:-1]], 6, "cut off"),
    ],
)
def test_a_lock_that_is_truly_damaged_is_not_merged(
    lines: list[str], line: int, complaint: str
) -> None:
    found, (problem,) = merge_conflicts("\n".join(lines), "deck.lock")

    assert found is None
    assert (problem.code, problem.place.line) == (Code.DAMAGED_LOCK, line)
    assert complaint in problem.message


def test_a_side_of_a_newer_version_is_refused() -> None:
    lines = conflict(lines_of(OURS), ['{"lock": 99, "project": "k3v9", "salt": 1}'])

    found, (problem,) = merge_conflicts("\n".join(lines), "deck.lock")

    assert found is None
    assert problem.code is Code.NEWER_LOCK


def test_the_readable_rest_of_a_damaged_lock_is_found() -> None:
    text = format_lock(OURS)

    assert salvage_lock(text).entries == OURS.entries
    assert salvage_lock(text[:-60]).entries == OURS.entries[:2]
    known = salvage_lock("\n".join(whole())).entries
    assert {each.guid for each in known} == {e.guid for e in (*OURS.entries, *THEIRS.entries)}


states = st.lists(
    st.builds(
        lambda letter, mod, is_retired: replace(entry(letter, mod), is_retired=is_retired),
        st.sampled_from("abcdefgh"),
        st.integers(1, 5),
        st.booleans(),
    ),
    unique_by=lambda each: each.guid,
)


@given(states, states, st.data())
def test_no_identity_of_either_side_is_lost(
    ours: list[LockEntry], theirs: list[LockEntry], data: st.DataObject
) -> None:
    first = lines_of(replace(BASE, entries=tuple(ours)))
    second = lines_of(replace(BASE, entries=tuple(theirs)))
    shared = data.draw(st.integers(0, 3))

    lock = mended([*first[:shared], *conflict(first[shared:-1], second[shared:-1]), first[-1]])

    known = {each.guid: each.mod for each in lock.entries}
    assert known.keys() == {each.guid for each in (*ours, *theirs)}
    assert all(known[each.guid] >= each.mod for each in (*ours, *theirs))
    assert lock.notetypes == BASE.notetypes
