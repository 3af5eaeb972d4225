"""The cells of a table's row (GFM section 4.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator


def is_delimiter(line: str) -> bool:
    """Whether it is the row of hyphens under a header; two columns at least."""
    return len(line) < 2000 and "-" in line and "|" in line and not line.strip("|:- \t>")


def cells_of(row: str, count: int) -> list[tuple[int, int]]:
    """The columns from which to before which each cell of a row goes, white space around gone.

    Where a row has more than ``count`` cells (0 for any number), pipes in code and formulas are
    text, although GFM does not say so.
    """
    cells = list(_parted(row, _PIPE))
    if count and len(cells) > count:
        whole = list(_parted(row, _PIPE_OUTSIDE))
        return whole if len(whole) >= count else cells
    return cells


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
