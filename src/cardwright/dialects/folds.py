"""Folds and callouts: those that ask (D1, X), and those that answer what is above them (D2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.boxes.asking import boxed_questions, is_asked_for
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.groups import Group, answer_groups, groups_of
from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import nothing_at
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


def callouts(outline: Outline) -> tuple[Question, ...]:
    """The callouts of a kind that asks, and those called "Question 3" that are answered."""
    return tuple(
        question._replace(is_marked=True, rule=f"a callout of the kind '{box.kinds[0]}'")
        for box, question in boxed_questions(outline, _is_callout)
        if box.is_asking_kind or question.answer.start < question.answer.end
    )


def _is_callout(box: Box) -> bool:
    return box.says is Says.QUESTION and (box.is_asking_kind or not box.is_fold)


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
            questions.append(question._replace(rule=_RULE, ending=EndRule.CONTAINER))
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
