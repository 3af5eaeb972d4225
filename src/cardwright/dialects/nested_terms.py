"""Finds items that have one item below them, which says what they mean."""

from __future__ import annotations

from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording.titles import names_questions

_FEWEST = 10
_LONGEST = 100
"""The fewest items of such a list, and the most characters of a term."""


def nested_terms(outline: Outline) -> list[Question]:
    """Return each outermost item with the one item below it, if nine of ten have just one.

    If a title says that the items are questions, four of five must, and they may be long.
    """
    asks = any(map(names_questions, outline.names))
    items = [row for row in outline.rows if row.marker and not (row.quotes or row.is_verbatim)]
    least = min((row.indent for row in items), default=0)
    outer = [row for row in items if row.indent == least]
    found: list[Question] = []
    for row, after in with_next(outer):
        end = after.number if after else len(outline.rows) + 1
        below = [each for each in outline.rows[row.number : end - 1] if each.text]
        meaning = below[0] if below else row
        last = meaning.number + 1
        for each in below[1:]:
            if each.indent <= meaning.indent:
                break
            last = each.number + 1
        is_one = all(each.indent <= least for each in below if each.number >= last)
        is_able = meaning.marker and meaning.indent > least and not (meaning.box or row.box)
        if is_able and is_one and (asks or len(row.text) <= _LONGEST):
            front = Line(row.text, row.number, row.offset + 1)
            span = Span(meaning.number, last, meaning.width, meaning.offset + 1)
            rule = "an item over what it means"
            found.append(asked([front], span, rule=rule, ending=EndRule.PIECE))
    is_most = len(found) * 10 >= len(outer) * (8 if asks else 9)
    return found if len(found) >= _FEWEST and is_most else []
