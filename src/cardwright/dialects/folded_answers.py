"""Dialect ``folded-answers``: the text above ``<details><summary>Answer</summary>`` asks."""

from __future__ import annotations

from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.boxes.answers import Group, answer_groups, groups_of
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks

_RULE = "text above a fold that says 'Answer'"


def folded_answers(outline: Outline) -> tuple[Question, ...]:
    """Return the questions above folded answers, back to the last fold, a heading or a rule.

    Folds with hints and explanations belong to the answer if no text is between them. Folds in a
    box that asks belong to another dialect.
    """
    groups = [each for each in outline.once(answer_groups) if not _is_asked(outline, each)]
    spots = [Spot(each.start, each.boxes[0].whole(each.end), each.end) for each in groups]
    found = {each.answer: each for each in questions_above(outline, spots)}
    told = ((found.get(spot.answer), each) for spot, each in zip(spots, groups, strict=True))
    return tuple(
        question._replace(rule=_RULE, ending=EndRule.CONTAINER)
        for question, group in told
        if question and (group.is_told or asks(question.text))
    )


def _is_asked(outline: Outline, group: Group) -> bool:
    """Whether a box asks for the answer: one right above it, or one around no other answer."""
    box = group.around
    may_ask = box is not None and (box.is_asking_kind or (box.is_fold and box.title))
    return group.asking is not None or bool(
        box and may_ask and (len(groups_of(outline, box)) == 1 or asks(box.text))
    )
