"""The lines of a file that begin a list item or count, whether CommonMark makes lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.text.question import Outline


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line with a marker. ``kind`` is a bullet's sign, or ``1`` and how a counted one differs.

    ``indent`` and ``width`` are the columns (from 0, behind quotes) of marker and text, ``offset``
    the character at which the text begins. ``ordinal`` is 0 for bullets. ``is_task`` says that a
    box (``[ ]``) stood before the text.
    """

    number: int
    quotes: int
    indent: int
    width: int
    offset: int
    kind: str
    ordinal: int
    text: str
    is_task: bool


_LONGEST = 2000
"""A line with more characters than these begins no question."""
_QUOTES = re.compile(r"(?: {0,3}> ?)*")
_MARKER = re.compile(
    r"(?P<bullet>[-*+•●▪])[ \t\u00a0]+"
    r"|[(（\[]?(?P<number>\d{1,3})(?:[、．：]\s*"
    r"|-[ \t]+(?=[^\W\d_])"
    r"|\\?[.)）\]:]+(?:[ \t\u00a0]+|(?=[^\x00-\x7f]|[A-Z*_`\"'¿])))"
    r"|(?P<circled>[①-⑳])\s*"
    r"|(?i:q|question)\.?[ ]?(?P<label>\d{1,3})(?=\s|[.:)])(?:[.:)]+)?\s+(?!\W)"
)
_WORD = re.compile(r"\w")
_HEADING = re.compile(r"#{1,6}\s")
_STYLE = re.compile(r"[^(（、]")
_TASK = re.compile(r"\[[ xX]\]\s+")


def list_lines(outline: Outline) -> tuple[ListLine, ...]:
    """Every line with a marker and a text behind it that is no code, in order.

    Only ``1.`` interrupts a paragraph (CommonMark section 5.3); here any number does. Links into
    the page are a table of contents and left out, headings have a dialect of their own.
    """
    return outline.once(_list_lines)


def _list_lines(outline: Outline) -> tuple[ListLine, ...]:
    return tuple(_found(outline))


def _found(outline: Outline) -> Iterator[ListLine]:
    for number, line in enumerate(outline.lines, 1):
        if not outline.is_verbatim[number - 1]:
            found = _list_line(line[:_LONGEST], number)
            if found is not None and not _INWARD.fullmatch(found.text):
                yield found


_INWARD = re.compile(r"\W*\[[^\[\]]*\]\(<?#[^()]*\)\W*")


def _list_line(line: str, number: int) -> ListLine | None:
    if line[:1].isalpha() and line[0] not in "qQ":
        return None
    quotes = _QUOTES.match(line)
    begin = quotes.end() if quotes else 0
    start = len(line) - len(line[begin:].lstrip(" \t"))
    marker = _MARKER.match(line, start)
    if marker is None:
        return None
    task = _TASK.match(line, marker.end())
    offset = task.end() if task else marker.end()
    text = line[offset:].rstrip()
    if not _WORD.search(text) or _HEADING.match(text) or "summary>" in text:
        return None
    digits = marker["number"] or marker["label"]
    style = "①" if marker["circled"] else _STYLE.sub("", marker.group())[:1]
    circled = marker["circled"]
    ordinal = int(digits) if digits else ord(circled) - ord("①") + 1 if circled else 0
    return ListLine(
        number,
        line.count(">", 0, begin),
        _columns(line[begin:start]),
        _columns(line[begin : marker.end()]),
        offset,
        marker["bullet"] or f"1{style}",
        ordinal,
        text,
        task is not None,
    )


def _columns(text: str) -> int:
    return len(text.expandtabs(4))
