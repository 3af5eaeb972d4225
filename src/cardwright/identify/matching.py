"""Matches the questions of a build with the notes of the lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from cardwright.identify import similarity
from cardwright.identify.match_state import Doubt, MatchState
from cardwright.identify.steps import STEPS, Step
from cardwright.lock import LockEntry, entry_order


@dataclass(frozen=True, slots=True)
class Matching:
    """The result. Questions and notes are indexes, those of notes in ``old``.

    ``pairs`` maps new to old, ``doubts`` are ambiguities. ``hunches`` are pairs of what is in
    neither. The author is told about them, but nothing else happens.
    """

    old: Sequence[LockEntry]
    pairs: Mapping[int, int]
    doubts: Sequence[Doubt]
    hunches: Mapping[int, int]

    def note_for(self, new: int) -> LockEntry | None:
        """Return the question's old note, or ``None`` if it is new or ambiguous."""
        return self.old[self.pairs[new]] if new in self.pairs else None

    def hunch_for(self, new: int) -> LockEntry | None:
        """Return the retired note that a new question may be, or ``None``."""
        return self.old[self.hunches[new]] if new in self.hunches else None

    def left_over(self) -> list[LockEntry]:
        """Return the notes without a question, not even an ambiguous one, in the lock's order."""
        taken = set(self.pairs.values()).union(*(doubt.old for doubt in self.doubts))
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
    doubts: list[Doubt] = []
    open_old, open_new = list(range(len(old))), list(range(len(new)))
    asking = sorted({(entry.kind, entry.is_new) for entry in new})
    for step, (kind, is_new) in product(steps, asking):
        takes = [
            j for j in open_old
            if old[j].kind == kind and (not is_new or _made_by_new(old[j]))
        ]  # fmt: skip
        asks = [i for i in open_new if new[i].kind == kind and new[i].is_new == is_new]
        if not takes or not asks:
            continue
        found = step(MatchState(old, new, pairs, takes, asks))
        pairs.update(found.pairs)
        doubts += found.doubts
        closed_new, closed_old = found.closed()
        open_new = [i for i in open_new if i not in closed_new]
        open_old = [j for j in open_old if j not in closed_old]
    hunches: dict[int, int] = {}
    for kind in sorted({new[i].kind for i in open_new}):
        takes = [j for j in open_old if old[j].kind == kind]
        asks = [i for i in open_new if new[i].kind == kind and not new[i].is_new]
        state = MatchState(old, new, pairs, takes, asks)
        hunches.update(similarity.hunches(state.live()))
        hunches.update(similarity.same_answer(state, {*hunches}))
    return Matching(old, pairs, doubts, hunches)


def _made_by_new(entry: LockEntry) -> bool:
    return entry.is_new and not entry.is_retired


def reading_order(entries: Iterable[LockEntry]) -> list[LockEntry]:
    """Return the notes of each file in their last order there, by following ``after``.

    The order of the lock decides if two branches put a note after the same one, or if the note
    before has moved to another file.
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
