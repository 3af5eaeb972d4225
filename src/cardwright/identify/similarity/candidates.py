"""Finds a bounded number of candidates among the old notes for each question."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence

from cardwright.identify.match_state import Gap
from cardwright.lock import LockEntry

_NEAR = 12
"""Candidates for each question at most."""

_CROWD = 64
"""A key that more old notes share finds none of them."""

_BAND = 3
"""Places of a sketch in one key. Two answers share all by chance once in a quarter million."""


class CandidateIndex:
    """Old notes, indexed by the words of their fronts, their answers and their neighbours."""

    def __init__(self) -> None:
        self._notes: defaultdict[Hashable, list[int]] = defaultdict(list)

    def put(self, number: int, note: LockEntry, words: Sequence[str], gap: Gap) -> None:
        for key in _keys(note, words, gap):
            self._notes[key].append(number)

    def near(self, note: LockEntry, words: Sequence[str], gap: Gap) -> list[int]:
        """Return the notes that share the most keys with ``note``; rare keys count more."""
        shared: Counter[int] = Counter()
        for key in _keys(note, words, gap):
            numbers = self._notes.get(key, ())
            if len(numbers) <= _CROWD:
                shared.update(dict.fromkeys(numbers, _CROWD // max(len(numbers), 1)))
        return [number for number, _ in shared.most_common(_NEAR)]


def _keys(note: LockEntry, words: Sequence[str], gap: Gap) -> Iterator[Hashable]:
    for word in sorted(set(words)):
        yield "word", word
    yield "answer", note.answer
    for place in range(0, len(note.sketch), _BAND):
        band = note.sketch[place : place + _BAND]
        if band.strip("."):
            yield "sketch", place, band
    before, after = gap
    yield "before", before
    yield "after", after
    yield "section", note.file, note.section
