"""Dialects ``details``, ``callouts``, ``folded-answers``: questions with a fold or a callout.

``<summary>What is a leaf?</summary>`` and ``> [!question]`` ask. ``<summary>Answer</summary>``
answers the text above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.questions import (
    Group,
    answer_groups,
    groups_of,
    index_behind,
    is_callout,
    question_of_box,
)
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks
from cardwright.wording.titles import Role, names_a_section


def folded_questions(outline: Outline) -> tuple[Question, ...]:
    """Return the folds with a title of their own, and answered ones called "Question 3".

    All of them are marked if the settings name folds, or if some ask and folds fill half of the
    text.
    """
    found = [
        question._replace(
            is_marked=question.is_marked or bool(groups_of(outline, box)),
            rule="the title of a fold",
        )
        for box, question in _boxed_questions(outline, _is_question)
        if box.role is Role.TEXT or question.answer.start < question.answer.end
    ]
    is_asking = any(each.is_marked or asks(each.text) for each in found)
    if "details" in outline.named or (is_asking and _is_deck(outline, found)):
        return tuple(question._replace(is_marked=True) for question in found)
    return tuple(found)


def _is_question(box: Box) -> bool:
    is_own = box.role in (Role.TEXT, Role.QUESTION) and not box.is_asking_kind
    return box.is_fold and is_own and bool(box.title)


def _is_deck(outline: Outline, found: Sequence[Question]) -> bool:
    """Whether folds fill half of the text. Most need own titles, and few may be a manual's."""
    titles = {question.text for question in found}
    if len(titles) * 4 < len(found) * 3 or sum(map(names_a_section, titles)) * 2 > len(titles):
        return False
    count = sum(
        bool(line.strip())
        for question in found
        for line in outline.lines[question.line - 1 : question.answer.end]
    )
    return count * 2 >= sum(bool(line.strip()) for line in outline.lines)


def callouts(outline: Outline) -> tuple[Question, ...]:
    """Return the callouts of a kind that asks, and answered ones called "Question 3"."""
    return tuple(
        question._replace(is_marked=True, rule=f"a callout of the kind '{box.kinds[0]}'")
        for box, question in _boxed_questions(outline, is_callout)
        if box.is_asking_kind or question.answer.start < question.answer.end
    )


def _boxed_questions(
    outline: Outline, is_question: Callable[[Box], bool]
) -> Iterator[tuple[Box, Question]]:
    """Yield the boxes that are questions, with the question. Boxes in one are parts of it."""
    end = 0
    for at, box in enumerate(outline.boxes):
        if box.start >= end and is_question(box) and not _is_section(outline, at):
            question = question_of_box(outline, at)
            yield box, question
            end = max(box.end, question.answer.end)


def _is_section(outline: Outline, at: int) -> bool:
    """Whether a box holds questions and asks nothing itself."""
    box, inside = outline.boxes[at], outline.boxes[at + 1 : index_behind(outline, at)]
    is_asked = any(each.role is Role.QUESTION or asks(each.text) for each in inside)
    return not asks(box.text) and (is_asked or len(groups_of(outline, box)) > 1)


def folded_answers(outline: Outline) -> tuple[Question, ...]:
    """Return the questions above folded answers, back to the last fold, a heading or a rule.

    Folds with hints and explanations belong to the answer if no text is between them. Folds in a
    box that asks belong to another dialect.
    """
    groups = [each for each in outline.once(answer_groups) if not _is_asked(outline, each)]
    spots = [Spot(each.start, each.boxes[0].whole(each.end), each.end) for each in groups]
    found = {each.answer: each for each in questions_above(outline, spots)}
    pairs = ((found.get(spot.answer), each) for spot, each in zip(spots, groups, strict=True))
    return tuple(
        question._replace(rule="text above a fold that says 'Answer'", ending=EndRule.CONTAINER)
        for question, group in pairs
        if question and (group.is_labelled or asks(question.text))
    )


def _is_asked(outline: Outline, group: Group) -> bool:
    """Whether a box asks for the answer: a box right above it, or one around only this answer."""
    box = group.around
    may_ask = box is not None and (box.is_asking_kind or (box.is_fold and box.title))
    return group.asking is not None or bool(
        box and may_ask and (len(groups_of(outline, box)) == 1 or asks(box.text))
    )
