"""The input and the result of a matching step, and ways to group notes that are still open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.lock import LockEntry

Pair = tuple[int, int]
"""A question and its note: (index in ``new``, index in ``old``)."""

Gap = tuple[int | str, int | str]
"""The nearest matched neighbours before and after a note, as indexes in ``old``.

At an end of the file, the file's path takes the place of the index."""

Key = Callable[[LockEntry], Hashable]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """An ambiguity: questions and old notes that belong together, in more than one way."""

    new: tuple[int, ...]
    old: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StepResult:
    """The result of a step. Both are empty if it found nothing."""

    pairs: Sequence[Pair] = ()
    ambiguities: Sequence[Ambiguity] = ()

    def closed(self) -> tuple[set[int], set[int]]:
        """Return the questions and the old notes that are no longer open."""
        new, old = {new for new, _ in self.pairs}, {old for _, old in self.pairs}
        for ambiguity in self.ambiguities:
            new.update(ambiguity.new)
            old.update(ambiguity.old)
        return new, old


@dataclass(frozen=True, slots=True)
class MatchState:
    """The notes of the lock and the questions of this build, in reading order within each file."""

    old: Sequence[LockEntry]  # the notes of the lock
    new: Sequence[LockEntry]  # the questions
    pairs: Mapping[int, int]  # new to old, as found by earlier steps
    open_old: Sequence[int]  # indexes that may still be paired
    open_new: Sequence[int]  # likewise

    def live(self) -> MatchState:
        """Return the state without retired notes among the open ones."""
        return replace(self, open_old=[j for j in self.open_old if not self.old[j].is_retired])


@dataclass(frozen=True, slots=True)
class Group:
    """Open notes with the same key, in reading order. Neither side is empty."""

    new: Sequence[int]
    old: Sequence[int]

    def in_order(self) -> list[Pair]:
        """Pair the first question with the first note, and so on, until one side ends."""
        return list(zip(self.new, self.old, strict=False))


def groups(state: MatchState, key: Key, new_key: Key | None = None) -> list[Group]:
    """Group the open notes by key. A key of ``None`` leaves a note out.

    ``new_key`` is the key of the questions, if it differs from that of the old notes.
    """
    new_key = new_key or key
    return _groups(
        [(key(state.old[j]), j) for j in state.open_old],
        [(new_key(state.new[i]), i) for i in state.open_new],
    )


def groups_in_gaps(state: MatchState, text: Key, sides: slice = slice(2)) -> list[Group]:
    """Group the open notes by text and by matched neighbours. A text of ``None`` leaves a note out.

    ``sides`` selects the neighbours: ``slice(2)`` for both, ``slice(1)`` for the one before,
    ``slice(1, 2)`` for the one after.
    """
    old_gaps, new_gaps = gaps_of(state)

    def placed(note: LockEntry, gap: Gap) -> Hashable:
        key = text(note)
        return None if key is None else (key, gap[sides])

    return _groups(
        [(placed(state.old[j], old_gaps[j]), j) for j in state.open_old],
        [(placed(state.new[i], new_gaps[i]), i) for i in state.open_new],
    )


def even_gaps(state: MatchState, text: Key = lambda _note: "") -> list[Group]:
    """Group the open notes by matched neighbours, where as many questions as notes are left.

    With a ``text``, only those with the same text count, and are a group.
    """
    found = groups_in_gaps(state, text)
    return [group for group in found if len(group.new) == len(group.old)]


def unique_pairs(found: Iterable[Group]) -> list[Pair]:
    """Return the pairs of the groups with one note on each side."""
    return [
        (group.new[0], group.old[0]) for group in found if len(group.new) == len(group.old) == 1
    ]


def _groups(
    old: Iterable[tuple[Hashable, int]], new: Iterable[tuple[Hashable, int]]
) -> list[Group]:
    by_key: defaultdict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for key, index in new:
        by_key[key][0].append(index)
    for key, index in old:
        if key in by_key:
            by_key[key][1].append(index)
    by_key.pop(None, None)
    return [Group(*sides) for sides in by_key.values() if sides[1]]


def gaps_of(state: MatchState) -> tuple[Mapping[int, Gap], Mapping[int, Gap]]:
    """Return the gap of each note of ``old`` and of ``new`` in files with open notes.

    A retired note is no neighbour, because its place is not known any more.
    """
    files = {state.old[j].file for j in state.open_old} | {
        state.new[i].file for i in state.open_new
    }
    live = {i: j for i, j in state.pairs.items() if not state.old[j].is_retired}
    matched = {j: j for j in live.values()}
    return _nearest(state.old, files, matched), _nearest(state.new, files, live)


def _nearest(
    notes: Sequence[LockEntry], files: Collection[str], anchors: Mapping[int, int]
) -> Mapping[int, Gap]:
    at = [index for index, note in enumerate(notes) if note.file in files]
    before = _last_anchors(notes, at, anchors)
    after = _last_anchors(notes, at[::-1], anchors)
    return {index: (before[index], after[index]) for index in at}


def _last_anchors(
    notes: Sequence[LockEntry], at: Iterable[int], anchors: Mapping[int, int]
) -> Mapping[int, int | str]:
    """Return, for each note, the last anchor before it in its file, or else the file's path."""
    last: dict[str, int | str] = {}
    before = {}
    for index in at:
        file = notes[index].file
        before[index] = last.get(file, file)
        if index in anchors:
            last[file] = anchors[index]
    return before


def uncontradicted(evidence: Iterable[Pair]) -> list[Pair]:
    """Return the pairs whose sides are in no other pair. ``evidence`` may repeat a pair."""
    pairs = sorted(set(evidence))
    times_new = Counter(new for new, _ in pairs)
    times_old = Counter(old for _, old in pairs)
    return [pair for pair in pairs if times_new[pair[0]] == times_old[pair[1]] == 1]
