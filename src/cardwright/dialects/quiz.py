"""Dialect M: a question, options to choose from, and what tells which of them is right.

Exams put others between them: "true or false", a paragraph and under it the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.dialects.answers.asked_above import Spot, questions_above
from cardwright.dialects.counting import Counting
from cardwright.dialects.multiple_choice.answer_lines import answer_spots, are_asked
from cardwright.dialects.multiple_choice.explanations import with_explanations
from cardwright.dialects.multiple_choice.offers import OPEN, TICKED, offers
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks


def quiz(outline: Outline) -> tuple[Question, ...]:
    """The questions above options of which one is said to be right, and above "Answer: …".

    The answer begins with the options and ends where the next question begins, or a rule, a
    line like ``Q8.`` or the end of the section comes before. Ticks without a word are a quiz
    only under what asks; else they are tasks, done or not. Where most options have a right one,
    or there are as many other answers, those that have none are found as well, so that they are
    no part of the next question.
    """
    told = answer_spots(outline)
    counting = Counting(outline)
    options = offers(outline, told, counting)
    spots = [each.spot for each in options]
    ticked = {each.spot.line for each in options if each.kind == TICKED}
    open_ = {each.spot.line for each in options if each.kind == OPEN}
    if len(open_) * 2 > len(spots) + len(told):
        spots = [spot for spot in spots if spot.line not in open_]
    choosing = {spot.line for spot in spots}
    spots = _merged(spots, told)
    questions = questions_above(outline, spots, is_apart=False)
    chosen = _asked_somewhere(
        outline, [question for question in questions if question.answer.start in choosing]
    )
    chosen = [each for each in chosen if each.answer.start not in open_ or asks(each.text)]
    others = [question for question in questions if question.answer.start not in choosing]
    kept = are_asked(outline, others, has_options=bool(chosen))
    whole = sorted((*_without_tasks(chosen, ticked), *kept), key=lambda question: question.line)
    return with_explanations(outline, whole, counting)


def _asked_somewhere(outline: Outline, questions: list[Question]) -> list[Question]:
    """The questions without headings that ask nothing, where most are asked by a text."""
    levels = {heading.line: heading.level for heading in outline.headings}
    asking = {levels.get(q.line) for q in questions if asks(q.text)}
    mute = {
        q.line
        for q in questions
        if q.line in levels and levels[q.line] not in asking and not (q.number or asks(q.text))
    }
    if len(mute) * 2 >= len(questions):
        return questions
    return [question for question in questions if question.line not in mute]


def _merged(spots: list[Spot], others: list[Spot]) -> list[Spot]:
    """The spots in order, without those of ``others`` that stand in a spot before them."""
    found: list[Spot] = []
    for spot in sorted((*spots, *others), key=lambda spot: spot.line):
        if not found or spot.line >= found[-1].end:
            found.append(spot)
    return found


_GAP = re.compile(r"(?:^|\s)_+(?:\W|$)|_{2,}|\.{3}|…|[:：]\s*$")


def _without_tasks(questions: Sequence[Question], ticked: set[int]) -> tuple[Question, ...]:
    """The questions without those that ticks alone answer and nothing asks.

    A number is enough where most of the others ask, and nothing is needed where three in four do.
    """
    alone = [question for question in questions if question.answer.start in ticked]
    asking = {question.line for question in alone if _asks(question)}
    numbered = {question.line for question in alone if question.number}
    if len(asking) * 2 >= len(alone):
        asking |= numbered
    if len(asking) * 4 >= len(alone) * 3:
        return tuple(questions)
    return tuple(
        question
        for question in questions
        if question.answer.start not in ticked or question.line in asking
    )


def _asks(question: Question) -> bool:
    return (
        asks(question.text)
        or bool(question.number and _GAP.search(question.text))
        or (_GAP.search(question.text.rstrip(":：")) is not None)
    )
