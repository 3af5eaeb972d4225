"""Dialect ``quiz``: a question with options, one of them marked as right: ``- [x] a leaf``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer, next_item
from cardwright.dialects.filled_gaps import (
    FILLED,
    explanation_end,
    filled_gaps,
    questions_with_gaps,
)
from cardwright.dialects.labels import label_at
from cardwright.dialects.named_options import naming_lines
from cardwright.dialects.options import Options, are_settled
from cardwright.dialects.statements import statements
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, cut, joined
from cardwright.wording import asks
from cardwright.wording.signs import GAP

_ENDS = (EndRule.RULE, EndRule.HEADING)
TICKED, _BARE, _OPEN = "options with a tick", "options without letters, with a tick", "options"
NAMED = "options and a line that names one"
"""What shows which option is right, as ``explain`` says it."""


def quiz(outline: Outline) -> list[Question]:
    """Return the questions above options with a mark of the right one, and statements to judge.

    Questions whose options have no mark are found too, if they are a minority. So they do not
    become a part of another answer. Ticks without letters are lists of tasks if half of the
    lines above them neither ask nor count. Of items in bold, more than half must not.
    """
    offered = outline.once(offers)
    if [kind for _, kind in offered].count(_OPEN) * 2 > len(offered):
        offered = [(spot, kind) for spot, kind in offered if kind != _OPEN]
    kinds = {spot.line: kind for spot, kind in offered}
    found = questions_above(outline, [spot for spot, _ in offered], is_apart=False)
    ruled = (question._replace(rule=kinds[question.answer.start]) for question in found)
    questions = [question for question in ruled if question.rule != FILLED]
    bare = [q for q in questions if q.rule == _BARE]
    tasks = [q for q in bare if not _is_asked(outline, q)]
    left_out = tasks if len(tasks) * 2 >= len(bare) + outline.is_bold_right else []
    chosen = [
        q for q in questions if q not in left_out and (q.rule != _OPEN or _is_asked(outline, q))
    ]
    chosen = sorted([*chosen, *questions_with_gaps(outline)], key=lambda question: question.line)
    ended = [_ended(outline, each, after.line if after else 0) for each, after in with_next(chosen)]
    return [*ended, *statements(outline)]


_BLANK = re.compile(GAP)


def _is_asked(outline: Outline, question: Question) -> bool:
    label = label_at(outline, question.line)
    is_named = question.number or (label is not None and label.asks)
    return bool(is_named or asks(question.text) or _BLANK.search(question.text))


def offers(outline: Outline) -> list[tuple[Spot, str]]:
    """Return all options outside of folds, and what shows the right ones."""
    spots: list[tuple[Spot, str]] = []
    gaps = outline.once(filled_gaps)
    found = [*_outside_of_folds(outline)]
    limits = [*(options[0].start + 1 for options in found[1:]), len(outline.lines) + 1]
    for options, limit in zip(found, limits, strict=False):
        line, end = options[0].start + 1, options[-1].end + 1
        labels = [option.label for option in options if option.label]
        names = labels and naming_lines(
            outline.lines, outline.is_verbatim, labels, end - 1, limit - 1
        )
        if line in gaps:
            kind = FILLED
        elif names:
            end, kind = names[1] + 2, NAMED
        elif are_settled(options):
            kind = TICKED if labels else _BARE
        else:
            kind = _OPEN
        spots.append((Spot(line, Span(line, end, options[0].indent), end), kind))
    return spots


def _outside_of_folds(outline: Outline) -> Iterator[Options]:
    folds = outline.answer_boxes
    starts = [fold.start for fold in folds]
    for options in outline.options:
        at = bisect_right(starts, options[0].start + 1) - 1
        if at < 0 or options[0].start + 1 >= folds[at].end:
            yield options


def _ended(outline: Outline, question: Question, following: int) -> Question:
    """Return the question. Its answer ends where the explanation after the options ends.

    An item with the next number ends it, even without options. Headings in it are parts of it only
    if a heading asks.
    """
    end = question.answer.end
    level = 0 if question.line in outline.levels else 6
    section = Ending(outline.section_end(max(end - 1, question.line)), EndRule.SECTION)
    if question.rule == FILLED:
        following = explanation_end(outline, question, following or section.line)
    following = next_item(outline, question.line, end, following or section.line) or following
    body = Body(question.line, end, following, section, level)
    ending = end_of_answer(outline, body, _ENDS)
    answer = question.answer._replace(end=max(ending.line, end))
    if question.given:
        question = question._replace(given=joined(question.given, cut(outline.lines, answer)))
    return question._replace(answer=answer, direct=answer.end, ending=ending.rule)
