"""The matching steps, the most certain first. Each sees what the steps before it left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from itertools import chain, product

from cardwright.identify.match_state import (
    Ambiguity,
    Key,
    MatchState,
    Pair,
    StepResult,
    even_gaps,
    groups,
    groups_in_gaps,
    uncontradicted,
    unique_pairs,
)
from cardwright.identify.similarity import (
    are_unlike,
    likely_same,
    same_front,
    similar,
    two_left,
)
from cardwright.identify.similarity.fronts import beginnings_of, without_end
from cardwright.identify.similarity.words import asked_parts_of
from cardwright.lock import LockEntry

Step = Callable[[MatchState], StepResult]
"""Pairs open questions with open notes, in time linear in the number of notes."""


def live(step: Step) -> Step:
    """Return the step without access to retired notes."""
    return lambda state: step(state.live())


def distinct(step: Step) -> Step:
    """Return the step with one of several equal notes in a section. Nobody can tell them apart."""

    def one_of_each(state: MatchState) -> StepResult:
        by_text: dict[Hashable, int] = {}
        for j in state.open_old:
            by_text.setdefault(_in_section(_text, state.old[j]), j)
        return step(replace(state, open_old=[*by_text.values()]))

    return one_of_each


def claimed(state: MatchState) -> StepResult:
    """Match a question whose id is a GUID of the lock. Two such questions are ambiguous."""
    claims = groups(state, lambda old: old.guid, lambda new: new.id)
    ambiguities = [Ambiguity(tuple(g.new), tuple(g.old)) for g in claims if len(g.new) > 1]
    return StepResult(unique_pairs(claims), ambiguities)


def same_id(state: MatchState) -> StepResult:
    """Match an id that moved to another file, if it is unique in the old and the new deck."""
    times = Counter(note.id for note in state.old if not note.is_retired)

    def unique_id(note: LockEntry) -> Hashable:
        return note.id if note.id and times[note.id] <= 1 else None

    return unique(unique_id, state)


def _file_and_id(note: LockEntry) -> Hashable:
    return (note.file, note.id) if note.id else None  # the parser reports one that a file has twice


def _front(note: LockEntry) -> Hashable:
    return note.front


def _words(note: LockEntry) -> Hashable:
    return asked_parts_of(note.front)


def _stem(note: LockEntry) -> Hashable:
    return asked_parts_of(note.front)[0]


def _text(note: LockEntry) -> Hashable:
    return note.front, note.answer


def _in_section(text: Key, note: LockEntry) -> Hashable:
    return text(note), note.file, note.section


def _in_file(text: Key, note: LockEntry) -> Hashable:
    return text(note), note.file


def _in_deck(text: Key, note: LockEntry) -> Hashable:
    return text(note)


_SCOPES = (_in_section, _in_file, _in_deck)


def unique(key: Key, state: MatchState) -> StepResult:
    """Match if one question and one note have the key."""
    return StepResult(unique_pairs(groups(state, key)))


def between_neighbours(text: Key, state: MatchState) -> StepResult:
    """Match in order if two neighbours have equally many questions and notes of a text between."""
    return StepResult([pair for group in even_gaps(state, text) for pair in group.in_order()])


def pair_in_order(key: Key, state: MatchState) -> StepResult:
    """Match notes with the same text in order. It does not matter which of them is left over."""
    return StepResult([pair for group in groups(state, key) for pair in group.in_order()])


def unique_front(state: MatchState) -> StepResult:
    """Match if one question and one note have the front in a scope, and no scope contradicts.

    The scopes are a section, a file, the deck, and the gap between two neighbours.
    """
    scopes = [group for scope in _SCOPES for group in groups(state, partial(scope, _front))]
    evidence = [
        *likely_same(state, unique_pairs(scopes)),
        *unique_pairs(groups_in_gaps(state, _front)),
    ]
    return StepResult(uncontradicted(evidence))


def beside_neighbour(state: MatchState) -> StepResult:
    """Match if one question and one note have the front before or after the same neighbour."""
    evidence = [
        *unique_pairs(groups_in_gaps(state, _front, slice(1))),
        *unique_pairs(groups_in_gaps(state, _front, slice(1, 2))),
    ]
    return StepResult(uncontradicted(evidence))


def returned(
    text: Key, scope: Callable[[Key, LockEntry], Hashable], state: MatchState
) -> StepResult:
    """Match if one question and one retired note have the text, and no live note has it."""
    contested = {text(state.old[j]) for j in state.live().open_old} | {()}

    def returning(note: LockEntry) -> Hashable:
        return None if text(note) in contested else scope(text, note)

    return StepResult(likely_same(state, unique_pairs(groups(state, returning))))


def unique_words(
    words: Key, scope: Callable[[Key, LockEntry], Hashable], state: MatchState
) -> StepResult:
    """Match if one question and one note have fronts with the same words in the same order.

    The same words in another order, or with other numbers, are another question. Only options may
    change their order. If ``words`` leaves them out, half of them must be the same.
    """

    def worded(note: LockEntry) -> Hashable:
        return scope(words, note) if _stem(note) else None

    def has_same(pair: Pair) -> bool:
        new, old = state.new[pair[0]], state.old[pair[1]]
        options, before = asked_parts_of(new.front)[1], asked_parts_of(old.front)[1]
        least = min(len(options), len(before))
        return not (new.id and old.id) and 2 * len(options & before) >= least

    pairs = list(filter(has_same, unique_pairs(groups(state, worded))))
    return StepResult(likely_same(state, pairs))


def unique_beginning(state: MatchState) -> StepResult:
    """Match if one front begins with all of the other, beside or between the same neighbours.

    An author marks the right options below a question, so that they become part of its front. Or
    the author adds code or a sentence.
    """
    beginnings = beginnings_of(
        [state.old[j].front for j in state.open_old if not state.old[j].id]
        + [state.new[i].front for i in state.open_new if not state.new[i].id]
    )

    def beginning(note: LockEntry) -> Hashable:
        return None if note.id else beginnings.get(note.front)

    def is_grown(pair: Pair) -> bool:
        fronts = (state.new[pair[0]].front, state.old[pair[1]].front)
        return beginnings[fronts[0]] in map(without_end, fronts)

    sides = (slice(2), slice(1), slice(1, 2))
    found = (unique_pairs(groups_in_gaps(state, beginning, side)) for side in sides)
    return StepResult(uncontradicted(filter(is_grown, chain.from_iterable(found))))


def grown_in_order(state: MatchState) -> StepResult:
    """Match in order if, between two neighbours, each front begins with all of the other.

    Then even a title of one word is enough, which now has the question below it in its front. The
    answers must be alike, because "Tree" and "Tree traversal" can be two questions.
    """

    def is_grown(pair: Pair) -> bool:
        new, old = state.new[pair[0]], state.old[pair[1]]
        short, long = sorted((new.front, old.front), key=len)
        end = long.removeprefix(without_end(short))
        is_begun = end != long and not end[:1].isalnum()
        return is_begun and not (new.id or old.id or are_unlike(old, new))

    gaps = (group.in_order() for group in even_gaps(state))
    return StepResult([pair for pairs in gaps if all(map(is_grown, pairs)) for pair in pairs])


def twins(scope: Callable[[Key, LockEntry], Hashable], state: MatchState) -> StepResult:
    """Match in order if all notes of a front have the same text, or all questions of it.

    Nobody can tell them apart, so it does not matter which of them is left over. If any of the
    others is left over, it does.
    """
    pairs: list[Pair] = []
    for group in groups(state, partial(scope, _front)):
        old = {_text(state.old[j]) for j in group.old}
        new = {_text(state.new[i]) for i in group.new}
        spare = len(group.old) - len(group.new)
        if (len(old) == 1 and spare >= 0) or (len(new) == 1 and spare <= 0):
            pairs += group.in_order()
    return StepResult(likely_same(state, pairs))


def undecided(state: MatchState) -> StepResult:
    """Report questions and notes with the same front that are still open. The author decides."""
    found = []
    for group in groups(state, _front):
        new, old = {*group.new}, {*group.old}
        if len(new) * len(old) <= _MOST_COMPARED:
            likely = likely_same(state, [*product(group.new, group.old)])
            new, old = {i for i, _ in likely}, {j for _, j in likely}
        if new:
            found.append(Ambiguity(tuple(sorted(new)), tuple(sorted(old))))
    return StepResult(ambiguities=found)


_MOST_COMPARED = 100_000
"""Pairs. Each file may have its "Summary". Of a thousand files, none is told from the others."""


_BY_ID: tuple[Step, ...] = (
    claimed,
    live(partial(unique, _file_and_id)),
    live(same_id),
    partial(unique, _file_and_id),
    same_id,
)

_BY_TEXT: tuple[Step, ...] = (
    *(live(partial(unique, partial(scope, _text))) for scope in _SCOPES),
    live(partial(between_neighbours, _text)),
    *(live(partial(pair_in_order, partial(scope, _text))) for scope in _SCOPES),
    *(partial(pair_in_order, partial(scope, _text)) for scope in _SCOPES),
)

_BY_FRONT: tuple[Step, ...] = (
    live(unique_front),
    live(partial(between_neighbours, _front)),
    live(beside_neighbour),
)

_ROUNDS = 3
"""How often the steps by front run, and those by beginning.

A new pair may show where its neighbours belong. A contrived file could need as many rounds as it
has notes. What three leave open is reported."""

STEPS: tuple[Step, ...] = (
    *_BY_ID,
    *_BY_TEXT,
    *_BY_FRONT * _ROUNDS,
    *(partial(returned, _front, scope) for scope in _SCOPES),
    partial(returned, _words, _in_deck),
    live(same_front),
    *(live(partial(twins, scope)) for scope in _SCOPES),
    undecided,
    *(live(partial(unique_words, words, scope)) for words in (_words, _stem) for scope in _SCOPES),
    *(live(unique_beginning),) * _ROUNDS,
    live(grown_in_order),
    live(distinct(similar)),
    live(two_left),
)
