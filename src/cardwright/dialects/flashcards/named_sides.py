"""Lines that begin with the side of a card they hold: ``**Front:** a leaf``, ``**Back:** …``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cardwright.dialects.flashcards.side_labels import BACK_SIDE, FRONT_SIDE
from cardwright.dialects.text.labelled import labelled_answer, labelled_rows
from cardwright.dialects.text.labels import (
    Label,
    container_end,
    is_rule,
    label_pattern,
    labels,
    read_label,
)
from cardwright.dialects.text.leads import lead_of
from cardwright.dialects.text.part_titles import without_part_title
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.model import Line
from cardwright.wording import asks

_REMARK = r"(?:[ \t]\([^()]{1,20}\))?"
_PATTERN = label_pattern(rf"(?:{FRONT_SIDE}|{BACK_SIDE}){_REMARK}")
_IS_FRONT = re.compile(rf"(?:{FRONT_SIDE}){_REMARK}", re.IGNORECASE)
_COLON = (":", "\uff1a")
_FEWEST = 2
_NEAR = 20
"""So many lines are between the two labels at most."""


def named_sides(outline: Outline) -> tuple[Question, ...]:
    """The questions behind ``Front:``, each answered behind the ``Back:`` that comes next.

    Two of them are no accident (a site has a front, a player a back), and one that asks.
    """
    return outline.once(_named_sides)


def _named_sides(outline: Outline) -> tuple[Question, ...]:
    return tuple(_cards(outline))


def _cards(outline: Outline) -> Iterator[Question]:
    found = [label for label in labels(outline, _PATTERN) if label.mark[:1] in _COLON]
    rules = (at for at in range(1, len(outline.lines) + 1) if is_rule(outline, at))
    closing = sorted({heading.line for heading in outline.headings}.union(rules))
    lines = [label.line for label in found]
    pairs = [
        (front, back) for front, back in pairwise(found) if _is_pair(outline, front, back, closing)
    ]
    for front, back in pairs:
        end = min(_behind(stops, back.line, len(outline.lines) + 1) for stops in (lines, closing))
        end = container_end(outline, back, min(front.indent, back.indent), end)
        end = without_part_title(outline.lines, outline.is_verbatim, back.line + 1, end)
        rows = labelled_rows(outline, front, front.behind(back.line))
        if rows and (len(pairs) >= _FEWEST or asks("\n".join(row.text for row in rows))):
            answer = labelled_answer(outline, back, end)
            yield asked(rows, answer, line=front.line, is_marked=True)


def without_side(rows: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a question without ``Front:`` before them."""
    label = read_label(_PATTERN, rows[0].text, 1, lead_of(rows[0].text)) if rows else None
    if label is None or label.mark[:1] not in _COLON or not _IS_FRONT.fullmatch(label.word):
        return tuple(rows)
    first, at = rows[0], label.column - 1
    return (Line(first.text[at:], first.number, first.column + at), *rows[1:])


def _is_pair(outline: Outline, front: Label, back: Label, closing: list[int]) -> bool:
    """Whether a front's label and the next one are of one card.

    Each an item of a list, they are left to the dialects of lists.
    """
    if not _IS_FRONT.fullmatch(front.word) or _IS_FRONT.fullmatch(back.word):
        return False
    if front.level or back.level or front.quotes != back.quotes:
        return False
    is_near = front.line < back.line <= front.line + _NEAR
    is_listed = re.match(r"[ \t>]*(?:[-*+]|\d{1,4}[.)])[ \t]", outline.lines[back.line - 1])
    return is_near and not is_listed and _behind(closing, front.line, back.line) == back.line


def _behind(stops: list[int], line: int, last: int) -> int:
    """The first of the stops behind a line, ``last`` at most."""
    at = bisect_right(stops, line)
    return min(stops[at], last) if at < len(stops) else last
