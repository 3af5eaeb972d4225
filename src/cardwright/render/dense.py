"""Estimates from characters and blank lines whether Python-Markdown would take too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

MOST_WORK = 80_000_000
"""The limit for one passage, about two seconds. For each character that can open something,
Python-Markdown searches to the end of the paragraph. For a fence, a tag and the like, it searches
to the end of the passage. So the work is the number of characters times the length."""

MOST_BLOCKS = 10_000
"""The limit for one passage. Python-Markdown takes each block from the front of a list, which moves
all others."""

_OPENING = re.compile(
    r"<|^[ \t>]*(?:```|~~~|\?\?\?|!!!|===|///|(?:- {0,2}){3}|(?:--?|==?)[ \t]*$)", re.MULTILINE
)

_SIGNS = "`*_~^=+\\!(<&:$\"'{#"
_BRACKET = 20  # how many searches a `[` counts for

_ITEM = re.compile(r"[ \t>]*(?:[*+-]|\d+[.)])[ \t]")
_ROW = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|")


def dense_line(text: str, *, has_tables: bool) -> int | None:
    """Return the line (from 0) of the worst paragraph if the text is too much work, else ``None``.

    ``has_tables`` says that an extension for tables is loaded. Then each row counts by itself.
    """
    works = [
        ((sum(map(part.count, _SIGNS)) + _BRACKET * part.count("[")) * len(part), line)
        for line, part in _paragraphs(text, has_tables)
    ]
    openings = [opening.start() for opening in _OPENING.finditer(text)]
    blocks = (len(openings) * len(text), text.count("\n", 0, openings[0]) if openings else 0)
    if sum(work for work, _ in works) + blocks[0] <= MOST_WORK:
        return None
    return max(*works, blocks)[1]


def line_after_blocks(text: str) -> int | None:
    """Return the first blank line (from 0) over the limit of blocks, or ``None``."""
    blanks = (number for number, line in enumerate(text.split("\n")) if not line.strip(" \t>"))
    return next(islice(blanks, MOST_BLOCKS, None), None)


def _paragraphs(text: str, has_tables: bool) -> Iterator[tuple[int, str]]:
    """Yield first line and text of each unit of inline parsing, also list items and table rows."""
    lines = text.split("\n")
    first = 0
    is_list = is_table = False
    for number, line in enumerate(lines):
        if number == first:
            is_list = _ITEM.match(line) is not None
            is_table = (
                has_tables and _ROW.match("".join(lines[number + 1 : number + 2])) is not None
            )
        is_next = is_table or (is_list and _ITEM.match(line) is not None)
        if number > first and is_next:
            yield first, "\n".join(lines[first:number])
            first = number
        elif not line.strip(" \t>"):
            yield first, "\n".join(lines[first : number + 1])
            first = number + 1
    if first < len(lines):
        yield first, "\n".join(lines[first:])
