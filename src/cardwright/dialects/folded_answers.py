"""Dialect D2: the question stands before a fold whose title says that the answer is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.answers.asked_above import Spot, questions_above
from cardwright.dialects.boxes.groups import Group, answer_groups, asks_for
from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.endings import EndRule
from cardwright.dialects.flashcards.named_sides import without_side
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import nothing_at
from cardwright.wording import asks

_RULE = "text above a fold that says 'Answer'"


def folded_answers(outline: Outline) -> tuple[Question, ...]:
    """What stands before each fold of an answer, up to the one before, a heading or a rule.

    Folds of hints and of explanations that follow without text between belong to the answer. In
    another fold only what stands in it asks, or its title, which is of another dialect.
    """
    groups = [
        group
        for group in outline.once(answer_groups)
        if group.around is None or not asks_for(outline, group.around)
    ]
    spots = list(_spots(groups))
    found = {each.answer: each for each in questions_above(outline, spots, is_apart=True)}
    questions: list[Question] = []
    for group in groups:
        question = found.get(group.boxes[0].whole(group.end))
        if question is None or not (_says_answer(group) or question.number or asks(question.text)):
            continue
        front = without_side(question.front)
        questions.append(replace(question, front=front, rule=_RULE, ending=EndRule.CONTAINER))
    return tuple(questions)


def _says_answer(group: Group) -> bool:
    return any(box.says is not Says.OPEN for box in group.boxes)


def _spots(groups: Sequence[Group]) -> Iterator[Spot]:
    """Where the answers are, and between them the edges of the boxes around them."""
    around = None
    for group in groups:
        if around is not group.around:
            if around is not None:
                yield Spot(around.end, nothing_at(around.end), around.end)
            around = group.around
            if around is not None:
                yield Spot(around.body.start, nothing_at(around.body.start), around.body.start)
        yield Spot(group.start, group.boxes[0].whole(group.end), group.end)
