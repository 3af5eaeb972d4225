"""Where quotes and indented blocks end, also those some of whose lines lost a mark or blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import QUOTES, is_rule

SIGNS = ("[!", "???", "!!!", ":::", "```", "~~~")
"""What a box begins with that needs no name."""
_QUOTES = re.compile(QUOTES)


def below(rows: Sequence[Row], number: int) -> Iterator[Row]:
    """The rows below line ``number``; a slice of them would copy the file for each box."""
    return (rows[at] for at in range(number, len(rows)))


def width_of(row: Row) -> int:
    """The columns of blanks before a line, that of code too."""
    text = row.text
    if not row.is_verbatim:
        return row.indent
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def end_of_quote(rows: Sequence[Row], number: int) -> int:
    """The line after the quote that a callout on line ``number`` is, or where the next begins."""
    depth = rows[number - 1].quotes
    for row in below(rows, number):
        quotes = quotes_of(row)
        is_next = quotes == depth and row.text.startswith("[!")
        if is_next or (quotes < depth and not _goes_on(rows, row)):
            return row.number
    return len(rows) + 1


def quotes_of(row: Row) -> int:
    """How many ``>`` a line begins with, in code too."""
    match = _QUOTES.match(row.text) if row.is_verbatim else None
    return match.group().count(">") if match else row.quotes


def end_of_block(rows: Sequence[Row], number: int, indent: int) -> int:
    """The line after the text at column ``indent`` below an admonition on line ``number``."""
    last = number + 1
    for row in below(rows, number):
        if row.is_blank:
            continue
        is_first = row.number == number + 1
        if width_of(row) < indent and (is_first or not _goes_on(rows, row)):
            break
        last = row.number + 1
    return last


def _goes_on(rows: Sequence[Row], row: Row) -> bool:
    """Whether a line that lost its marks goes on with the text above it (CommonMark 5.1, laziness).

    So does code that is still open, and an item of a list, unless another list begins with it.
    """
    above = rows[row.number - 2]
    if row.is_verbatim and above.is_verbatim:
        return True
    is_bound = row.is_blank or row.level or row.ordinal == 1 or is_rule(row.text)
    return not (above.is_blank or is_bound or row.text.lstrip().startswith(SIGNS))
