"""The tables of a document (``| a | b |``) as rows of cells, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cardwright.blocks.signs import ITEM
from cardwright.dialects.text.question import Outline
from cardwright.model import Line

_LONGEST = 2000


def tables_of(outline: Outline) -> Iterator[list[list[Line]]]:
    """The tables of GFM (section 4.10), the first row of each being its header.

    A table may be in a quote, in a list, or right under ``<details>``.
    """
    lines, end = outline.lines, 0
    for number, line in enumerate(lines, 1):
        is_able = number > max(end, 1) and "|" in line and not outline.is_verbatim[number - 1]
        if is_able and is_delimiter(line) and len(lines[number - 2]) < _LONGEST:
            end = number
            while end < len(lines) and _is_row(outline, end + 1):
                end += 1
            yield list(_rows(lines, [number - 1, *range(number + 1, end + 1)]))


def is_delimiter(line: str) -> bool:
    """Whether it is the row of hyphens under a header; two columns at least."""
    return len(line) < _LONGEST and "-" in line and "|" in line and not line.strip("|:- \t>")


def _is_row(outline: Outline, number: int) -> bool:
    text = outline.lines[number - 1]
    return "|" in text and not outline.is_verbatim[number - 1] and not text.startswith("#")


def _rows(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[list[Line]]:
    """The cells of each row."""
    count = 0
    for number in numbers:
        row = lines[number - 1]
        places = cells_of(row)
        count = count or len(places)
        places += [(len(row) + 1, len(row) + 1)] * (count - len(places))
        if not is_delimiter(row):
            yield [Line(row[a - 1 : b - 1].replace("\\|", "|"), number, a) for a, b in places]


_PIPE = re.compile(r"\\.|`[^`]*`|\$[^$]*\$|(?P<pipe>\|)")
_MARKS = re.compile(rf"[ \t]*(?:>[ \t]*)*(?:{ITEM}(?=\|))?\|?")


def cells_of(row: str) -> list[tuple[int, int]]:
    """The columns from which to before which each cell of a row goes, white space around gone.

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
