"""Keeps the numbers of deletions without a number, so that their reviews stay with their words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from rapidfuzz.distance import Indel

from cardwright.lock import HiddenPart, LockEntry
from cardwright.model import Deletion, NoteSource

_HIGHEST = 500
"""The highest number of a card that Anki makes from a cloze note."""

_MOST_WORK = 25_000_000
"""The product of the lengths of two texts that are compared character by character."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The final numbers of a note's deletions.

    ``numbers`` maps the numbers from reading to the final ones, if any differs. ``hidden`` is the
    value for the note's ``LockEntry``.
    """

    numbers: Mapping[int, int]
    hidden: tuple[HiddenPart, ...]


def hidden_parts(source: NoteSource) -> tuple[HiddenPart, ...]:
    """Return what a cloze note hides, or ``()`` if its author numbered all deletions.

    The order is that of the text.
    """
    if all(deletion.has_number for deletion in source.deletions):
        return ()
    spans = [*_spans(source)]
    cuts = [cut for opening, _, closing in spans for cut in (opening, closing)]
    inside = [(opening[1], end) for opening, end, _ in spans]
    places = _places(source.front.markdown, cuts, [at for span in inside for at in span])
    return tuple(
        HiddenPart(deletion.number, places[start], places[end], is_hidden=True)
        for deletion, (start, end) in zip(source.deletions, inside, strict=True)
    )


_Span: TypeAlias = tuple[int, int]


def _spans(source: NoteSource) -> Iterator[tuple[_Span, int, _Span]]:
    """Yield, for each deletion, its opening mark, the end of its text, and what follows that."""
    starts = [0]
    for line in source.front.lines:
        starts.append(starts[-1] + len(line.text) + 1)
    for deletion in source.deletions:
        opening, closing = deletion.opening, deletion.closing
        end = deletion.divider or closing
        over = starts[end.line] + end.start
        yield (
            (starts[opening.line] + opening.start, starts[opening.line] + opening.end),
            over,
            (over, starts[closing.line] + closing.end),
        )


def _places(text: str, cuts: Sequence[_Span], wanted: Sequence[int]) -> dict[int, int]:
    """Return, for each ``wanted`` offset, the number of visible characters before it.

    White space does not count, and neither do the ``cuts``. Characters count in NFC.
    """
    edges = sorted({0, *wanted, *(at for cut in cuts for at in cut)})
    starts, ends = Counter(start for start, _ in cuts), Counter(end for _, end in cuts)
    places, open_, seen = {}, 0, 0
    for at, end in zip(edges, [*edges[1:], edges[-1]], strict=True):
        open_ += starts[at] - ends[at]
        places[at] = seen
        if not open_:
            seen += len(_visible(unicodedata.normalize("NFC", text[at:end])))
    return places


def _visible(text: str) -> str:
    return "".join(text.split())


def numbering(
    deletions: Sequence[Deletion], front: str, parts: Sequence[HiddenPart], old: LockEntry
) -> Numbering:
    """Return the numbers of a note that was the note ``old``.

    ``front`` is the normalised front, and ``parts`` are the ``hidden_parts``. A deletion keeps its
    number if it hides the same words, or other words in the same place. A new one gets a number
    that the note never had: a card with the reviews of other words may still be there. Numbers that
    the author wrote stay.
    """
    written = {deletion.number for deletion in deletions if deletion.has_number}
    found = _Comparison(old, front, parts)
    given: dict[int, int] = {}
    taken = set(written)
    for at, part in enumerate(parts):
        number = old.hidden[found.pairs[at]].number if at in found.pairs else 0
        is_free = part.number not in written and part.number not in given
        if number and number not in taken and is_free:
            given[part.number] = number
            taken.add(number)
    used = taken | {part.number for part in old.hidden}
    unused = (number for number in count(1) if number not in used)
    spare = (number for number in count(1) if number not in taken)
    for part in parts:
        if part.number not in written and part.number not in given:
            number = next(unused)
            if number > _HIGHEST:
                number = next(spare)
            given[part.number] = number
            taken.add(number)
    live = [part._replace(number=given.get(part.number, part.number)) for part in parts]
    gone = [
        HiddenPart(part.number, *(found.place(part) or (0, 0)), is_hidden=False)
        for part in found.olds
        if part.number not in taken
    ]
    changed = {read: number for read, number in given.items() if read != number}
    return Numbering(changed, (*live, *sorted(gone)))


def parts_now(old: LockEntry, front: str) -> tuple[HiddenPart, ...]:
    """Return what a note hid, by its places in another normalised front."""
    if front == old.front or not old.hidden:
        return old.hidden
    found = _Comparison(old, front, ())
    return tuple(
        part._replace(start=place[0], end=place[1])
        for part in found.olds
        for place in [found.place(part) or (0, 0)]
    )


class _Comparison:
    """Pairs the parts that a note hides with those that it hid before, the surest pairs first.

    ``pairs`` maps the index of a new part to that of an old one.
    """

    def __init__(self, old: LockEntry, front: str, parts: Sequence[HiddenPart]) -> None:
        self._before, self._text = _visible(old.front), _visible(front)
        self.olds, self._news = _within(self._before, old.hidden), _within(self._text, parts)
        self._places = _aligned(self._before, self._text)
        self.pairs: dict[int, int] = {}
        # Those that are hidden now come first.
        first = sorted(range(len(old.hidden)), key=lambda at: not old.hidden[at].is_hidden)
        self._old_left, self._new_left = dict.fromkeys(first), dict.fromkeys(range(len(parts)))
        for step in (self._in_place, self._alike, self._overlapping, self._replaced):
            self._pair(step())

    def _pair(self, found: Iterable[tuple[int, int]]) -> None:
        for one, other in found:
            if one in self._old_left and other in self._new_left:
                self.pairs[other] = one
                del self._old_left[one]
                del self._new_left[other]

    def place(self, part: HiddenPart) -> _Span | None:
        """Return where the words of an old part are now, or ``None`` if they have changed."""
        places = self._places[part.start : part.end]
        if not places or places[0] < 0:
            return None
        start, end = places[0], places[0] + len(places)
        return (start, end) if places == [*range(start, end)] else None

    def _in_place(self) -> list[tuple[int, int]]:
        """Pair what hides the same words in the same place."""
        there: defaultdict[_Span, list[int]] = defaultdict(list)
        for at in reversed(self._new_left.keys()):
            there[self._news[at].start, self._news[at].end].append(at)
        spans = ((one, self.place(self.olds[one])) for one in self._old_left)
        return [(one, there[span].pop()) for one, span in spans if span and there[span]]

    def _alike(self) -> list[tuple[int, int]]:
        """Pair what hides the same words in another place, in order."""
        there: defaultdict[str, list[int]] = defaultdict(list)
        for at in reversed(self._new_left.keys()):
            there[self._text[self._news[at].start : self._news[at].end].casefold()].append(at)
        texts = (
            (one, self._before[self.olds[one].start : self.olds[one].end].casefold())
            for one in self._old_left
        )
        return [(one, there[text].pop()) for one, text in texts if text and there.get(text)]

    def _overlapping(self) -> list[tuple[int, int]]:
        """Pair what shares half of the shorter one's characters. The largest share comes first."""
        cover: defaultdict[int, list[int]] = defaultdict(list)
        for at in self._new_left:
            for place in range(self._news[at].start, self._news[at].end):
                cover[place].append(at)
        shared = Counter(
            (one, other)
            for one in self._old_left
            for place in self._places[self.olds[one].start : self.olds[one].end]
            for other in cover.get(place, ())
        )

        def rank(pair: tuple[int, int]) -> tuple[bool, float, int, int]:
            one, other = self.olds[pair[0]], self._news[pair[1]]
            longer = max(one.end - one.start, other.end - other.start)
            return not one.is_hidden, -shared[pair] / longer, *pair

        def is_enough(pair: tuple[int, int]) -> bool:
            one, other = self.olds[pair[0]], self._news[pair[1]]
            return 2 * shared[pair] >= min(one.end - one.start, other.end - other.start)

        return sorted(filter(is_enough, shared), key=rank)

    def _replaced(self) -> list[tuple[int, int]]:
        """Pair other words between the same neighbours: as many new ones as there were before.

        Words that only lost their marks, or only got them, replace nothing.
        """
        back = [-1] * len(self._text)
        for at, place in enumerate(self._places):
            if place >= 0:
                back[place] = at
        olds, news = defaultdict(list), defaultdict(list)
        ends, starts = _neighbours(self._places, len(self._text))
        for one in self._old_left:
            part = self.olds[one]
            if part.is_hidden and _is_mostly_new(self._places[part.start : part.end]):
                olds[ends[part.start], starts[part.end]].append(one)
        own = [at if place >= 0 else -1 for at, place in enumerate(back)]
        ends, starts = _neighbours(own, len(self._text))
        for other in self._new_left:
            part = self._news[other]
            if _is_mostly_new(back[part.start : part.end]):
                news[ends[part.start], starts[part.end]].append(other)
        return [
            pair
            for gap, some in olds.items()
            if len(some) == len(news.get(gap, ()))
            for pair in zip(sorted(some), news[gap], strict=True)
        ]


def _within(text: str, parts: Iterable[HiddenPart]) -> tuple[HiddenPart, ...]:
    """Return the parts without what is beyond the end of the text. A lock can say anything."""
    end = len(text)
    return tuple(p._replace(start=min(p.start, end), end=min(p.end, end)) for p in parts)


def _neighbours(places: Sequence[int], end: int) -> tuple[list[int], list[int]]:
    """Return, for each offset, the nearest known place before it, and the nearest from it on."""
    before, after = [-1], [end]
    for place in places:
        before.append(place if place >= 0 else before[-1])
    for place in reversed(places):
        after.append(place if place >= 0 else after[-1])
    return before, after[::-1]


def _is_mostly_new(places: Sequence[int]) -> bool:
    """Whether less than half of the characters are in the other text, too."""
    return 2 * sum(place >= 0 for place in places) < len(places)


def _aligned(one: str, other: str) -> list[int]:
    """Return the place of each character of ``one`` in ``other``, or -1 if it is gone."""
    places = [-1] * len(one)
    if one == other:
        return [*range(len(one))]
    shorter = min(len(one), len(other))
    head = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    tail = next((at for at in range(shorter - head) if one[-1 - at] != other[-1 - at]), None)
    tail = shorter - head if tail is None else tail
    places[:head] = range(head)
    places[len(one) - tail :] = range(len(other) - tail, len(other))
    middle, rest = one[head : len(one) - tail], other[head : len(other) - tail]
    if len(middle) * len(rest) <= _MOST_WORK:
        for block in Indel.opcodes(middle, rest).as_matching_blocks():
            start = head + block.a
            places[start : start + block.size] = range(head + block.b, head + block.b + block.size)
    return places


def renumbered(html: str, numbers: Mapping[int, int]) -> str:
    """Return the finished field Text with other numbers. Nothing else in it looks like a mark."""

    def mark(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"{{{{c{numbers.get(number, number)}::"

    return _MARK.sub(mark, html) if numbers else html


_MARK = re.compile(r"\{\{c(\d+)::")
