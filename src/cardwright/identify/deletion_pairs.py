"""Pairs what a cloze note hides with what it hid before an edit, by the words of both texts."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from cardwright.lock import HiddenPart, LockEntry
from cardwright.lock.hidden_parts import visible

Span: TypeAlias = tuple[int, int]
"""The offsets of a part among the characters of a text that are no white space."""
_CHANCE = 3  # if two texts share fewer letters in a row, that is chance
_MOST_WORK = 400_000_000  # the product of the lengths of two texts, compared by character
_MOST_NESTED = 16  # parts with the same character, on average; others only keep their numbers


class Comparison:
    """Pairs the parts that a note hides with those that it hid before, the surest pairs first.

    ``pairs`` maps the index of a new part to that of an old one.
    """

    def __init__(self, old: LockEntry, front: str, parts: Sequence[HiddenPart]) -> None:
        self._before, self._text = visible(old.front), visible(front)
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

    def unmarked(self, part: HiddenPart) -> HiddenPart:
        """Return an old part that is not hidden now, with its words if these are in no place."""
        start, end = self._place(part) or (0, 0)
        words = "" if end else self._words(part)
        return HiddenPart(part.number, start, end, is_hidden=False, words=words)

    def _place(self, part: HiddenPart) -> Span | None:
        """Return where the words of an old part are now, or ``None`` if they moved or changed.

        A part without words, such as one in a hint, stays behind the same character.
        """
        if part.words:
            return None
        if part.start == part.end:
            at = self._places[part.start - 1] + 1 if part.start else 0
            return (at, at) if at or not part.start else None
        places = self._places[part.start : part.end]
        start, end = places[0], places[0] + len(places)
        return (start, end) if start >= 0 and places == [*range(start, end)] else None

    def _words(self, part: HiddenPart) -> str:
        return part.words or self._before[part.start : part.end]

    def _in_place(self) -> list[tuple[int, int]]:
        """Pair what hides the same words in the same place."""
        there: defaultdict[Span, list[int]] = defaultdict(list)
        for at in reversed(self._new_left.keys()):
            there[self._news[at].start, self._news[at].end].append(at)
        spans = ((one, self._place(self.olds[one])) for one in self._old_left)
        return [(one, there[span].pop()) for one, span in spans if span and there[span]]

    def _alike(self) -> list[tuple[int, int]]:
        """Pair what hides the same words in another place, in order."""
        there: defaultdict[str, list[int]] = defaultdict(list)
        for at in reversed(self._new_left.keys()):
            there[self._text[self._news[at].start : self._news[at].end].casefold()].append(at)
        texts = ((one, self._words(self.olds[one]).casefold()) for one in self._old_left)
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
    """Return the parts without places that no text of this length has. A lock can say anything."""
    end = len(text)
    left, possible = _MOST_NESTED * end, []
    for part in parts:
        length = part.end - part.start
        is_possible = part.end <= end and length <= left
        left -= length if is_possible else 0
        possible.append(part if is_possible else part._replace(start=0, end=0))
    return tuple(possible)


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
        from rapidfuzz.distance import Indel  # most builds do without

        for block in Indel.opcodes(middle, rest).as_matching_blocks():
            start, end = head + block.a, head + block.a + block.size
            if block.size >= (_CHANCE if one[start:end].isascii() else 2):
                places[start:end] = range(head + block.b, head + block.b + block.size)
    return places


def hidden_in(field: str) -> tuple[str, tuple[HiddenPart, ...]]:
    """Return the words of a field without its marks, and the deletions in it.

    Hints are left out, and so are spaces, as places do not count them. Deletions may be nested, and
    marks that are not in pairs are text.
    """
    kept, parts, begun = "", list[HiddenPart](), list[tuple[int, int, int]]()
    for piece in _MARKS.split("".join(html.unescape(_TAG.sub("", field)).split())):
        if match := _OPENING.fullmatch(piece):
            begun.append((int(match[1]), len(kept), -1))
        elif begun and piece == "}}":
            number, start, end = begun.pop()
            kept = kept[:end] if end >= 0 else kept
            parts.append(HiddenPart(number, start, len(kept), is_hidden=True))
        elif begun and piece == "::":
            number, start, end = begun.pop()
            begun.append((number, start, len(kept) if end < 0 else end))
        else:
            kept += piece
    return kept, tuple(parts)


_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"(\{\{c\d+::|::|\}\})")
_OPENING = re.compile(r"\{\{c([1-9]\d{0,2})::")
