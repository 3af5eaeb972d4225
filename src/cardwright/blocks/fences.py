"""Fenced code: which lines it takes, and where a person would end what is not closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cardwright.blocks.signs import FENCE
from cardwright.wording import Wording, asks, read_wording


def lines_of_code(lines: Sequence[str]) -> list[bool]:
    """For each line whether it belongs to a fenced block, the fences themselves included."""
    found = [False] * len(lines)
    for start, end in fenced_blocks(lines):
        found[start:end] = [True] * (end - start)
    return found


def fenced_blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The fenced blocks, each as the index of its first line and the one behind its last.

    No parser is asked. One that is never closed is none here: a stray fence at the end of an
    answer must not hide what follows.
    """
    opened, open_ = 0, None
    for at, line in enumerate(lines):
        if "```" not in line and "~~~" not in line:
            continue
        lead = _LEAD.match(line)
        fence = read_fence(line[lead.end() :] if lead else line)
        if fence is None:
            continue
        if open_ is None:
            opened, open_ = at, fence
        elif fence.mark.startswith(open_.mark) and not fence.info:
            yield opened, at + 1
            open_ = None


_LEAD = re.compile(r"\s*(?:(?:[-*+>]|\d{1,9}[.)])\s+)*")


class Fence(NamedTuple):
    """What opens a block of code (CommonMark section 4.5): its signs, and what it says."""

    mark: str
    info: str


def read_fence(text: str) -> Fence | None:
    """The fence that a text begins with, ``None`` for other text."""
    match = _FENCE.match(text)
    if match is None or (text[0] == "`" and "`" in text[match.end() :]):
        return None
    return Fence(match.group(), text[match.end() :].strip())


_FENCE = re.compile(FENCE)
_MOST_LINES = 300
"""How far the end of a fence is looked for outside of its list item."""


class FenceEnds:
    """Finds where fences end, those that are not closed where CommonMark wants it too.

    One left open ends where the next question begins. One in a list item goes on where its code
    stands further left than the item, if a fence at its own column closes it; where the closing
    fence alone stands outside of the item, that is no opening one. ``cut`` and ``loose`` are the
    lines (from 0) of such fences.
    """

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.cut: list[int] = []
        self.loose: list[int] = []
        self._lines = lines
        self._left_open = -1
        self._last_end = first
        self._unread: list[range] = []
        self._before: dict[str, Wording] = {}
        self._asking: set[str] = set()

    def find(
        self, at: int, fence: Fence, rest: Callable[[int], str | None], column: int, inner: int
    ) -> int:
        """The line behind the last of a fence that line ``at`` opens at ``column``.

        ``rest`` gives the text of a line inside of the containers around it, ``inner`` is the
        column at which the list item around it begins, 0 for none.
        """
        if not fence.info and self._ends_what_was_left(at):
            self._left_open = -1
            return at + 1
        self._unread.append(range(self._last_end, at))
        rows, is_closed = _rows(at, fence, rest)
        end = at + 1 + len(rows) + is_closed
        if inner:
            outside = self._end_outside(at, fence, column, inner)
            self._left_open = -1 if outside or is_closed else end
            self.loose += [at] if outside else []
            end = outside or end
        elif not _SHOWS_MARKDOWN.match(fence.info):
            question = self._question(rows, fence, is_closed=is_closed)
            self.cut += [at] if question else []
            end = at + 1 + question if question else end
        self._last_end = end
        return end

    def _ends_what_was_left(self, at: int) -> bool:
        """Whether a bare fence is the end of one whose list item was over before.

        It follows the code at once, or the next fence says a language and so opens one itself.
        """
        if self._left_open < 0 or any(map(str.strip, self._lines[self._left_open : at])):
            return False
        if self._left_open == at:
            return True
        following = map(read_fence, map(str.lstrip, self._lines[at + 1 : at + _MOST_LINES]))
        return next((bool(fence.info) for fence in following if fence), True)

    def _end_outside(self, at: int, fence: Fence, column: int, inner: int) -> int:
        """The line behind a fence whose code leaves its list item, 0 for one that stays in it.

        What closes it stands at about the column of what opens it, and nothing between them
        begins a list item, a section or another fence.
        """
        has_left = False
        for number, line in enumerate(self._lines[at + 1 : at + _MOST_LINES], at + 1):
            text = line.lstrip()
            if not text:
                continue
            columns = len(line.expandtabs(4)) - len(text.expandtabs(4))
            if _closes(text, fence):
                return number + 1 if has_left and abs(columns - column) < _CODE else 0
            if text.startswith(fence.mark):
                return 0
            has_left = has_left or columns < inner
            if columns < inner and _BEGINS_BLOCK.match(text):
                return 0
        return 0

    def _question(self, rows: Sequence[str], fence: Fence, *, is_closed: bool) -> int:
        """The index of the question that a fence has swallowed, 0 when there is none.

        That is one marked like an earlier one and with the next number; or, when both ask, one
        that another fence begins behind, or that no line closes the fence behind. Where none is
        like an earlier one, it is the first in bold that asks, or the first heading in a fence
        without a language, whose comments it could be.
        """
        like_earlier = first = 0
        for at, text in enumerate(rows):
            if like_earlier and _OPENS_CODE.match(text):
                return like_earlier
            shape, wording = _shape(text)
            begin = _begin(rows, at, shape) if shape else 0
            if not begin or not (shape in _PLAIN or asks(wording.text)):
                continue
            self._look_back()
            above = self._before.get(shape)
            if above and above.ordinal is not None and wording.ordinal == above.ordinal + 1:
                return begin
            if shape == "bold" or (shape.startswith("##") and not fence.info):
                first = first or begin
            if wording.ordinal is None and shape in self._asking:
                like_earlier = like_earlier or begin
        return 0 if is_closed else like_earlier or first

    def _look_back(self) -> None:
        """Note the last question of each shape in the lines between the fences up to here."""
        for line in (line for lines in self._unread for line in lines):
            text = self._lines[line].lstrip(" ")
            shape, wording = _shape(text)
            if shape and len(self._lines[line]) - len(text) < _CODE:
                self._before[shape] = wording
                if shape in _PLAIN or asks(wording.text):
                    self._asking.add(shape)
        self._unread.clear()


def _rows(at: int, fence: Fence, rest: Callable[[int], str | None]) -> tuple[list[str], bool]:
    """The code between two fences, or up to where its container ends; whether it is closed."""
    rows: list[str] = []
    while (text := rest(at + 1 + len(rows))) is not None:
        if fence.mark in text:
            bare = text.lstrip(" ")
            if _closes(bare, fence) and len(text) - len(bare) < _CODE:
                return rows, True
        rows.append(text)
    return rows, False


def _closes(text: str, fence: Fence) -> bool:
    return text.startswith(fence.mark) and not text.strip(fence.mark[0]).strip()


_CODE = 4
"""CommonMark, section 4.4: a line that is so many columns further to the right is code."""
_SHOWS_MARKDOWN = re.compile(r"(?i)(?:markdown|md|mdx)\b")
_BEGINS_BLOCK = re.compile(r"#{2,6}\s|[-*+]\s|\d{1,4}[.)]\s|>|<details|<summary")
_OPENS_CODE = re.compile(r"\s*(?:```|~~~)\s*\w")
_NO_WORDS = Wording("")


def _shape(line: str) -> tuple[str, Wording]:
    """How a line that could be a question is marked, ``""`` for other lines, and its words."""
    text = line.lstrip(" ")
    if text[:1] not in _SIGNS and "#" not in text and " ::" not in text:
        return "", _NO_WORDS
    for pattern, shape in _SHAPES:
        match = pattern.match(text[:1000])
        if match is not None:
            return shape or match[1], read_wording(match[match.lastindex or 0])
    return "", _NO_WORDS


_SHAPES = (
    (re.compile(r"(.*\s#(?:flash)?cards?\b\S*)\s*$", re.IGNORECASE), "tag"),
    (re.compile(r"(#{1,6})\s+(.*\S)"), ""),
    (re.compile(r"(?:\*\*|__)(\S.*)(?:\*\*|__)\W*$"), "bold"),
    (re.compile(r"\*\*(\S[^*]*[?\uff1f؟])\s*\*\*"), "bold"),
    (re.compile(r"((?:Q|Question)\s?\d*\s?[.:].*\S)"), "label"),
    (re.compile(r"(\d{1,3}[.)]\s+.*\S)"), "number"),
    (re.compile(r"(<details\b.*)"), "details"),
    (re.compile(r"(>\s?\[!question\].*)", re.IGNORECASE), "callout"),
    (re.compile(r"(\?\?\?\+? question\b.*)"), "admonition"),
    (re.compile(r"(\?\??)\s*$"), "separator"),
    (re.compile(r"([^\W\d_][^:;(){}=<>]{0,200}\s:::?\s[^:;(){}=<>]*)$"), "colons"),
)
_SIGNS = frozenset("#*_Qq0123456789<>?")
"""What all of them but tags and colons begin with."""
_PLAIN = frozenset({"tag", "details", "callout", "admonition", "separator", "colons"})
"""Marks that mean a question whatever its words."""
_NOWHERE_IN_CODE = frozenset({"bold", "details", "callout", "admonition"})
"""Marks that no code has, so that they need no blank line above and may be indented."""
_MOST_ASKING = 20
"""The most lines of a question above a separator."""


def _begin(rows: Sequence[str], at: int, shape: str) -> int:
    """The index of the line at which a question begins that row ``at`` marks; 0 for code.

    It stands at the margin and below a blank line; the text of one with a separator is above it.
    """
    text = rows[at]
    if shape in _NOWHERE_IN_CODE:
        return at if len(text) - len(text.lstrip(" ")) < _CODE else 0
    begin = at
    if shape == "separator":
        while begin > 1 and rows[begin - 1].strip() and at - begin < _MOST_ASKING:
            begin -= 1
        if begin == at:
            return 0
    is_apart = begin > 0 and not rows[begin - 1].strip()
    return begin if is_apart and not text.startswith(" ") else 0
