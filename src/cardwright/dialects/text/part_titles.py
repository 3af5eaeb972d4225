"""Titles of parts without a mark of a heading: ``Part C - True or false``, ``二、简答题``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.blocks.signs import is_rule
from cardwright.wording.words import Concept, alternatives

_PART = re.compile(
    r"(?i)[ \t]*(?:\*\*|__)?(?:"
    rf"{alternatives(Concept.DIVISION)}[ \t]+(?:\d{{1,2}}|[a-h]|[ivx]{{1,4}})"
    r"(?:[ \t]*[-–—:.)：][ \t]*[^.?!？！。]{0,80})?"
    rf"|[^\w\s]{{0,4}}[ \t]?{alternatives(Concept.CARD)}[ \t]+\d{{1,3}}"
    r"|[IVX]{1,4}[.)][ \t]+[^.?!？！。:：]{3,60}"
    r"|第[一二三四五六七八九十\d]{1,3}(?:部分|部|大题)[^.?!？！。]{0,40}"
    r"|[（(]?[一二三四五六七八九十]{1,3}[）)、.．：:][ \t]*[^\s.?!？！。]{0,12}[题題]"
    r"(?:[（(][^()（）]{0,60}[）)])?"
    r")[:：.]?[ \t]*(?:\*\*|__)?[ \t]*(?:[（(][^()（）]{0,60}[）)])?[ \t]*$"
)
_GLUED = re.compile(r"[^\W\d_a-z][^\n.:：。?？!！;,|`<>*_#]{2,50}[^\W_][ \t]*")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]")
_LONGEST = 200
_MOST_LINES = 4
"""So many lines with text stand at most between a part's title and its first question."""


def without_titles(
    lines: Sequence[str], is_verbatim: Sequence[bool], start: int, end: int, item: int = 0
) -> int:
    """The line at which the titles of the question at ``end`` begin, ``end`` where it has none.

    ``item`` is the column of the text of the items that the questions stand in.
    """
    end = without_part_title(lines, is_verbatim, start, end)
    end = _without_glued_title(lines, is_verbatim, start, end)
    return _without_outer_item(lines, start, end, item) if item else end


def without_part_title(
    lines: Sequence[str], is_verbatim: Sequence[bool], start: int, end: int
) -> int:
    """The line after the last before the title of a part that stands above ``end``, or ``end``.

    The title stands alone on its line behind a blank one or a rule, not above ``start``; a rule
    above it goes as well.
    """
    count = 0
    for number in range(end - 1, start - 1, -1):
        text = lines[number - 1]
        if is_verbatim[number - 1] or count > _MOST_LINES:
            return end
        count += bool(text.strip())
        if len(text) > _LONGEST or not _PART.match(text) or not _is_apart(lines, number):
            continue
        last = number
        while last > start and (not lines[last - 2].strip() or is_rule(lines[last - 2])):
            last -= 1
        return last
    return end


def _is_apart(lines: Sequence[str], number: int) -> bool:
    above = lines[number - 2] if number > 1 else ""
    return not above.strip() or is_rule(above)


def _without_glued_title(
    lines: Sequence[str], is_verbatim: Sequence[bool], start: int, end: int
) -> int:
    """``end``, or the line above it where that is a title of the questions that begin there.

    It is no sentence and stands behind a blank line, right above them. The answer that begins at
    ``start`` has text before it, and its question stands behind a blank line or a title too.
    """
    number = end - 1
    if number <= start or is_verbatim[number - 1] or not _is_title(lines, number):
        return end
    is_first_apart = start < 3 or not lines[start - 3].strip() or _is_title(lines, start - 2)
    has_text = any(text.strip() for text in lines[start - 1 : number - 1])
    return number if has_text and is_first_apart else end


def _is_title(lines: Sequence[str], number: int) -> bool:
    is_glued = number > 1 and lines[number - 2].strip() != ""
    return not is_glued and _GLUED.fullmatch(lines[number - 1]) is not None


def _without_outer_item(lines: Sequence[str], start: int, end: int, item: int) -> int:
    """``end``, or the line above it that begins the item which holds the next question."""
    number = end
    while number - 1 > start and lines[number - 2].strip():
        number -= 1
    match = _ITEM.match(lines[number - 1]) if number < end else None
    return number if match and len(match["indent"]) + 2 < item else end
