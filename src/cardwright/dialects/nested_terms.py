"""Finds items that have one item below them, which says what they mean."""

from __future__ import annotations

from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.model import Line

_FEWEST = 10
_LONGEST = 100
"""The fewest items of such a list, and the most characters of a term."""


def nested_terms(outline: Outline) -> list[Question]:
    """Return each outermost item with the one item below it, if nine of ten have just one."""
    items = [row for row in outline.rows if row.marker and not (row.quotes or row.is_verbatim)]
    least = min((row.indent for row in items), default=0)
    found: list[Question] = []
    total = 0
    for row, after in with_next([row for row in items if row.indent == least]):
        total += 1
        end = after.number if after else len(outline.rows) + 1
        below = [each for each in outline.rows[row.number : end - 1] if each.text][:2]
        is_one = len(below) == 1 or (len(below) > 1 and below[1].indent <= least)
        if not (below and is_one) or row.box or row.level or len(row.text) > _LONGEST:
            continue
        meaning = below[0]
        if meaning.marker and meaning.indent > least and not (meaning.box or meaning.is_verbatim):
            front = Line(row.text, row.number, row.offset + 1)
            span = Span(meaning.number, meaning.number + 1, meaning.width, meaning.offset + 1)
            rule = "an item over what it means"
            found.append(asked([front], span, rule=rule, ending=EndRule.PIECE))
    return found if len(found) >= _FEWEST and len(found) * 10 >= total * 9 else []
