"""The matching steps, the most certain first. Each sees what the steps before it left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from functools import partial
from itertools import product

from cardwright.identify.match_state import (
    Doubt,
    Found,
    Group,
    Key,
    MatchState,
    Pair,
    groups,
    groups_in_gaps,
    uncontradicted,
)
from cardwright.identify.similarity import same_front, similar, telling, two_left
from cardwright.identify.similarity.words import asked_words_of
from cardwright.lock import LockEntry

Step = Callable[[MatchState], Found]
"""Pairs open questions with open notes, in time linear in the number of notes."""


def live(step: Step) -> Step:
    """Return the step without access to retired notes."""
    return lambda state: step(state.live())


def claimed(state: MatchState) -> Found:
    """Match a question whose id is a GUID of the lock. Two such questions are ambiguous."""
    claims = groups(state, lambda old: old.guid, lambda new: new.id)
    doubts = [Doubt(tuple(g.new), tuple(g.old)) for g in claims if len(g.new) > 1]
    return Found(_alone(claims), doubts)


def same_file_and_id(state: MatchState) -> Found:
    """Match by file and id. The parser reports an id that a file has twice."""
    return Found(_alone(groups(state, lambda note: (note.file, note.id) if note.id else None)))


def same_id(state: MatchState) -> Found:
    """Match an id that moved to another file, if it is unique in the old and the new deck."""
    times = Counter(note.id for note in state.old if not note.is_retired)

    def unique_id(note: LockEntry) -> Hashable:
        return note.id if note.id and times[note.id] <= 1 else None

    return Found(_alone(groups(state, unique_id)))


def _front(note: LockEntry) -> Hashable:
    return note.front


def _words(note: LockEntry) -> Hashable:
    return asked_words_of(note.front)


def _text(note: LockEntry) -> Hashable:
    return note.front, note.answer


def _in_section(text: Key, note: LockEntry) -> Hashable:
    return text(note), note.file, note.section


def _in_file(text: Key, note: LockEntry) -> Hashable:
    return text(note), note.file


def _in_deck(text: Key, note: LockEntry) -> Hashable:
    return text(note)


_CIRCLES = (_in_section, _in_file, _in_deck)


def alone(key: Key, state: MatchState) -> Found:
    """Match if one question and one note have the key."""
    return Found(_alone(groups(state, key)))


def _alone(found: list[Group]) -> list[Pair]:
    return [pair for group in found for pair in group.alone()]


def between(text: Key, state: MatchState) -> Found:
    """Match in order if two neighbours have equally many questions and notes of a text between."""
    found = groups_in_gaps(state, text)
    return Found([p for g in found if len(g.new) == len(g.old) for p in g.in_order()])


def in_order(key: Key, state: MatchState) -> Found:
    """Match notes with the same text in order. It does not matter which of them is left over."""
    return Found([pair for group in groups(state, key) for pair in group.in_order()])


def alone_with_front(state: MatchState) -> Found:
    """Match if one question and one note have the front in a scope, and no scope contradicts.

    The scopes are a section, a file, the deck, and the gap between two neighbours.
    """
    circles = [group for circle in _CIRCLES for group in groups(state, partial(circle, _front))]
    evidence = [*telling(state, _alone(circles)), *_alone(groups_in_gaps(state, _front))]
    return Found(uncontradicted(evidence))


def beside(state: MatchState) -> Found:
    """Match if one question and one note have the front before or after the same neighbour."""
    evidence = [
        *_alone(groups_in_gaps(state, _front, slice(1))),
        *_alone(groups_in_gaps(state, _front, slice(1, 2))),
    ]
    return Found(uncontradicted(evidence))


def alone_but_for_ids(circle: Callable[[Key, LockEntry], Hashable], state: MatchState) -> Found:
    """Match like ``alone``, but ignore pairs with different ids.

    If only one side has an id, the author added or removed it.
    """
    pairs: list[Pair] = []
    for group in groups(state, partial(circle, _front)):
        bare_old = [j for j in group.old if not state.old[j].id]
        bare_new = [i for i in group.new if not state.new[i].id]
        old = group.old if bare_new else bare_old
        new = group.new if bare_old else bare_new
        pairs += Group(new, old).alone()
    return Found(telling(state, pairs))


def returned(text: Key, circle: Callable[[Key, LockEntry], Hashable], state: MatchState) -> Found:
    """Match if one question and one retired note have the text, and no live note has it."""
    contested = {text(state.old[j]) for j in state.live().open_old} | {()}

    def returning(note: LockEntry) -> Hashable:
        return None if text(note) in contested else circle(text, note)

    return Found(telling(state, _alone(groups(state, returning))))


def alone_with_words(circle: Callable[[Key, LockEntry], Hashable], state: MatchState) -> Found:
    """Match if one question and one note have fronts with the same words in the same order.

    The same words in another order, or with other numbers, are another question.
    """

    def worded(note: LockEntry) -> Hashable:
        return circle(_words, note) if _words(note) else None

    pairs = _alone(groups(state, worded))
    pairs = [(i, j) for i, j in pairs if not (state.new[i].id and state.old[j].id)]
    return Found(telling(state, pairs))


def undecided(state: MatchState) -> Found:
    """Report questions and notes with the same front that are still open. The author decides."""
    doubts = []
    for group in groups(state, _front):
        pairs = telling(state, [*product(group.new, group.old)])
        if pairs:
            doubts.append(
                Doubt(tuple(sorted({i for i, _ in pairs})), tuple(sorted({j for _, j in pairs})))
            )
    return Found(doubts=doubts)


_BY_ID: tuple[Step, ...] = (
    claimed,
    live(same_file_and_id),
    live(same_id),
    same_file_and_id,
    same_id,
)

_BY_TEXT: tuple[Step, ...] = (
    *(live(partial(alone, partial(circle, _text))) for circle in _CIRCLES),
    live(partial(between, _text)),
    *(live(partial(in_order, partial(circle, _text))) for circle in _CIRCLES),
    *(partial(in_order, partial(circle, _text)) for circle in _CIRCLES),
)

_BY_FRONT: tuple[Step, ...] = (
    live(alone_with_front),
    live(partial(between, _front)),
    live(beside),
    *(live(partial(alone_but_for_ids, circle)) for circle in _CIRCLES),
)

_ROUNDS = 3
"""How often the steps by front run. A new pair may show where its neighbours belong.

A contrived file could need as many rounds as it has notes. What three leave open is reported."""

STEPS: tuple[Step, ...] = (
    *_BY_ID,
    *_BY_TEXT,
    *_BY_FRONT * _ROUNDS,
    *(partial(returned, _front, circle) for circle in _CIRCLES),
    partial(returned, _words, _in_deck),
    live(same_front),
    undecided,
    *(live(partial(alone_with_words, circle)) for circle in _CIRCLES),
    live(similar),
    live(two_left),
)
