"""Sections of a lesson or a manual whose headings ask, among others whose headings do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks
from cardwright.wording.titles import names_a_section

_FEWEST = 2


def in_asking_sections(outline: Outline, questions: Sequence[Question]) -> list[Question]:
    """The questions of the sections that ask; all of them unless sections differ plainly.

    A section is what one heading that is no question holds. If one section mostly asks, those that
    ask nothing are left out. If the asking ones have half of the questions or more, only sections
    with a title like that of a manual ("Contributing") are.
    """
    asking = {question.line for question in questions if asks(question.text)}
    if len(asking) < _FEWEST or len(asking) == len(questions):
        return list(questions)
    groups = _groups(outline, questions)
    kept = [group for _, group in groups if _does_ask(group, asking)]
    lines = {question.line for group in kept for question in group}
    others = [question for question in questions if question.line not in lines]
    if not kept:
        return list(questions)
    if len(asking) * 2 >= len(questions):
        lines |= {
            question.line
            for heading, group in groups
            if heading is None
            or not names_a_section(heading.text)
            or any(question.line in asking for question in group)
            for question in group
        }
    elif sum(question.line in asking for question in others) * 3 >= len(others):
        return list(questions)
    return [question for question in questions if question.line in lines]


def _does_ask(group: Sequence[Question], asking: set[int]) -> bool:
    count = sum(question.line in asking for question in group)
    return count >= _FEWEST and count * 4 >= len(group) * 3


def _groups(
    outline: Outline, questions: Sequence[Question]
) -> list[tuple[Heading | None, list[Question]]]:
    """The questions by the innermost heading around them that is none of them."""
    lines = {question.line for question in questions}
    headings: dict[int, Heading | None] = {0: None}
    groups: defaultdict[int, list[Question]] = defaultdict(list)
    open_: list[Heading] = []
    waiting = list(questions[::-1])
    for heading in outline.headings:
        open_ = [each for each in open_ if heading.line < each.end]
        if heading.line not in lines:
            open_.append(heading)
            continue
        above = open_[-1] if open_ else None
        headings[above.line if above else 0] = above
        while waiting and waiting[-1].line <= heading.line:
            groups[above.line if above else 0].append(waiting.pop())
    return [(headings[line], group) for line, group in groups.items()]
