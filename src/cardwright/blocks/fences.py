"""Fenced code: which lines it takes, and where a person would end what is not closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from cardwright.blocks.signs import FENCE
from cardwright.wording import asks, read_wording


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
_CODE = 4
"""CommonMark, section 4.4: a line that is so many columns further to the right is code."""


def closed_rows(at: int, fence: Fence, rest: Callable[[int], str | None]) -> tuple[list[str], bool]:
    """The code behind a fence on line ``at``, up to what closes it or ends its container.

    ``rest`` gives the text of a line inside of the containers; the second value says whether a
    fence closes the code.
    """
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


def swallowed_question(
    rows: Sequence[str], fence: Fence, levels: Collection[int], *, is_closed: bool
) -> int:
    """The index of the question that a fence has swallowed, 0 when there is none.

    No line closes the fence, or another fence with a language begins behind the question.
    """
    if is_closed and not any("```" in row or "~~~" in row for row in rows):
        return 0
    if _SHOWS_MARKDOWN.match(fence.info):
        return 0
    question = 0
    for at, text in enumerate(rows):
        if question and _OPENS_CODE.match(text):
            return question
        question = question or _question(rows, at, levels if fence.info else range(2, 7))
    return 0 if is_closed else question


_SHOWS_MARKDOWN = re.compile(r"(?i)(?:markdown|md|mdx)\b")
_OPENS_CODE = re.compile(r"\s*(?:```|~~~)\s*\w")
_ASKING = re.compile(
    r"(?P<hashes>#{2,6})\s+(?P<heading>.*\S)|(?P<anywhere>\*\*\S[^*]*\*\*)\W*$"
    r"|(?P<label>(?i:q|question)\s?\d*\s?[.:].*\S)|(?P<number>\d{1,3}[.)]\s+.*\S)"
)
"""Marks of a question where the words ask as well."""


def _question(rows: Sequence[str], at: int, levels: Collection[int]) -> int:
    """The index ``at`` where a question begins there, 0 for code."""
    match = _ASKING.match(rows[at][:_LONGEST])
    if match is None or (match["hashes"] and len(match["hashes"]) not in levels):
        return 0
    is_apart = match["anywhere"] is not None or not rows[at - 1].strip()
    return at if is_apart and asks(read_wording(match["heading"] or match.group()).text) else 0


_LONGEST = 1000
