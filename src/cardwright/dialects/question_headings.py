"""Dialect Hq: ``### Q7: What is a token? ###``, a heading with a question word before it."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.dialects.answers.marked import with_whole_answers
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline, Question, under


def question_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings outside of lists that begin with a question word, of whatever level.

    The word says it plainly enough; ``level`` only tells questions from questions inside an
    answer, which are deeper. A heading of ``level`` that lost its word goes on counting.
    """
    labelled = _labelled(outline.headings, level)
    return tuple(map(under, with_whole_answers(labelled, outline.headings)))


def _labelled(headings: tuple[Heading, ...], level: int) -> Iterator[Heading]:
    last: int | None = None
    for heading in headings:
        if heading.depth or heading.level > level:
            continue
        goes_on = last is not None and heading.wording.ordinal == last + 1
        if heading.wording.has_label or (goes_on and heading.level == level):
            last = heading.wording.ordinal
            yield heading
