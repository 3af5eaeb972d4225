"""Dialect X: ``> [!question]- What is a leaf?``, a callout whose title or body asks."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.dialects.boxes.asking import inside, question_of
from cardwright.dialects.boxes.groups import is_section
from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import cut


def callouts(outline: Outline) -> tuple[Question, ...]:
    """The callouts of a kind that asks, and those called "Question 3" that are answered.

    One that only holds such callouts asks nothing itself.
    """
    return tuple(_found(outline))


def _found(outline: Outline) -> Iterator[Question]:
    end = 0
    for at, box in enumerate(outline.folds):
        if box.start < end or box.says is not Says.QUESTION or _only_holds_others(outline, at):
            continue
        if is_section(outline, box) or (box.is_fold and not box.is_asking_kind):
            continue  # for the dialects of folds
        rule = f"a callout of the kind '{box.kinds[0]}'"
        question = question_of(outline, at, rule, is_marked=True)
        if box.is_asking_kind or question.answer.start < question.answer.end:
            yield question
            end = max(box.end, question.answer.end)


def _only_holds_others(outline: Outline, at: int) -> bool:
    inner = inside(outline, at)
    if not any(box.says is Says.QUESTION for box in inner):
        return False
    held = {number for box in inner for number in range(box.start, box.end)}
    rows = cut(outline.lines, outline.folds[at].body)
    return not any(row.text.strip() for row in rows if row.number not in held)
