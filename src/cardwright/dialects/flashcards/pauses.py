"""Finds slides with a pause, a line ``. . .``, between question and answer."""

from __future__ import annotations

from itertools import pairwise

from cardwright.dialects.answers.answer import PAUSE
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.order import count_between, first_from
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed


def paused(outline: Outline) -> list[Question]:
    """Return the texts between two rules that a pause (``. . .``) divides, if most have one."""
    pauses = [n for n, text in outline.lines_with(PAUSE) if text.strip() == PAUSE]
    begin, end = outline.first_line - 1, len(outline.lines) + 1
    borders = [begin, *(rule for rule in outline.rules if rule > begin), end] if pauses else []
    found: list[Question] = []
    for start, following in pairwise(borders):
        line = first_from(pauses, start + 1)
        is_headed = count_between(outline.heading_lines, start + 1, following) > 0
        is_one = count_between(pauses, start + 1, following) == 1
        if is_one and not (is_headed or outline.is_verbatim[line - 1]):
            rows = trimmed(cut(outline.lines, Span(start + 1, line)))
            span = Span(line + 1, following)
            rule, ending = "a pause under it", EndRule.RULE
            found += [asked(rows, span, is_marked=True, rule=rule, ending=ending)] if rows else []
    return found if len(found) * 2 > len(borders) - 1 and len(found) > 1 else []
