"""Dialect ``lines``: lines that look alike and repeat, each with text under it.

Most unforeseen ways to mark a question are of this kind. It is a plain line that asks, or a line
that is in italics, is underlined, or comes after a sign such as ``❓``. A line has a look. If there
are several lines of a look, and text follows them, they are proposed together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from cardwright.blocks.rows import Row
from cardwright.dialects.alternating import alternating
from cardwright.dialects.asking import reply_below
from cardwright.dialects.endings import Body, EndRule, end_of_answer, quotes_below
from cardwright.dialects.looks import (
    ANSWERED,
    ASKING,
    ASKS,
    BEHIND,
    COUNTED,
    TASK,
    answer_of,
    front_of,
    go_on_asking,
    is_asking,
    is_task,
    look_of,
    tight_tasks,
)
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked, ended_at_next
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.model import Line
from cardwright.wording.signs import CROSS, TICK, begins_with_key

_FEWEST = 3
"""The fewest lines of one look that make a pattern."""
_MOST_LINES = 20
"""Half of the questions must have the next one within this many lines."""
_RULES = (EndRule.SECTION, EndRule.CONTAINER)
_RULES_ON_LINE = (*_RULES, EndRule.BLANK)
"""An answer that begins on the line of its question ends with the paragraph."""


def lines_that_repeat(outline: Outline) -> tuple[Question, ...]:
    """Return the lines of each look that repeats, and the text between them."""
    looks: defaultdict[tuple[str, int], list[Row]] = defaultdict(list)
    last, is_apart, rules = "", True, {*outline.rules}
    tasks: list[Row] = []
    for row in outline.rows:
        if row.is_blank and not row.level:
            is_apart = True
            continue
        # A paragraph goes on with a question if it has an answer behind it or a label below.
        is_new = is_apart or begins_with_key(row.text)
        is_listed = last == ANSWERED and not row.text[:1].islower()
        look = look_of(row) if is_new or is_listed or ASKS.search(row.text) else ""
        tasks += [row] if is_new and not look and is_task(row) else []
        is_apart = is_new or (is_listed and look == ANSWERED)
        if not is_apart and look == ASKING:
            look = look if reply_below(outline, row.number + 1, row.number + 3) else ""
        elif not is_apart:
            look = ""
        if look and not (look.startswith(BEHIND) and is_asking(last) and not is_asking(look)):
            looks[look, row.quotes].append(row)
        if row.level or row.number in rules:
            last = ""
        elif not (last.startswith(BEHIND) and is_asking(last)):
            last = look
        is_apart = row.is_verbatim or row.level > 0 or row.text.endswith((">", "%}"))
    asking = looks[ASKING, 0]
    if len(asking) >= _FEWEST:
        looks[ASKING, 0] = sorted([*asking, *tight_tasks(outline, tasks, asking)])
    found = [
        question
        for (look, _), rows in looks.items()
        if _repeats(look, rows) or any(outline.knows(row.text) for row in rows)
        for question in _questions(outline, look, rows)
    ]
    return tuple(ended_at_next(outline.once(alternating) or found))


def _repeats(look: str, rows: Sequence[Row]) -> bool:
    """Whether there are enough lines, close enough to each other for a list of questions."""
    if len(rows) < _FEWEST:
        return False
    gaps = [after.number - row.number for row, after in pairwise(rows)]
    return look == COUNTED or median(gaps) <= _MOST_LINES


def _questions(outline: Outline, look: str, rows: Sequence[Row]) -> list[Question]:
    found: list[Question] = []
    alone = sum(not quotes_below(outline, row.number) for row in rows)
    is_title = len({row.text for row in rows}) * 2 <= len(rows)
    is_marked = look != ASKING and is_asking(look) and not is_title
    is_below = alone * 2 > len(rows)  # a quotation that asks, and its answer below it
    for row, after in with_next(rows):
        is_on_line = look == ANSWERED
        start, quotes = row.number + (not is_on_line), 0 if is_below else row.quotes
        body = Body(row.number, start, after.number if after else 0, quotes=quotes)
        ending = end_of_answer(outline, body, _RULES_ON_LINE if is_on_line else _RULES)
        span = answer_of(look, row, Span(start, ending.line, quotes=quotes))
        if look == ASKING and go_on_asking(row, outline.rows[start - 1 : span.end - 1]):
            span = nothing_at(start)  # these are further questions that nothing answers
        front = front_of(look, row)
        judged = _VERDICT.search(front.text) if is_marked else None
        given = (Line(judged[1], row.number), *cut(outline.lines, span)) if judged else ()
        rule = TASK if look == ASKING and is_task(row) else look
        made = asked([front], span, is_marked=is_marked, given=given, rule=rule, ending=ending.rule)
        found.append(made)
    return found


_VERDICT = re.compile(rf"({TICK}|{CROSS})\s*$")
"""A remark on whether a statement is true. No question has it."""
