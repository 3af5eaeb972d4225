"""Pieces of a file: which lines and columns they take, and how they are cut out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    if not span.indent:
        return rows
    whole = 1 if span.column > 1 else 0
    width = _cut_width(rows[whole:], span)
    return [*rows[:whole], *(_dedented(row, width) for row in rows[whole:])]


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


def _width(text: str) -> int:
    """The columns of white space a line begins with, a tab reaching to the next fourth one."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def _dedented(row: Line, width: int) -> Line:
    """A line without ``width`` columns of indentation, or without what it has of them."""
    columns = 0
    for index, character in enumerate(row.text):
        if columns >= width or character not in " \t":
            text = " " * max(columns - width, 0) + row.text[index:]
            return Line(text, row.number, row.column + index)
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
        found.append(Line(row, line.number, line.column + max(line.text.find(sought), 0)))
        at = min(at + 1, len(lines) - 1)
    return tuple(found)
