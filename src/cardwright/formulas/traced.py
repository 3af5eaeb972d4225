"""Replaces pieces of a passage and keeps track of where each character came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from cardwright.commonmark.leaves import Leaf
from cardwright.model import Line, Passage, Place


class Spot(NamedTuple):
    """A character of a passage, as a line and an offset (both from 0)."""

    line: int
    offset: int


class Replacement(NamedTuple):
    """Replaces the text between two spots. The end is exclusive."""

    begin: Spot
    end: Spot
    text: str


@dataclass(frozen=True, slots=True)
class Traced:
    """A passage and where its text was written.

    A segment has the offset where it starts in the line, and the place of that character.
    """

    passage: Passage
    segments: Mapping[int, tuple[tuple[int, Place], ...]] = field(default_factory=dict)  # by line

    def place(self, index: int, offset: int = 0) -> Place:
        """Return the place in the file of a character, by line index and offset (both from 0)."""
        segments = self.segments.get(index)
        if not segments:
            return self.passage.place(index, offset)
        at = max(bisect_right(segments, offset, key=_start) - 1, 0)
        start, place = segments[at]
        return Place(place.path, place.line, place.column + offset - start)

    def raw(self, begin: Spot, end: Spot) -> str:
        """Return the text between two spots. The end is exclusive."""
        rows = [line.text for line in self.passage.lines[begin.line : end.line + 1]]
        rows[-1] = rows[-1][: end.offset]
        rows[0] = rows[0][begin.offset :]
        return "\n".join(rows)


_start = _begin = itemgetter(0)


def replace(traced: Traced, replacements: Iterable[Replacement]) -> Traced:
    """Apply the replacements. One over several lines joins them into one line.

    The joined line has the number and the column of the first.
    """
    waiting = sorted(replacements, key=_begin, reverse=True)
    if not waiting:
        return traced
    lines: list[Line] = []
    segments: dict[int, tuple[tuple[int, Place], ...]] = {}
    index, old = 0, traced.passage.lines
    while index < len(old):
        if not waiting or waiting[-1].begin.line != index:
            if index in traced.segments:
                segments[len(lines)] = traced.segments[index]
            lines.append(old[index])
            index += 1
            continue
        text, pieces, last = _joined(traced, index, waiting)
        segments[len(lines)] = pieces
        lines.append(Line(text, old[index].number, old[index].column))
        index = last + 1
    return Traced(Passage(traced.passage.path, tuple(lines)), segments)


def _joined(
    traced: Traced, index: int, waiting: list[Replacement]
) -> tuple[str, tuple[tuple[int, Place], ...], int]:
    """Join lines from ``index``. Return the new line, its segments, and the last line used."""
    lines = traced.passage.lines
    pieces: list[str] = []
    segments: list[tuple[int, Place]] = []
    length = at = 0

    def keep(text: str, offset: int) -> None:
        nonlocal length
        # A piece that was joined before keeps its segments.
        before = traced.segments.get(index, ())
        first = bisect_right(before, offset, key=_start)
        end = bisect_left(before, offset + len(text), first, key=_start)
        for start in (offset, *map(_start, before[first:end])):
            segments.append((length + start - offset, traced.place(index, start)))
        pieces.append(text)
        length += len(text)

    while waiting and waiting[-1].begin.line == index:
        begin, end, text = waiting.pop()
        keep(lines[index].text[at : begin.offset], at)
        segments.append((length, traced.place(*begin)))
        pieces.append(text)
        length += len(text)
        index, at = end
    keep(lines[index].text[at:], at)
    return "".join(pieces), tuple(segments), index


@dataclass(frozen=True, slots=True)
class Region:
    """Where the text of a block is, without its containers' markers."""

    starts: tuple[int, ...]  # the offset of each of its lines
    shifts: tuple[tuple[int, int], ...]  # the line in the passage, and what to add to an offset

    def spot(self, offset: int) -> Spot:
        """Map an offset in the text (from 0) to its spot in the passage."""
        at = bisect_right(self.starts, offset) - 1
        line, shift = self.shifts[at]
        return Spot(line, max(offset - self.starts[at] + shift, 0))

    def ends(self, start: int, end: int) -> tuple[Spot, Spot]:
        """Map the start and the exclusive end of a part of the text, which is not empty."""
        last = self.spot(end - 1)
        return self.spot(start), Spot(last.line, last.offset + 1)


def region_of(leaf: Leaf) -> Region:
    """Locate the text of a leaf in the passage that it was read from."""
    rows = leaf.text.split("\n")[: len(leaf.offsets)]
    starts = accumulate((len(row) + 1 for row in rows[:-1]), initial=0)
    return Region(tuple(starts), tuple(enumerate(leaf.offsets, leaf.first)))
