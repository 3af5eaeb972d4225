"""Tables in HTML: rows of cells, each with its place in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cardwright.dialects.text.span import Span

_TAG = re.compile(r"(?i)<(?P<end>/?)(?P<name>table|tr|td|th)\b[^<>]*>")
_TABLE = re.compile(r"(?i)<(?P<end>/?)table\b[^<>]*>")
_LONGEST = 200_000
"""A table of more characters than these is left to HTML."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; ``is_header`` says that all of them are ``<th>``."""

    cells: tuple[Span, ...]
    is_header: bool


def html_tables(lines: Sequence[str], is_verbatim: Sequence[bool]) -> Iterator[tuple[Row, ...]]:
    """The tables of a file in order, of nested ones the outer one alone.

    Cells and rows may be left open, as HTML allows (HTML Living Standard, 13.1.2.4).
    """
    over = 0
    for first, last in sorted(_pairs(lines, is_verbatim)):
        if first > over and sum(map(len, lines[first - 1 : last])) <= _LONGEST:
            yield tuple(_rows(lines, first, last))
            over = last


def _pairs(lines: Sequence[str], is_verbatim: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last line of each table that is closed, nested ones too."""
    opened: list[int] = []
    for number, text in enumerate(lines, 1):
        if is_verbatim[number - 1] or "<" not in text:
            continue
        for tag in _TABLE.finditer(text):
            if not tag["end"]:
                opened.append(number)
            elif opened:
                yield opened.pop(), number


def _rows(lines: Sequence[str], first: int, last: int) -> Iterator[Row]:
    texts = lines[first - 1 : last]
    text = "\n".join(texts)
    starts = [0, *accumulate(len(each) + 1 for each in texts)]
    cells: list[Span] = []
    names: set[str] = set()
    depth = begin = 0
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name == "table":
            depth += -1 if tag["end"] else 1
        if depth > 1:
            continue
        if begin:
            cells.append(_span(text, starts, first, begin, tag.start()))
            begin = 0
        if name in ("td", "th") and not tag["end"]:
            begin = tag.end()
            names.add(name)
        elif name in ("tr", "table") and cells:
            yield Row(tuple(cells), names == {"th"})
            cells, names = [], set()


def _span(text: str, starts: Sequence[int], first: int, begin: int, end: int) -> Span:
    """The place of what stands between two offsets, without the white space around it."""
    inside = text[begin:end]
    begin += len(inside) - len(inside.lstrip())
    end = max(begin, end - (len(inside) - len(inside.rstrip())))
    indents = [
        len(row) - len(row.lstrip()) for row in text[begin:end].split("\n")[1:] if row.strip()
    ]
    at, until = bisect_right(starts, begin) - 1, bisect_right(starts, end) - 1
    return Span(
        first + at,
        first + until + 1,
        min(indents, default=0),
        column=begin - starts[at] + 1,
        until=end - starts[until] + 1,
    )
