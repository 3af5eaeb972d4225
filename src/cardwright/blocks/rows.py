"""Reads each line of a file once: its marks, and the text after them.

All finders look at these rows. None of them reads a line of the file again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cardwright.wording.signs import BOX, BULLET, BULLETS, HASHES, NUMBER, QUOTES

LONGEST = 2000
"""The most characters of a line that are looked at."""


class Row(NamedTuple):
    """A line of the file. It is a tuple, because a file has many.

    Columns and characters count from 0, columns from after the quotes.
    """

    number: int  # from 1
    quotes: int = 0  # the `>` before it
    indent: int = 0  # the column of the marker
    width: int = 0  # the column of the text
    offset: int = 0  # the character at which the text begins
    marker: str = ""  # the list marker as written, or ""
    kind: str = ""  # the sign of a bullet, or `1` in a number's form: `1.`, `1)`, `1、`, `1①`, `1Q`
    ordinal: int = 0  # 0 for bullets
    box: str = ""  # the content of a box to tick, or ""
    level: int = 0  # that of an ATX heading, or 0
    text: str = ""  # it has none of these, and no spaces at its end
    is_verbatim: bool = False  # code, a formula or a comment; all of it is text, without a marker
    raw: str = ""  # the line as written
    is_blank: bool = False  # it has nothing but marks of quotes


def read_rows(lines: Sequence[str], is_verbatim: Sequence[bool]) -> tuple[Row, ...]:
    """Return a row for each line. Line ``n`` is at ``n - 1``."""
    rows = [
        _verbatim(number, line) if code else _row(number, line)
        for number, (line, code) in enumerate(zip(lines, is_verbatim, strict=True), 1)
    ]
    long = [row for row in rows if row.ordinal >= YEARS]
    known = {row.ordinal for row in rows} if long else set()
    for row in long:
        if known.isdisjoint((row.ordinal - 1, row.ordinal + 1)):
            rows[row.number - 1] = _plain(row.number, row.raw)
    has_ones = sum(row.ordinal == 1 for row in rows) > 1
    for ones in _lists_of_ones(rows) if has_ones else ():
        for ordinal, row in enumerate(ones, 1):
            rows[row.number - 1] = row._replace(ordinal=ordinal)
    return tuple(rows)


def _lists_of_ones(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the lists in which every item is written ``1.``. They count on (section 5.3).

    Text further left after a blank line ends a list.
    """
    open_: list[list[Row]] = []
    is_apart = False
    for row in rows:
        if not (row.is_blank or row.is_verbatim):
            while open_ and (row.marker or is_apart) and not _goes_on(open_[-1][-1], row):
                yield from _if_ones(open_.pop())
            if row.ordinal and open_ and row.indent == open_[-1][-1].indent:
                open_[-1].append(row)
            elif row.ordinal:
                open_.append([row])
        is_apart = row.is_blank
    for each in open_:
        yield from _if_ones(each)


def _goes_on(last: Row, row: Row) -> bool:
    """Whether ``row`` continues the list of the item ``last``, or is inside the item."""
    is_next = bool(row.ordinal) and (row.indent, row.kind) == (last.indent, last.kind)
    return row.quotes == last.quotes and (is_next or row.indent > last.indent)


def _if_ones(items: list[Row]) -> Iterator[list[Row]]:
    if len(items) > 1 and all(row.ordinal == 1 for row in items):
        yield items


YEARS = 1000
"""From here on, a number may be a year, unless other numbers in the file count to it or from it."""
_MARKER = re.compile(rf"(?P<bullet>{BULLET})(?:[ \t\u00a0]+|$)|{NUMBER}")
_SIGNS = frozenset(f"{BULLETS}([（qQ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""The characters that begin a marker, besides digits."""
_QUOTES = re.compile(QUOTES)
_BOX = re.compile(rf"(?P<box>{BOX})(?:[ \t]+|$)")
_HASHES = re.compile(rf"(?P<hashes>{HASHES})[ \t\u00a0\u3000]*")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+[ \t]*$")


def _verbatim(number: int, line: str) -> Row:
    indent = _columns(line[: len(line) - len(line.lstrip(" \t"))]) if line[:1] in " \t" else 0
    return Row(number, indent=indent, text=line, is_verbatim=True, raw=line, is_blank=not line)


def _plain(number: int, line: str) -> Row:
    """Return the row of a line without marks."""
    text = line[:LONGEST].rstrip()
    return Row(number, text=text, raw=line, is_blank=not text)


def _row(number: int, raw: str) -> Row:
    line = raw[:LONGEST]
    first = line[:1]
    if not first or (first.isalpha() and first not in "qQ"):
        return _plain(number, raw)
    quotes = _QUOTES.match(line) if ">" in line[:8] else None
    begin = quotes.end() if quotes else 0
    start = len(line) - len(line[begin:].lstrip(" \t"))
    sign = line[start : start + 1]
    marker = _MARKER.match(line, start) if sign in _SIGNS or sign.isdigit() else None
    if marker is None and start == 0 and sign != "#":
        return _plain(number, raw)
    offset, box, level = marker.end() if marker else start, "", 0
    if marker and line.startswith("[", offset):
        task = _BOX.match(line, offset)
        box, offset = (task["box"][1], task.end()) if task else ("", offset)
    width = _columns(line[begin:offset])
    hashes = _HASHES.match(line, offset) if line.startswith("#", offset) else None
    if hashes:
        offset, level = hashes.end(), len(hashes["hashes"])
    text = line[offset:].rstrip()
    text = _CLOSING_HASHES.sub("", text) if hashes else text
    kind, ordinal = _kind_of(marker) if marker else ("", 0)
    return Row(
        number,
        line.count(">", 0, begin),
        _columns(line[begin:start]),
        width,
        offset,
        marker.group().rstrip() if marker else "",
        kind,
        ordinal,
        box,
        level,
        text,
        raw=raw,
        is_blank=not (text or marker),
    )


def _columns(text: str) -> int:
    return len(text.expandtabs(4)) if "\t" in text else len(text)


def _kind_of(marker: re.Match[str]) -> tuple[str, int]:
    """Return the kind of a marker, and its number or 0."""
    if marker["bullet"]:
        return marker["bullet"], 0
    if marker["circled"]:
        return "1①", ord(marker["circled"]) - ord("①") + 1
    if marker["label"]:
        return "1Q", int(marker["label"])
    written = marker.group().rstrip()
    sign = next((sign for sign in written if sign in "(（、．"), written[-1])
    return f"1{sign}", int(marker["number"])
