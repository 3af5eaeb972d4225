"""Dialect D1: the title of a fold is the question, what it hides the answer."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.dialects.boxes.asking import boxed_questions
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.groups import groups_of
from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks
from cardwright.wording.titles import names_a_section


def folded_questions(outline: Outline) -> tuple[Question, ...]:
    """The folds with a title of their own, whether it asks or not, and answered "Question 3"."""
    is_named = "details" in outline.named
    found = tuple(
        question._replace(
            is_marked=question.is_marked or is_named or bool(groups_of(outline, box)),
            rule="the title of a fold",
        )
        for box, question in boxed_questions(outline, _is_question)
        if box.says is Says.TEXT or question.answer.start < question.answer.end
    )
    asking = [each for each in found if each.number or each.is_marked or asks(each.text)]
    if asking and not is_named and _is_deck(outline, found):
        return tuple(question._replace(is_marked=True) for question in found)
    return found


def _is_question(box: Box) -> bool:
    is_own = box.says in (Says.TEXT, Says.QUESTION) and not box.is_asking_kind
    return box.is_fold and is_own and bool(box.title)


_FEWEST = 3


def _is_deck(outline: Outline, found: Sequence[Question]) -> bool:
    """Whether three or more folds, few of them sections of a manual, take half of the text."""
    titles = {question.text for question in found}
    sections = sum(map(names_a_section, titles))
    if len(titles) < _FEWEST or len(titles) * 4 < len(found) * 3 or sections * 2 > len(titles):
        return False
    count = sum(
        bool(line.strip())
        for question in found
        for line in outline.lines[question.line - 1 : question.answer.end]
    )
    return count * 2 >= sum(bool(line.strip()) for line in outline.lines)
