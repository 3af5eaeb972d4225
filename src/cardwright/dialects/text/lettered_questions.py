"""Questions that letters count: ``### a. What is a leaf?``, ``### b. …``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase

from cardwright.dialects.text.question import Question
from cardwright.dialects.text.span import from_offset


def without_letters(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions without ``a.``, ``b.``, ``c.`` before them, where such count all of them."""
    found = [_LETTER.match(question.front[0].text) for question in questions if question.front]
    letters = "".join(match["letter"] for match in found if match)
    if len(letters) != len(questions) or len(letters) < 2 or letters not in ascii_lowercase:
        return tuple(questions)
    return tuple(
        replace(question, front=(from_offset(question.front[0], match.end()), *question.front[1:]))
        for question, match in zip(questions, found, strict=True)
        if match
    )


_LETTER = re.compile(r"(?P<letter>[a-z])[.)]\s+(?=\S)")
