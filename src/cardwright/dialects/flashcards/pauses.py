"""Slides with a pause, ``. . .`` alone on a line, between question and answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from cardwright.dialects.answers.answer import PAUSE
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed


def paused(outline: Outline) -> list[Question]:
    """The texts between two rules that a pause (``. . .``) parts in two, if most of them are."""
    pauses = [n for n, text in outline.lines_with(PAUSE) if text.strip() == PAUSE]
    begin, end = outline.document.source.front_matter.length, len(outline.lines) + 1
    borders = [begin, *(rule for rule in outline.rules if rule > begin), end] if pauses else []
    found: list[Question] = []
    for start, following in pairwise(borders):
        lines = _between(pauses, start, following)
        is_headed = bool(_between(outline.heading_lines, start, following))
        if len(lines) == 1 and not (is_headed or outline.is_verbatim[lines[0] - 1]):
            rows = trimmed(cut(outline.lines, Span(start + 1, lines[0])))
            span = Span(lines[0] + 1, following)
            rule, ending = "a pause under it", EndRule.RULE
            found += [asked(rows, span, is_marked=True, rule=rule, ending=ending)] if rows else []
    return found if len(found) * 2 > len(borders) - 1 and len(found) > 1 else []


def _between(lines: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Those of the ordered ``lines`` that are between two others."""
    return lines[bisect_right(lines, start) : bisect_left(lines, end)]
