"""Cuts pieces out of a file, by their lines and columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cardwright.blocks.fences import fenced_blocks
from cardwright.model import Line
from cardwright.wording.signs import FENCE, HASHES, LISTED, RULE


class Span(NamedTuple):
    """Lines ``start`` to ``end`` of the file, from 1. ``end`` is the line after the last.

    The text starts at ``column`` (from 1) of the first line. It ends before the column ``until`` of
    the last line, or with that line if ``until`` is 0. Each line starts with ``quotes`` markers
    ``>`` of the quotes around it, and then with ``indent`` columns of a list item or an admonition.
    """

    start: int
    end: int
    indent: int = 0
    column: int = 1
    until: int = 0
    quotes: int = 0


def nothing_at(line: int) -> Span:
    """Return an empty span before ``line``."""
    return Span(line, line)


def cut(lines: Sequence[str], span: Span) -> list[Line]:
    """Return the lines of a span, without what belongs to the containers around them."""
    rows = [*map(Line, lines[span.start - 1 : span.end - 1], range(span.start, span.end))]
    if not rows:
        return []
    if span.until:
        rows[-1] = rows[-1]._replace(text=rows[-1].text[: span.until - 1])
    first = rows[0]
    if span.quotes:
        rows = [from_offset(row, _behind_quotes(row.text, span.quotes)) for row in rows]
    if span.column > 1:
        rows[0] = from_offset(first, span.column - 1)
    whole = 1 if span.column > 1 else 0
    width = _width_of(rows[whole:], span, lines)
    return [*rows[:whole], *shifted(rows[whole:], width)] if width else rows


_QUOTE = re.compile(r" {0,3}> ?")


def _behind_quotes(text: str, quotes: int) -> int:
    """Return the offset after the ``>`` of ``quotes`` quotes, or of as many as there are."""
    begin = 0
    for _ in range(quotes):
        marker = _QUOTE.match(text, begin)
        begin = marker.end() if marker else begin
    return begin


def _width_of(rows: Sequence[Line], span: Span, lines: Sequence[str]) -> int:
    """Return the columns to remove from each line.

    They are the columns before the text of a list item. If all of the text is four or more columns
    further right, which would make it code in CommonMark, they are more. Outside of lists, they are
    the columns before text that hangs under the line of a paragraph and continues it (section 4.4).
    """
    if span.indent:
        widths = [width_of(row.text) for row in rows if row.text.strip()]
        is_deep = bool(widths) and span.column == 1 and widths[0] >= span.indent + _CODE
        return max(span.indent, min(widths)) if is_deep else span.indent
    if span.start < 2 or span.column > 1 or not rows or not rows[0].text.startswith((" ", "\t")):
        return 0
    width = width_of(rows[0].text)
    is_hanging = width >= _CODE and rows[0].text.strip()
    return width if is_hanging and _IN_PARAGRAPH.match(lines[span.start - 2].strip("> \t")) else 0


_CODE = 4
_IN_PARAGRAPH = re.compile(rf"(?!{HASHES}|{FENCE}|\||<|\$\$|(?:{RULE})$)\S")


def width_of(text: str) -> int:
    """Return the columns of white space at a line's start. A tab reaches to the next fourth one."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def shifted(rows: Sequence[Line], width: int) -> Iterator[Line]:
    """Return the lines moved left by ``width`` columns, or by all the columns that they have.

    Code moves as a whole. Text in a fence moves at most as far as the fence that opens it
    (CommonMark section 4.5). Code that is indented by four under a text outside of the item moves
    at most as far as that text.
    """
    texts = [row.text for row in rows]
    losses = [width] * len(rows)
    for start, end, loss in _indented_blocks(texts, width):
        losses[start:end] = [loss] * (end - start)
    for start, end in fenced_blocks(texts):
        loss = min(width, width_of(texts[start]))
        losses[start : end - 1] = [loss] * (end - 1 - start)
    return map(_dedented, rows, losses)


_LISTED = re.compile(rf"\s*{LISTED}\s")


def _indented_blocks(texts: Sequence[str], width: int) -> Iterator[tuple[int, int, int]]:
    """Yield the code that is indented by four under a paragraph further left than ``width``."""
    base, start, is_apart = -1, -1, True
    for index, text in enumerate((*texts, "")):
        bare, columns = text.strip(), width_of(text)
        if start >= 0 and (index == len(texts) or (bare and columns < base + _CODE)):
            yield start, index, base
            start = -1
        if is_apart and bare and columns < width:
            base = -1 if _LISTED.match(text) else columns
        elif is_apart and bare and start < 0 <= base <= columns - _CODE:
            start = -1 if _LISTED.match(text) else index
            base = base if start >= 0 else -1
        is_apart = not bare


def _dedented(row: Line, width: int) -> Line:
    """Return a line without ``width`` columns of indentation, or without what it has of them."""
    bare = row.text.lstrip(" \t")
    lead = row.text[: len(row.text) - len(bare)]
    if "\t" not in lead or not width:
        return from_offset(row, min(width, len(lead)))
    if not bare or width_of(lead) <= width:
        return from_offset(row, len(lead))
    taken = next(at for at in range(1, len(lead) + 1) if len(lead[:at].expandtabs(4)) >= width)
    if len(lead[:taken].expandtabs(4)) == width:
        return from_offset(row, taken)
    return Line(" " * (width_of(lead) - width) + bare, row.number, row.column + taken)


def outdented(rows: Sequence[str], first: int) -> list[Line]:
    """Return ``rows`` without their indentation. The first is on line ``first`` of the file."""
    width = width_of(rows[0]) if rows else 0
    return [_dedented(Line(row, number), width) for number, row in enumerate(rows, first)]


def located(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``text`` as lines with their places in ``lines``.

    ``text`` is a part of ``lines``, without markup around it. Lines at its start may be missing.
    """
    found: list[Line] = []
    at = 0
    for row in text.split("\n"):
        sought = row[:20].strip("*_[ ")
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
    """Return the rows without those at both ends that are blank, or empty in another way."""
    first, last = 0, len(rows)
    while first < last and is_empty(rows[first].text):
        first += 1
    while last > first and is_empty(rows[last - 1].text):
        last -= 1
    return tuple(rows[first:last])


def joined(*parts: Sequence[Line]) -> tuple[Line, ...]:
    """Return the parts with a blank line between two, and without blank lines around each."""
    found: list[Line] = []
    for part in filter(None, map(trimmed, parts)):
        found += [*([Line("", part[0].number)] if found else []), *part]
    return tuple(found)


def from_offset(row: Line, offset: int) -> Line:
    """Return the rest of a row from a character of its text (from 0) on."""
    return Line(row.text[offset:], row.number, row.column + offset)
