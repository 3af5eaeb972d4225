"""Pieces of a file: which lines and columns they take, and how they are cut out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cardwright.blocks.fences import fenced_blocks
from cardwright.model import Line


@dataclass(frozen=True, slots=True)
class Span:
    """Lines ``start`` to ``end`` of the file, from 1, ``end`` being the line after the last.

    Of the first line it takes what begins at ``column`` (from 1), of the last what stands before
    the column ``until``, 0 meaning all of it. ``quotes`` markers ``>`` in front of each line
    belong to quotes around them, then ``indent`` columns of white space to a list item or an
    admonition.
    """

    start: int
    end: int
    indent: int = 0
    column: int = 1
    until: int = 0
    quotes: int = 0


def nothing_at(line: int) -> Span:
    """An empty span before ``line``."""
    return Span(line, line)


def cut(lines: Sequence[str], span: Span) -> list[Line]:
    """The lines of a span, without what belongs to the containers around them."""
    rows: list[Line] = []
    for number in range(span.start, span.end):
        text = lines[number - 1]
        if span.until and number == span.end - 1:
            text = text[: span.until - 1]
        is_inside = number == span.start and span.column > 1
        begin = span.column - 1 if is_inside else _behind_quotes(text, span.quotes)
        rows.append(Line(text[begin:], number, begin + 1))
    whole = 1 if span.column > 1 else 0
    width = _cut_width(rows[whole:], span) if span.indent else _hanging_width(lines, span, rows)
    return [*rows[:whole], *_shifted(rows[whole:], width)] if width else rows


_QUOTE = re.compile(r" {0,3}> ?")


def _behind_quotes(text: str, quotes: int) -> int:
    """The offset behind the ``>`` of ``quotes`` quotes, as many of them as are there."""
    begin = 0
    for _ in range(quotes):
        marker = _QUOTE.match(text, begin)
        if marker is None:
            break
        begin = marker.end()
    return begin


def _cut_width(rows: Sequence[Line], span: Span) -> int:
    """The columns to take from each line of a list item's text.

    That is the column at which the item's text begins; more where all of it stands four or more
    columns further right, which CommonMark would take for code.
    """
    widths = [_width(row.text) for row in rows if row.text.strip()]
    if widths and span.column == 1 and widths[0] >= span.indent + 4:
        return max(span.indent, min(widths))
    return span.indent


def _hanging_width(lines: Sequence[str], span: Span, rows: Sequence[Line]) -> int:
    """The columns before text that hangs by four or more under the line of a paragraph.

    There it goes on with that paragraph (CommonMark section 4.4); cut out it would be code.
    """
    if span.start < 2 or span.column > 1 or not rows:
        return 0
    above = lines[span.start - 2].strip("> \t")
    width = _width(rows[0].text)
    return width if width >= 4 and rows[0].text.strip() and _IN_PARAGRAPH.match(above) else 0


_IN_PARAGRAPH = re.compile(r"(?!#{1,6}(?:\s|$)|```|~~~|\||<|\$\$|([-*_])(?:\s*\1){2,}\s*$)\S")


def _width(text: str) -> int:
    """The columns of white space a line begins with, a tab reaching to the next fourth one."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def _shifted(rows: Sequence[Line], width: int) -> Iterator[Line]:
    """The lines further left by ``width`` columns, as far as they are not further left already.

    Code moves as a whole: what is in a fence by no more than the fence that opens it (CommonMark
    section 4.5), what is indented by four under a text outside of the item by no more than that.
    """
    texts = [row.text for row in rows]
    losses = [width] * len(rows)
    for start, end, loss in _indented_blocks(texts, width):
        losses[start:end] = [loss] * (end - start)
    for start, end in fenced_blocks(texts):
        loss = min(width, _width(texts[start]))
        losses[start : end - 1] = [loss] * (end - 1 - start)
    for row, loss in zip(rows, losses, strict=True):
        yield _dedented(row, loss)


_LISTED = re.compile(r"\s*(?:[-*+•]|\d{1,9}[.)])\s")


def _indented_blocks(texts: Sequence[str], width: int) -> Iterator[tuple[int, int, int]]:
    """The code that is indented by four under a paragraph further left than ``width``.

    Each as the index of its first line, the one behind its last, and the columns before the
    paragraph; what follows an item of a list is rather a part of that.
    """
    base, start, is_apart = -1, -1, True
    for index, text in enumerate((*texts, "")):
        bare, columns = text.strip(), _width(text)
        if start >= 0 and (index == len(texts) or (bare and columns < base + 4)):
            yield start, index, base
            start = -1
        if is_apart and bare and columns < width:
            base = -1 if _LISTED.match(text) else columns
        elif is_apart and bare and start < 0 <= base <= columns - 4:
            start = -1 if _LISTED.match(text) else index
            base = base if start >= 0 else -1
        is_apart = not bare


def _dedented(row: Line, width: int) -> Line:
    """A line without ``width`` columns of indentation, or without what it has of them.

    Where a tab is more than what goes, the tabs behind it become blanks too, as wide as before.
    """
    columns = 0
    for index, character in enumerate(row.text):
        if columns > width:
            bare = row.text.lstrip(" \t")
            return Line(" " * (_width(row.text) - width) + bare, row.number, row.column + index)
        if columns == width or character not in " \t":
            return Line(row.text[index:], row.number, row.column + index)
        columns = columns + 1 if character == " " else columns // 4 * 4 + 4
    return Line("", row.number, row.column)


def outdented(rows: Sequence[str], first: int) -> list[Line]:
    """``rows``, the first being line ``first`` of the file, as far left as the first can stand."""
    width = _width(rows[0]) if rows else 0
    return [_dedented(Line(row, number), width) for number, row in enumerate(rows, first)]


def located(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """``text`` as lines, each with its place among ``lines``, of which it is what is left.

    ``text`` is a stretch of their text, marks around it gone and whole lines at its begin too.
    """
    found: list[Line] = []
    at = 0
    for row in text.split("\n"):
        sought = row[:20].strip("*_ ")
        while at < len(lines) - 1 and sought not in lines[at].text:
            at += 1
        line = lines[at]
        begin = line.text.find(row[:20])
        begin = begin if begin >= 0 else max(line.text.find(sought), 0)
        found.append(Line(row, line.number, line.column + begin))
        at = min(at + 1, len(lines) - 1)
    return tuple(found)


def trimmed(
    rows: Sequence[Line], is_empty: Callable[[str], object] = lambda text: not text.strip()
) -> tuple[Line, ...]:
    """The rows without those at both ends that are blank, or empty in another way."""
    first, last = 0, len(rows)
    while first < last and is_empty(rows[first].text):
        first += 1
    while last > first and is_empty(rows[last - 1].text):
        last -= 1
    return tuple(rows[first:last])


def from_offset(row: Line, offset: int) -> Line:
    """The rest of a row from a character of its text (from 0) on."""
    return Line(row.text[offset:], row.number, row.column + offset)
