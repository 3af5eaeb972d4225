"""Sections of a lesson or a manual whose headings ask, among others whose headings do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks

_FEWEST = 2


def in_asking_sections(outline: Outline, questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions of the sections that ask; all of them unless sections differ plainly.

    Sections are parted by the headings above that are no questions. At least two of a section
    ask and three in four; of all others together fewer than one in three do, and of all fewer
    than half: where most headings ask, the others are terms among them.
    """
    asking = {question.line for question in questions if asks(question.text)}
    if not _FEWEST <= len(asking) < len(questions) / 2:
        return tuple(questions)
    groups = _groups(outline, questions)
    kept = [group for group in groups if _does_ask(group, asking)]
    lines = {question.line for group in kept for question in group}
    others = [question for question in questions if question.line not in lines]
    if not kept or sum(question.line in asking for question in others) * 3 >= len(others):
        return tuple(questions)
    return tuple(question for question in questions if question.line in lines)


def _does_ask(group: Sequence[Question], asking: set[int]) -> bool:
    count = sum(question.line in asking for question in group)
    return count >= _FEWEST and count * 4 >= len(group) * 3


def _groups(outline: Outline, questions: Sequence[Question]) -> list[list[Question]]:
    """The questions by the heading that holds them, the innermost that is none of them."""
    lines = {question.line for question in questions}
    groups: defaultdict[int, list[Question]] = defaultdict(list)
    open_: list[tuple[int, int]] = []
    waiting = list(questions[::-1])
    for heading in outline.headings:
        open_ = [(line, end) for line, end in open_ if heading.line < end]
        if heading.line in lines:
            while waiting and waiting[-1].line <= heading.line:
                groups[open_[-1][0] if open_ else 0].append(waiting.pop())
        else:
            open_.append((heading.line, heading.end))
    return list(groups.values())
