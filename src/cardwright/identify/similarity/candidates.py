"""Which old notes are worth a look for a question: a bounded number, found by what they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence

from cardwright.identify.match_state import Gap
from cardwright.lock import LockEntry

_NEAR = 12
"""So many old notes are looked at for each question."""

_CROWD = 64
"""What more old notes than that have in common finds none of them."""

_BAND = 3
"""Places of a sketch that two answers have alike by chance once in a quarter of a million."""


class CandidateIndex:
    """Old notes by the words of their fronts, their answers, and the notes that they stand by."""

    def __init__(self) -> None:
        self._notes: defaultdict[Hashable, list[int]] = defaultdict(list)

    def put(self, number: int, note: LockEntry, words: Sequence[str], gap: Gap) -> None:
        for key in _keys(note, words, gap):
            self._notes[key].append(number)

    def near(self, note: LockEntry, words: Sequence[str], gap: Gap) -> list[int]:
        """The numbers of those that share the most with ``note``, rare things counting most."""
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
