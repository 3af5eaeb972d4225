"""Dialect D2: the question stands before a fold whose title says that the answer is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.boxes.asking import is_asked_for
from cardwright.dialects.boxes.groups import Group, answer_groups
from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.endings import EndRule
from cardwright.dialects.flashcards.sides import without_side
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import nothing_at
from cardwright.wording import asks

_RULE = "text above a fold that says 'Answer'"


def folded_answers(outline: Outline) -> tuple[Question, ...]:
    """What stands before each fold of an answer, up to the one before, a heading or a rule.

    Folds of hints and of explanations that follow without text between belong to the answer. In
    another box only what stands in it asks, unless its title does; that is another dialect.
    """
    groups = [
        group
        for group in outline.once(answer_groups)
        if group.asking is None and not (group.around and is_asked_for(outline, group.around))
    ]
    spots = list(_spots(groups))
    found = {each.answer: each for each in questions_above(outline, spots, is_apart=True)}
    questions: list[Question] = []
    for group in groups:
        question = found.get(group.boxes[0].whole(group.end))
        is_told = any(box.says is not Says.OPEN for box in group.boxes)
        if question is not None and (is_told or question.number or asks(question.text)):
            front = without_side(question.front)
            questions.append(question._replace(front=front, rule=_RULE, ending=EndRule.CONTAINER))
    return tuple(questions)


def _spots(groups: Sequence[Group]) -> Iterator[Spot]:
    """Where the answers are, and between them the edges of the boxes around them."""
    around = None
    for group in groups:
        if around is not group.around:
            edges = (around.end if around else 0, group.around.body.start if group.around else 0)
            yield from (Spot(line, nothing_at(line), line) for line in edges if line)
            around = group.around
        yield Spot(group.start, group.boxes[0].whole(group.end), group.end)
