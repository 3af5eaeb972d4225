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


def quotes_of(row: Row) -> int:
    """How many ``>`` a line begins with, in code too."""
    if not row.is_verbatim:
        return row.quotes
    match = _QUOTES.match(row.text)
    return match.group().count(">") if match else 0


def end_of_quote(rows: Sequence[Row], number: int) -> int:
    """The line after the quote that a callout on line ``number`` is.

    What goes on with a paragraph (CommonMark 5.1, laziness) or with code that is still open
    belongs to it, and so does text that only lost its ``>``, an item of a list too.
    """
    depth = rows[number - 1].quotes
    last: Row | None = None
    for row in below(rows, number):
        quotes = quotes_of(row)
        if quotes >= depth:
            if quotes == depth and row.text.startswith("[!"):
                return row.number
        elif row.marker:
            if not _counts_on(rows, row, last):
                return row.number
        elif not (_is_in_code(rows, row) or _is_lazy(rows, row, depth)):
            return row.number
        last = row if row.marker else last
    return len(rows) + 1


def _counts_on(rows: Sequence[Row], row: Row, last: Row | None) -> bool:
    """Whether an item without ``>`` goes on the list of a quote: the next number, the same bullet.

    It stands right at the quote's last line.
    """
    if last is None or row.quotes or rows[row.number - 2].is_blank or row.kind != last.kind:
        return False
    return not row.ordinal or row.ordinal == last.ordinal + 1


def _is_in_code(rows: Sequence[Row], row: Row) -> bool:
    return row.is_verbatim and rows[row.number - 2].is_verbatim


def _is_lazy(rows: Sequence[Row], row: Row, depth: int) -> bool:
    if row.is_blank or _is_boundary(row) or row.text.lstrip().startswith(SIGNS):
        return False
    following = next((quotes_of(each) for each in below(rows, row.number)), 0)
    return not rows[row.number - 2].is_blank or following >= depth


def _is_boundary(row: Row) -> bool:
    """Whether a line is a heading, a rule or tags alone."""
    is_tagged = row.text.startswith("#") and all(word[0] == "#" for word in row.text.split())
    return bool(row.level) or is_tagged or is_rule(row.text)


def end_of_block(rows: Sequence[Row], number: int, indent: int) -> int:
    """The line after the text at column ``indent`` below an admonition on line ``number``."""
    last = number + 1
    for row in below(rows, number):
        if row.is_blank:
            continue
        is_inside = _width(row) >= indent or _is_in_code(rows, row)
        if not is_inside and not _is_short_of(rows, row, indent, last):
            break
        last = row.number + 1
    return last


def _width(row: Row) -> int:
    text = row.text
    if not row.is_verbatim:
        return row.indent
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def _is_short_of(rows: Sequence[Row], row: Row, indent: int, last: int) -> bool:
    """Whether a line only lacks some of the columns at which the body that it is in stands.

    One at the very margin is in it where it goes on with a paragraph and the body goes on below.
    """
    if _is_boundary(row) or row.text.lstrip().startswith(SIGNS):
        return False
    width = _width(row)
    if width != indent - 4 or row.number != last or row.marker:
        return width > indent - 4
    following = rows[row.number : row.number + 2]
    next_ = next((each for each in following if not each.is_blank), row)
    return row.number > 2 and _width(rows[row.number - 2]) >= indent <= _width(next_)
