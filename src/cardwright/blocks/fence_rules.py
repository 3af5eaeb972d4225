"""Fences that are not closed where CommonMark wants it, ended where a person would end them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock, fence

from cardwright.wording import Wording, asks, read_wording

CUT_FENCES = "cut_fences"
"""The key of ``env`` under which the lines (from 0) of fences left open are listed."""

LOOSE_FENCES = "loose_fences"
"""The key of ``env`` under which the lines of fences are listed that leave their list item."""

_MEMORY = "fence_memory"
_MOST_LINES = 300
"""How far the end of a fence is looked for outside of its list item."""

_OPENING = re.compile(r"(?P<marker>`{3,}|~{3,})\s*(?P<info>[^`\s]*)[^`]*$")
_SHOWS_MARKDOWN = re.compile(r"(?i)(?:markdown|md|mdx)\b")


@dataclass(slots=True)
class _Memory:
    """What is known of the lines before a fence: the last of each shape, and which have asked.

    ``open_end`` is the line at which a list item ended before its fence did, -1 for none.
    """

    seen: int = 0
    shapes: dict[str, Wording] = field(default_factory=dict)
    asking: set[str] = field(default_factory=set)
    open_end: int = -1


def fence_rule(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A fence of CommonMark (section 4.5) that ends where a person would see its end.

    One left open ends where the next question begins. One in a list item goes on where its code
    stands further left than the item, if a fence at its own column closes it; where the closing
    fence alone stands outside of the item, that is no opening one.
    """
    if not state.src.startswith(("`", "~"), state.bMarks[first] + state.tShift[first]):
        return False
    if silent or state.is_code_block(first):
        return fence(state, first, end, silent)
    opening = _OPENING.match(_line(state, first))
    if opening is None:
        return fence(state, first, end, silent)
    memory: _Memory = state.env.setdefault(_MEMORY, _Memory())
    if not opening["info"] and _closes_list_fence(state, memory, first, end):
        state.line = first + 1
        memory.open_end = -1
        return True
    _remember(state, memory, first)
    is_open = _read(state, first, end, opening)
    memory.seen = state.line
    memory.open_end = state.line if is_open and state.blkIndent else -1
    return True


def _read(state: StateBlock, first: int, end: int, opening: re.Match[str]) -> bool:
    """Add the fence to the tokens; returns whether its container ended it, not a fence."""
    if state.blkIndent:
        closing = _end_outside(state, first, end, opening["marker"])
        if closing is not None:
            _push(state, first, closing + 1, opening, LOOSE_FENCES)
            return False
    elif not _SHOWS_MARKDOWN.match(opening["info"]):
        next_question = _question_in_fence(state, first, end, opening)
        if next_question is not None:
            _push(state, first, next_question, opening, CUT_FENCES)
            return False
    fence(state, first, end, False)
    return not _is_closing(_line(state, state.line - 1), opening["marker"])


def _push(state: StateBlock, first: int, last: int, opening: re.Match[str], listed: str) -> None:
    state.env.setdefault(listed, []).append(first)
    state.line = last
    token = state.push("fence", "code", 0)
    token.info = opening["info"]
    token.markup = opening["marker"]
    token.map = [first, last]


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_closing(text: str, marker: str) -> bool:
    return text.startswith(marker) and not text.strip(marker[0]).strip()


def _closes_list_fence(state: StateBlock, memory: _Memory, first: int, end: int) -> bool:
    """Whether a bare fence is the end of one whose list item was over before.

    It follows the code at once, or the next fence has an info string and so opens one itself.
    """
    if memory.open_end < 0:
        return False
    between = range(memory.open_end, first)
    if not all(map(state.isEmpty, between)):
        return False
    if not between:
        return True
    for line in range(first + 1, min(end, first + _MOST_LINES)):
        following = _OPENING.match(_line(state, line))
        if following is not None:
            return bool(following["info"])
    return True


def _end_outside(state: StateBlock, first: int, end: int, marker: str) -> int | None:
    """The line that closes a fence whose code leaves its list item; ``None`` for one that stays.

    The closing fence stands at about the column of the opening one, and nothing between them
    begins a list item, a section or another fence.
    """
    column = state.sCount[first]
    has_left = False
    for line in range(first + 1, min(end, first + _MOST_LINES)):
        if state.isEmpty(line):
            continue
        text = _line(state, line)
        if _is_closing(text, marker):
            return line if has_left and abs(state.sCount[line] - column) <= 3 else None
        if text.startswith(marker):
            return None
        if state.sCount[line] < state.blkIndent:
            has_left = True
            if _BEGINS_BLOCK.match(text):
                return None
    return None


_BEGINS_BLOCK = re.compile(r"#{2,6}\s|[-*+]\s|\d{1,4}[.)]\s|>|<details|<summary")


def _remember(state: StateBlock, memory: _Memory, first: int) -> None:
    """Note the questions among the lines since the last fence; each line is looked at once."""
    for line in range(memory.seen, first):
        found = _shape(_line(state, line)) if state.sCount[line] <= _MOST_INDENT else None
        if found is not None:
            shape, wording = found
            memory.shapes[shape] = wording
            if shape in _PLAIN or asks(wording.text):
                memory.asking.add(shape)
    memory.seen = max(memory.seen, first)


_MOST_INDENT = 3
"""CommonMark, section 4.4: a line further to the right is code."""


def _shape(text: str) -> tuple[str, Wording] | None:
    """How a line that could be a question is marked, and its words; ``None`` for other lines."""
    if text[:1] not in _SHAPE_SIGNS and "#" not in text and " ::" not in text:
        return None
    for pattern, shape in _SHAPES:
        match = pattern.match(text[:1000])
        if match is not None:
            name = match[1] if shape == "#" else shape
            return name, read_wording(match[match.lastindex or 0])
    return None


_SHAPES = (
    (re.compile(r"(.*\s#(?:flash)?cards?\b\S*)\s*$", re.IGNORECASE), "tag"),
    (re.compile(r"(#{1,6})\s+(.*\S)"), "#"),
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
_SHAPE_SIGNS = frozenset("#*_Qq0123456789<>?")
"""What all of them but tags and colons begin with."""
_PLAIN = frozenset({"tag", "details", "callout", "admonition", "separator", "colons"})
"""Marks that mean a question whatever its words."""
_NOWHERE_IN_CODE = frozenset({"bold", "details", "callout", "admonition"})
"""Marks that no code has, so that they need no blank line above and may be indented."""


def _question_in_fence(
    state: StateBlock, first: int, end: int, opening: re.Match[str]
) -> int | None:
    """The line of a question that the fence has swallowed, ``None`` when there is none.

    That is one marked like an earlier one and with the next number; or, when both ask, one that
    another fence begins behind, or that no line closes the fence behind. Where no line closes
    the fence and none is like an earlier one, it is the first in bold that asks, or the first
    heading in a fence without a language, whose comments it could be.
    """
    marker = opening["marker"]
    earlier: _Memory = state.env[_MEMORY]
    candidate: int | None = None
    first_to_ask: int | None = None
    for line in range(first + 1, end):
        text = _line(state, line)
        if _is_closing(text, marker):
            return None
        if candidate is not None and re.match(r"(?:```|~~~)\s*\w", text):
            return candidate
        here = _shape(text)
        begin = _begin_of_question(state, first, line, here[0]) if here else None
        if here is None or begin is None:
            continue
        shape, wording = here
        if shape not in _PLAIN and not asks(wording.text):
            continue
        above = earlier.shapes.get(shape)
        if above and above.ordinal is not None and wording.ordinal == above.ordinal + 1:
            return begin
        if first_to_ask is None and (
            shape == "bold" or (shape.startswith("##") and not opening["info"])
        ):
            first_to_ask = begin
        if candidate is None and wording.ordinal is None and shape in earlier.asking:
            candidate = begin
    return first_to_ask if candidate is None else candidate


def _begin_of_question(state: StateBlock, first: int, line: int, shape: str) -> int | None:
    """The line at which a question begins that a mark in code may belong to; ``None`` for code.

    It stands at the margin and below a blank line; the text of one with a separator is above it.
    """
    if shape in _NOWHERE_IN_CODE:
        return line if state.sCount[line] <= _MOST_INDENT else None
    if state.tShift[line]:
        return None
    begin = line
    if shape == "separator":
        while begin - 1 > first and not state.isEmpty(begin - 1) and line - begin < _MOST_ASKING:
            begin -= 1
        if begin == line:
            return None
    return begin if begin - 1 > first and state.isEmpty(begin - 1) else None


_MOST_ASKING = 20
"""The most lines of a question above a separator."""
