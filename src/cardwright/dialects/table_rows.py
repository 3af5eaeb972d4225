"""Parses the tables of a document, in pipes or HTML, into rows of cells with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cardwright.dialects.text.question import Outline
from cardwright.model import Line
from cardwright.wording.signs import ITEM

Cell = tuple[Line, ...]
"""The lines of a cell. In a table with pipes, it is one line."""
_LONGEST = 2000


def tables_of(outline: Outline) -> Iterator[list[list[Cell]]]:
    """Yield the tables of GFM (section 4.10) and of HTML, each with its header first.

    A table may be in a quote, in a list, or right under ``<details>``.
    """
    yield from _in_html(outline)
    lines, end = outline.lines, 0
    for number, line in outline.lines_with("|"):
        is_able = number > max(end, 1) and not outline.is_verbatim[number - 1]
        if is_able and is_delimiter(line) and len(lines[number - 2]) < _LONGEST:
            end = number
            while end < len(lines) and _is_row(outline, end + 1):
                end += 1
            yield list(_rows(lines, [number - 1, *range(number + 1, end + 1)]))


_HTML = re.compile(r"(?i)<(?P<end>/?)(?P<name>table|tr|t[hd])\b[^<>]*>")


def _in_html(outline: Outline) -> Iterator[list[list[Cell]]]:
    """Yield the tables in HTML. A table inside another is not read."""
    rows: list[list[list[Line]]] = []
    depth, is_open = 0, False
    for number, line in enumerate(outline.lines if outline.holds("<table", "<TABLE") else (), 1):
        begin = 0
        for match in () if outline.is_verbatim[number - 1] else _HTML.finditer(line):
            if is_open:
                rows[-1][-1] += _piece(line, number, begin, match.start())
            begin, is_end, name = match.end(), bool(match["end"]), match["name"].lower()
            is_open = False
            if name == "table":
                depth = max(depth + (-1 if is_end else 1), 0)
                if is_end and rows and not depth:
                    yield [[tuple(cell) or (Line("", number),) for cell in row] for row in rows]
                    rows = []
            elif depth == 1 and not is_end:
                is_open = name != "tr"
                if name == "tr" or not rows:
                    rows.append([])
                rows[-1] += [[]] if is_open else []
        if is_open:
            rows[-1][-1] += _piece(line, number, begin, len(line))


def _piece(line: str, number: int, begin: int, end: int) -> list[Line]:
    """Return the part of a cell that is on a line, nothing if it is blank."""
    first, until = _stripped(line, begin, end)
    return [Line(line[first - 1 : until - 1], number, first)] if until > first else []


def text_of(cell: Cell) -> str:
    """Return the text of a cell, its lines joined by ``\\n``."""
    return "\n".join(line.text for line in cell).strip()


def is_delimiter(line: str) -> bool:
    """Whether it is the row of hyphens under a header, with at least two columns."""
    return len(line) < _LONGEST and "-" in line and "|" in line and not line.strip("|:- \t>")


def _is_row(outline: Outline, number: int) -> bool:
    text = outline.lines[number - 1]
    return "|" in text and not outline.is_verbatim[number - 1] and not text.startswith("#")


def _rows(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[list[Cell]]:
    """Yield the cells of each row."""
    count = 0
    for number in numbers:
        row = lines[number - 1]
        places = cells_of(row)
        count = count or len(places)
        places += [(len(row) + 1, len(row) + 1)] * (count - len(places))
        if not is_delimiter(row):
            yield [(Line(row[a - 1 : b - 1].replace("\\|", "|"), number, a),) for a, b in places]


_PIPE = re.compile(r"\\.|`[^`]*`|\$[^$]*\$|(?P<pipe>\|)")
_MARKS = re.compile(rf"[ \t]*(?:>[ \t]*)*(?:{ITEM}(?=\|))?\|?")


def cells_of(row: str) -> list[tuple[int, int]]:
    """Return the columns at which each cell of a row starts and ends, without white space.

    Pipes in code and formulas are text, although GFM does not say so.
    """
    marks = _MARKS.match(row)
    starts = [marks.end() if marks else 0]
    starts += [found.end() for found in _PIPE.finditer(row, starts[0]) if found["pipe"]]
    cells = [_stripped(row, a, b - 1) for a, b in pairwise(starts)]
    return [*cells, _stripped(row, starts[-1], len(row))] if row[starts[-1] :].strip() else cells


def _stripped(row: str, start: int, end: int) -> tuple[int, int]:
    text = row[start:end]
    first = start + len(text) - len(text.lstrip())
    return first + 1, first + 1 + len(text.strip())
