"""Finds fenced code, and where a person would end a block that is not closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cardwright.wording import asks, read_wording
from cardwright.wording.signs import BOLD_SIGN, FENCE, FENCES, ITEM, MARKER

_LEAD = re.compile(rf"\s*(?:(?:>|{MARKER})\s+)*")
_FENCE = re.compile(FENCE)
_CODE = 4  # CommonMark, section 4.4: from this indentation on, a line is code
_WRAPS = re.compile(rf"(?i) {{0,3}}(?P<mark>{FENCE})[ \t]*(?:markdown|md)[ \t]*")
_OUTSIDE = 5  # at most one in this many lines with text is outside
_FEWEST_ASKING = 3
_LONGEST = 1000
_QUESTION = re.compile(
    rf" {{0,3}}#{{2,6}}\s+\S|(?P<bold>{BOLD_SIGN})\S[^*]*(?P=bold)\W*$"
    r"|(?i:q|question)\s?\d*\s?[.:]|\d{1,3}[.)]\s+\S"
)
"""Marks of a question, if its words ask, too."""
_LABELLED = re.compile(rf"\s*{ITEM}{BOLD_SIGN}(?i:q|question)\s?\d*:")
"""An item with the label of a question needs no blank line above it."""
_SHOWS_MARKDOWN = re.compile(r"(?i)(?:markdown|md|mdx)\b")
_OPENS_CODE = re.compile(rf"\s*(?:{FENCE})\s*\w")


def lines_of_code(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it belongs to a fenced block, fences included."""
    found = [False] * len(lines)
    for start, end in fenced_blocks(lines):
        found[start:end] = [True] * (end - start)
    return found


def fenced_blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the fenced blocks, each as the index of its first line and the one after its last.

    This asks no parser. A block that is never closed does not count: a stray fence at the end of an
    answer must not hide what follows.
    """
    opened, open_ = 0, None
    for at, line in enumerate(lines):
        if FENCES[0] not in line and FENCES[1] not in line:
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


class Fence(NamedTuple):
    """The start of a block of code (CommonMark section 4.5): its signs, and its info string."""

    mark: str
    info: str


def read_fence(text: str) -> Fence | None:
    """Return the fence that a text begins with, or ``None``."""
    match = _FENCE.match(text)
    if match is None or (text[0] == "`" and "`" in text[match.end() :]):
        return None
    return Fence(match.group(), text[match.end() :].strip())


def closed_rows(at: int, fence: Fence, rest: Callable[[int], str | None]) -> tuple[list[str], bool]:
    """Return the code after a fence on line ``at``, up to its closing fence or its container's end.

    ``rest`` gives the text of a line inside of the containers. The second value says whether a
    fence closes the code.
    """
    rows: list[str] = []
    while (text := rest(at + 1 + len(rows))) is not None:
        if fence.mark in text:
            bare = text.lstrip(" ")
            is_mark = bare.startswith(fence.mark) and not bare.strip(fence.mark[0]).strip()
            if is_mark and len(text) - len(bare) < _CODE:
                return rows, True
        rows.append(text)
    return rows, False


def without_wrapping(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines without the fences around nearly all of them, as chat programs write them.

    There is one fence that says ``markdown``, and questions in it. The last fence with its mark
    closes it. Each of the two leaves a blank line.
    """
    able = ((at, line) for at, line in enumerate(lines) if "m" in line[:20])
    found = [(at, match["mark"]) for at, line in able if (match := _WRAPS.fullmatch(line))]
    if len(found) != 1:
        return lines
    ((start, mark),) = found
    closing = (at for at in range(len(lines) - 1, start, -1) if lines[at].strip() == mark)
    end = next(closing, len(lines))
    inside = lines[start + 1 : end]
    is_all = sum(map(_has_text, inside)) * _OUTSIDE >= sum(map(_has_text, lines)) * (_OUTSIDE - 1)
    if not is_all or sum("?" in line for line in inside) < _FEWEST_ASKING:
        return lines
    return tuple("" if at in (start, end) else line for at, line in enumerate(lines))


def _has_text(line: str) -> bool:
    return not line.isspace() and line != ""


def swallowed_question(rows: Sequence[str], fence: Fence, *, is_closed: bool) -> int:
    """Return the index of the first question in code, 0 if there is none.

    This is for code that no line closes, or that has another fence with a language after the
    question.
    """
    opening = [at for at, text in enumerate(rows) if _OPENS_CODE.match(text)] if is_closed else []
    if _SHOWS_MARKDOWN.match(fence.info) or (is_closed and not opening):
        return 0
    for at, text in enumerate(rows[: opening[-1]] if opening else rows):
        is_apart = text.startswith(("**", "__")) or not rows[at - 1].strip()
        is_marked = (is_apart and _QUESTION.match(text[:_LONGEST])) or _LABELLED.match(text)
        if is_marked and asks(read_wording(text.lstrip("# -+\t")).text):
            return at
    return 0
