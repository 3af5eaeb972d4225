"""The tables of a file: rows of cells, each as the lines that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardwright.dialects.text.joined import Joined
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import trimmed
from cardwright.model import Line

Cell = tuple[Line, ...]
_LONGEST = 2000
_LONGEST_HTML = 200_000
"""A table of more characters than these is left to HTML."""


def tables_of(outline: Outline) -> Iterator[list[list[Cell]]]:
    """The tables of GFM (section 4.10) and of HTML, the first row of each being its header.

    One of GFM may stand in a quote, a list or right under ``<details>``.
    """
    lines = outline.lines
    number = 2
    while number <= len(lines):
        is_table = not outline.is_verbatim[number - 1] and is_delimiter(lines[number - 1])
        number += 1
        if is_table and len(lines[number - 3]) < _LONGEST:
            numbers = [number - 2]
            while number <= len(lines) and _is_row(outline, number):
                numbers.append(number)
                number += 1
            yield list(_rows(lines, numbers))
    yield from _html_tables(outline)


def is_delimiter(line: str) -> bool:
    """Whether it is the row of hyphens under a header; two columns at least."""
    return len(line) < _LONGEST and "-" in line and "|" in line and not line.strip("|:- \t>")


def _is_row(outline: Outline, number: int) -> bool:
    text = outline.lines[number - 1]
    return "|" in text and not outline.is_verbatim[number - 1] and not text.startswith("#")


def _rows(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[list[Cell]]:
    """The cells of each row; a pipe in one is written ``\\|``, in code and formulas as well."""
    count = 0
    for number in numbers:
        row = lines[number - 1]
        places = cells_of(row, count)
        count = count or len(places)
        places += [(len(row) + 1, len(row) + 1)] * (count - len(places))
        if not is_delimiter(row):
            yield [(Line(row[a - 1 : b - 1].replace("\\|", "|"), number, a),) for a, b in places]


def cells_of(row: str, count: int) -> list[tuple[int, int]]:
    """The columns from which to before which each cell of a row goes, white space around gone.

    Where a row has more than ``count`` cells (0 for any number), pipes in code and formulas are
    text, although GFM does not say so.
    """
    cells = list(_parted(row, _PIPE))
    whole = list(_parted(row, _PIPE_OUTSIDE)) if count and len(cells) > count else []
    return whole if len(whole) >= count > 0 else cells


_PIPE = re.compile(r"\\.|(?P<pipe>\|)")
_PIPE_OUTSIDE = re.compile(r"\\.|`[^`]*`|\$[^$]*\$|(?P<pipe>\|)")
_MARKS = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\|))?\|?")


def _parted(row: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    marks = _MARKS.match(row)
    start = marks.end() if marks else 0
    for found in pattern.finditer(row, start):
        if found["pipe"]:
            yield _stripped(row, start, found.start())
            start = found.end()
    if row[start:].strip():
        yield _stripped(row, start, len(row))


def _stripped(row: str, start: int, end: int) -> tuple[int, int]:
    text = row[start:end]
    first = start + len(text) - len(text.lstrip())
    return first + 1, first + 1 + len(text.strip())


_TABLE = re.compile(r"(?i)<(?P<end>/?)table\b[^<>]*>")
_TAG = re.compile(r"(?i)<(?P<end>/?)(?P<name>table|tr|td|th)\b[^<>]*>")


def _html_tables(outline: Outline) -> Iterator[list[list[Cell]]]:
    """Those that hold no other one; cells and rows may be left open (HTML, 13.1.2.4)."""
    first = 0
    for row, text in zip(outline.rows, outline.lines, strict=True):
        for tag in _TABLE.finditer(text) if "<" in text and not row.is_verbatim else ():
            if first and tag["end"]:
                yield list(_html_rows(outline.lines, first, row.number))
            first = 0 if tag["end"] else row.number


def _html_rows(lines: Sequence[str], first: int, last: int) -> Iterator[list[Cell]]:
    rows = [Line(lines[number - 1], number) for number in range(first, last + 1)]
    if sum(len(row.text) for row in rows) > _LONGEST_HTML:
        return
    joined = Joined(rows)
    cells: list[Cell] = []
    begin = 0
    for tag in _TAG.finditer(joined.text):
        if begin:
            cells.append(_html_cell(joined, begin, tag.start()))
        begin = tag.end() if tag["name"].lower() in ("td", "th") and not tag["end"] else 0
        if cells and not begin and tag["name"].lower() in ("tr", "table"):
            yield cells
            cells = []


def _html_cell(joined: Joined, begin: int, end: int) -> Cell:
    """The lines between two offsets, as far left as the one furthest left."""
    text = joined.text[begin:end]
    end = max(begin + len(text.rstrip()), begin)
    begin = min(begin + len(text) - len(text.lstrip()), end)
    first, *rest = joined.piece(begin, end)
    width = min(
        (len(row.text) - len(row.text.lstrip()) for row in rest if row.text.strip()), default=0
    )
    moved = (Line(row.text[width:], row.number, row.column + width) for row in rest)
    return trimmed([first, *moved]) or (first,)
