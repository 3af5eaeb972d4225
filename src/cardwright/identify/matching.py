"""Matches the questions of a build with the notes of the lock, and reports ambiguous ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from cardwright.diagnostics import Code, Diagnostic, listed, shorten
from cardwright.identify import similarity
from cardwright.identify.match_state import Ambiguity, MatchState, Pair
from cardwright.identify.steps import STEPS, Step
from cardwright.lock import LockEntry, entry_order
from cardwright.model import FiledNote, Place


@dataclass(frozen=True, slots=True)
class Matching:
    """The result. Questions and notes are indexes, those of notes in ``old``."""

    old: Sequence[LockEntry]
    pairs: Mapping[int, int]  # new to old
    ambiguities: Sequence[Ambiguity]
    weak_matches: Mapping[int, int]  # not paired and not ambiguous; the author is told about them

    def note_for(self, new: int) -> LockEntry | None:
        """Return the question's old note, or ``None`` if it is new or ambiguous."""
        return self.old[self.pairs[new]] if new in self.pairs else None

    def left_over(self) -> list[LockEntry]:
        """Return the notes without a question, not even an ambiguous one, in the lock's order."""
        taken = set(self.pairs.values()).union(*(ambiguity.old for ambiguity in self.ambiguities))
        left = (entry for j, entry in enumerate(self.old) if j not in taken)
        return sorted(left, key=entry_order)


def match(
    entries: Iterable[LockEntry], new: Sequence[LockEntry], steps: Sequence[Step] = STEPS
) -> Matching:
    """Match questions with notes. Each is in one pair, in one ambiguity, or in neither.

    A question in neither is new. A note in neither is to be retired. ``new`` is in reading order
    within each file. A question only matches notes of its own kind, because an import cannot change
    the type of a note. A question with ``{new}`` matches only a live note that such a question
    made. So a second build does not make a second note.
    """
    old = reading_order(entries)
    pairs: dict[int, int] = {}
    ambiguities: list[Ambiguity] = []
    open_old, open_new = list(range(len(old))), list(range(len(new)))
    asking = sorted({(entry.kind, entry.is_new) for entry in new})
    for step, (kind, is_new) in product(steps, asking):
        candidates = [
            j for j in open_old
            if old[j].kind == kind and (not is_new or (old[j].is_new and not old[j].is_retired))
        ]  # fmt: skip
        questions = [i for i in open_new if new[i].kind == kind and new[i].is_new == is_new]
        if not candidates or not questions:
            continue
        found = step(MatchState(old, new, pairs, candidates, questions))
        pairs.update(found.pairs)
        ambiguities += found.ambiguities
        closed_new, closed_old = found.closed()
        open_new = [i for i in open_new if i not in closed_new]
        open_old = [j for j in open_old if j not in closed_old]
    first = dict(_first_of_copies(MatchState(old, new, pairs, open_old, open_new)))
    freed = {j: pairs[i] for i, j in first.items()}
    pairs |= first
    open_old = sorted(freed.get(j, j) for j in open_old)
    weak_matches: dict[int, int] = {}
    for kind in sorted({new[i].kind for i in open_new}):
        candidates = [j for j in open_old if old[j].kind == kind]
        questions = [i for i in open_new if new[i].kind == kind and not new[i].is_new]
        state = MatchState(old, new, pairs, candidates, questions)
        weak_matches.update(similarity.weak_matches(state.live()))
        weak_matches.update(similarity.same_answer(state, {*weak_matches}))
    return Matching(old, pairs, ambiguities, weak_matches)


def _first_of_copies(state: MatchState) -> Sequence[Pair]:
    """Return matched questions with an older note of the same text that has no question now.

    An author copies a question, builds, and deletes the first one later. Its note has the reviews.
    Two notes of one build are as good as each other: nothing moves then.
    """
    old, by_age = state.old, sorted(state.live().open_old, key=lambda j: -state.old[j].born)
    first = {(old[j].kind, old[j].front, old[j].answer): j for j in by_age}
    copies: list[Pair] = []
    for i, j in sorted(state.pairs.items()) if first else ():
        note, new = old[j], state.new[i]
        text = (note.kind, note.front, note.answer)
        is_copy = (new.kind, new.front, new.answer) == text and not (new.id or new.is_new)
        older = old[first.get(text, j)]
        if is_copy and older.born < note.born and older.mod < note.mod:
            copies.append((i, first.pop(text)))
    return copies


def reading_order(entries: Iterable[LockEntry]) -> list[LockEntry]:
    """Return the notes of each file in their last order there, by following ``after``.

    Two branches can put a note after the same one, and the note before can move to another file.
    Then the order of the lock decides.
    """
    in_lock_order = {(entry.file, entry.guid): entry for entry in sorted(entries, key=entry_order)}
    followers: defaultdict[tuple[str, str], list[LockEntry]] = defaultdict(list)
    first: list[LockEntry] = []
    for entry in in_lock_order.values():
        before = (entry.file, entry.after)
        (followers[before] if before in in_lock_order else first).append(entry)
    order: dict[str, LockEntry] = {}
    waiting = first[::-1]
    while waiting:
        entry = waiting.pop()
        order[entry.guid] = entry
        waiting += reversed(followers[entry.file, entry.guid])
    # A merge can leave notes that follow each other in a cycle. They come last.
    return [*order.values(), *(e for e in in_lock_order.values() if e.guid not in order)]


_SHOWN = 5  # notes and places that one message names at most


def describe_ambiguities(
    matching: Matching, notes: Sequence[FiledNote], drafts: Sequence[LockEntry]
) -> tuple[Diagnostic, ...]:
    """Return one LK606 for each ambiguity, at its first question, with what to write."""
    fronts: dict[str, str] = {entry.guid: entry.front for entry in matching.old}
    return tuple(
        _describe(
            [(drafts[i].front, notes[i].note.source.place) for i in ambiguity.new],
            [matching.old[j] for j in ambiguity.old],
            fronts,
        )
        for ambiguity in matching.ambiguities
    )


def _describe(
    asked: Sequence[tuple[str, Place]], old: Sequence[LockEntry], fronts: Mapping[str, str]
) -> Diagnostic:
    first, place = asked[0]
    either = "the old note" if len(old) == 1 else "any of the old notes"
    named = _listed([
        f"{_unlike(first, entry.front)}{entry.guid} ({_whereabouts(entry, fronts)})"
        for entry in old
    ])  # fmt: skip
    message = f"{_quoted(first)} could be {either} {named}"
    if len(asked) > 1:
        others = [f"{_unlike(first, front)}{p.path}:{p.line}" for front, p in asked[1:]]
        message += f"; so could {_listed(others)}"
    claims = _listed([f"{{#{entry.guid}}}" for entry in old], last="or")
    hint = f"write {claims} at the end of the question that belongs to that note, or {{new}} at "
    hint += "the end of a new question; --accept-new makes all of them new notes"
    return Diagnostic(place, Code.AMBIGUOUS_MATCH, message, hint)


def _unlike(first: str, front: str) -> str:
    """The quoted front, or ``""`` if it is ``first``, which the message already names."""
    return "" if front == first else f"{_quoted(front)} "


def _whereabouts(entry: LockEntry, fronts: Mapping[str, str]) -> str:
    """Describe where a note was: its file, its section, and the note before it."""
    place = " › ".join((entry.file, *entry.section))
    if entry.is_retired:
        return f"{place}, retired"
    before = fronts.get(entry.after)
    return f"{place}, after {_quoted(before)}" if before else f"{place}, the first"


def _listed(names: Sequence[str], last: str = "and") -> str:
    shown = [*names[:_SHOWN], f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else names
    return listed(shown, last)


def _quoted(front: str) -> str:
    return f"'{shorten(front)}'"
