"""Questions that letters count: ``### a. What is a leaf?``, ``### b. …``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_lowercase

from cardwright.dialects.text.question import Question
from cardwright.dialects.text.span import from_offset


def without_letters(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions without ``a.``, ``b.``, ``c.`` before them, where such count all of them."""
    found = [match for each in questions if (match := _LETTER.match(each.text))]
    letters = "".join(match["letter"] for match in found)
    if not 1 < len(letters) == len(questions) or letters not in ascii_lowercase:
        return tuple(questions)
    return tuple(
        each._replace(front=(from_offset(each.front[0], match.end()), *each.front[1:]))
        for each, match in zip(questions, found, strict=True)
    )


_LETTER = re.compile(r"(?P<letter>[a-z])[.)]\s+(?=\S)")
