"""Dialect X: ``> [!question]- What is a leaf?``, a callout whose title or body asks."""

from __future__ import annotations

from cardwright.dialects.boxes.asking import boxed_questions
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.text.question import Outline, Question


def callouts(outline: Outline) -> tuple[Question, ...]:
    """The callouts of a kind that asks, and those called "Question 3" that are answered."""
    return tuple(
        question._replace(is_marked=True, rule=f"a callout of the kind '{box.kinds[0]}'")
        for box, question in boxed_questions(outline, _is_question)
        if box.is_asking_kind or question.answer.start < question.answer.end
    )


def _is_question(box: Box) -> bool:
    return box.says is Says.QUESTION and (box.is_asking_kind or not box.is_fold)
