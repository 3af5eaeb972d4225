"""What a step of the matching sees, what it finds, and how it groups the notes that are open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.lock import LockEntry

Pair = tuple[int, int]
"""A question and the note that it is: (index in ``new``, index in ``old``)."""

Gap = tuple[int | str, int | str]
"""The old notes that the nearest matched neighbours are, before and after; at an end of the file
its path."""

Key = Callable[[LockEntry], Hashable]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Questions and old notes that belong together, and no way to tell which to which."""

    new: tuple[int, ...]
    old: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a step found; both empty when it found nothing."""

    pairs: Sequence[Pair] = ()
    doubts: Sequence[Doubt] = ()

    def closed(self) -> tuple[set[int], set[int]]:
        """The questions and the old notes that are open no longer."""
        new = {new for new, _ in self.pairs}.union(*(doubt.new for doubt in self.doubts))
        old = {old for _, old in self.pairs}.union(*(doubt.old for doubt in self.doubts))
        return new, old


@dataclass(frozen=True, slots=True)
class MatchState:
    """The notes of the lock, ``old``, and the questions of this build, ``new``, by their index.

    Both are in reading order within each file. ``pairs`` (new to old) are those of the steps
    before; only what is in ``open_new`` and ``open_old`` may still be paired.
    """

    old: Sequence[LockEntry]
    new: Sequence[LockEntry]
    pairs: Mapping[int, int]
    open_old: Sequence[int]
    open_new: Sequence[int]

    def live(self) -> MatchState:
        """The same without the open notes that are retired."""
        return replace(self, open_old=[j for j in self.open_old if not self.old[j].is_retired])


@dataclass(frozen=True, slots=True)
class Group:
    """Open notes that have the same key, in reading order; neither side is empty."""

    new: Sequence[int]
    old: Sequence[int]

    def alone(self) -> list[Pair]:
        """The pair, where there is one note on either side; else nothing."""
        return [(self.new[0], self.old[0])] if len(self.new) == len(self.old) == 1 else []

    def in_order(self) -> list[Pair]:
        """The first question with the first note and so on, while both sides last."""
        return list(zip(self.new, self.old, strict=False))


def groups(state: MatchState, key: Key, new_key: Key | None = None) -> list[Group]:
    """The open notes by what they say; a key of ``None`` leaves a note out.

    ``new_key`` is for questions, where they are asked for something else than the old notes.
    """
    new_key = new_key or key
    return _groups(
        [(key(state.old[j]), j) for j in state.open_old],
        [(new_key(state.new[i]), i) for i in state.open_new],
    )


def groups_in_gaps(state: MatchState, text: Key, sides: slice = slice(2)) -> list[Group]:
    """The open notes by their text and their matched neighbours.

    ``sides`` chooses among the two: ``slice(2)`` both, ``slice(1)`` the one before,
    ``slice(1, 2)`` the one after.
    """
    old_gaps, new_gaps = gaps_of(state)
    return _groups(
        [((text(state.old[j]), old_gaps[j][sides]), j) for j in state.open_old],
        [((text(state.new[i]), new_gaps[i][sides]), i) for i in state.open_new],
    )


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


def gaps_of(state: MatchState) -> tuple[list[Gap], list[Gap]]:
    """Between which matched notes each note stands, for ``old`` and for ``new``.

    A retired note is nobody's neighbour: where it stood is no longer known.
    """
    new_anchors = [state.pairs.get(i) for i in range(len(state.new))]
    new_anchors = [None if j is None or state.old[j].is_retired else j for j in new_anchors]
    matched = set(new_anchors)
    old_anchors = [j if j in matched else None for j in range(len(state.old))]
    return _nearest(state.old, old_anchors), _nearest(state.new, new_anchors)


def _nearest(notes: Sequence[LockEntry], anchors: Sequence[int | None]) -> list[Gap]:
    before = _last_anchors(notes, anchors)
    after = _last_anchors(notes[::-1], anchors[::-1])[::-1]
    return list(zip(before, after, strict=True))


def _last_anchors(notes: Sequence[LockEntry], anchors: Sequence[int | None]) -> list[int | str]:
    """For each note the last anchor before it in its file, the file's path when there is none."""
    last: dict[str, int | str] = {}
    before = []
    for note, anchor in zip(notes, anchors, strict=True):
        before.append(last.get(note.file, note.file))
        if anchor is not None:
            last[note.file] = anchor
    return before


def uncontradicted(evidence: Iterable[Pair]) -> list[Pair]:
    """The pairs of which neither side stands in another pair; a pair may come more than once."""
    pairs = sorted(set(evidence))
    times_new = Counter(new for new, _ in pairs)
    times_old = Counter(old for _, old in pairs)
    return [pair for pair in pairs if times_new[pair[0]] == times_old[pair[1]] == 1]
