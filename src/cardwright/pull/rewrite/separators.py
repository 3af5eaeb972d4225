"""Splits the Markdown between two blocks into its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardwright.pull.located import Span


@dataclass(frozen=True, slots=True)
class Separator:
    """The Markdown between the words of two blocks, from ``start`` to ``end`` of ``text``.

    ``middle`` spans the line breaks and blank lines, ``prefix_span`` the prefix of the next
    block's line, and ``opener_span`` the marks that open there.
    """

    text: str
    start: int
    end: int
    middle: Span
    prefix_span: Span
    opener_span: Span

    @property
    def prefix(self) -> str:
        return self.text[slice(*self.prefix_span)]

    @property
    def openers(self) -> str:
        return self.text[slice(*self.opener_span)]

    @property
    def has_blank_line(self) -> bool:
        return re.search(r"\n[ \t>]*\n", self.text[slice(*self.middle)]) is not None


_CLOSERS = re.compile(r"(?:[*_~=`]+|\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\[\]\n]*\]|\]|</\w+>|>)*")
_PREFIX = re.compile(
    r"(?:[ \t]|>|(?:[-*+]|\d+[.)])(?=[ \t])|#{1,6}(?=[ \t])|\[[ xX]\](?=[ \t])|:(?=[ \t])"
    r"|\|(?=[ \t])|\[!\w+\][+-]?)*"
)
_FENCE_LINE = re.compile(r"(?:^|\n)(?P<line>[^\n]*(?:```|~~~)[^\n]*\n)\Z")
_CLOSING_FENCE = re.compile(r"\n[ \t>]*(?:`{3,}|~{3,})[ \t]*(?=\n|\Z)")
_CELL = re.compile(r"(?P<middle>[^\w]*?\|\s*)(?P<openers>[*_~=`\[]*)")


def separator_before(text: str, start: int, tail_end: int, end: int, kind: str) -> Separator:
    """Return the separator from ``start`` to ``end``, before a block of ``kind``.

    ``tail_end`` is where the line tail of the block before it ends.
    """
    rest = text[tail_end:end]
    newline = rest.rfind("\n")
    if newline < 0 and start:
        match = _CELL.match(rest)
        middle = tail_end + (match.end("middle") if match else len(rest))
        return Separator(text, start, end, (tail_end, middle), (middle, middle), (middle, end))
    line = tail_end + newline + 1
    begin = line
    if kind == "pre":
        match = _FENCE_LINE.search(text[tail_end:line])
        if match:
            begin = tail_end + match.start("line")
            return Separator(text, start, end, (tail_end, begin), (begin, end), (end, end))
    prefix = _PREFIX.match(text, line, end)
    stop = prefix.end() if prefix else line
    return Separator(text, start, end, (tail_end, begin), (begin, stop), (stop, end))


def line_tail(text: str, start: int, limit: int, kind: str) -> Span:
    """Return the rest of the line after a block's last word and closing marks.

    After code, it is the line with the closing fence.
    """
    if kind == "pre":
        match = _CLOSING_FENCE.match(text, start, limit)
        return (start, match.end()) if match else (start, start)
    closers = _CLOSERS.match(text, start, limit)
    begin = closers.end() if closers else start
    newline = text.find("\n", begin, limit)
    end = newline if newline >= 0 else limit
    is_cell = newline < 0 and limit < len(text)
    return (begin, begin) if is_cell else (begin, end)
