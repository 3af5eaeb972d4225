"""Dialect Hq: ``### Q7: What is a token? ###``, a heading with a question word before it."""

from __future__ import annotations

from cardwright.dialects.outline import Heading


def question_headings(headings: tuple[Heading, ...], level: int) -> tuple[Heading, ...]:
    """The headings outside of lists that begin with a question word, of whatever level.

    The word says it plainly enough; ``level`` only tells questions from questions inside an
    answer, which are deeper.
    """
    return tuple(
        heading
        for heading in headings
        if heading.wording.has_label and not heading.depth and heading.level <= level
    )
