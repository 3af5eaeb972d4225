"""Dialect Hn: ``## 12. What is a token?``, the answer runs to the next heading of its level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cardwright.dialects.answers.marked import with_whole_answers
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline, Question, under
from cardwright.wording import asks, bare_words


def numbered_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The numbered headings of ``level``, and those of another level that go on counting.

    A list of questions whose level changes halfway goes on with the next number; the numbered
    steps of an answer begin again with 1, or have a number that a question has. Between two
    numbered questions of the level, one that asks and has an answer only lacks its number.
    """
    outer = [heading for heading in outline.headings if not heading.depth]
    numbered = list(_numbered(outer, level))
    if not numbered:
        return ()
    times = Counter(bare_words(heading.text) for heading in outer if heading.level == level)
    marked = {heading.line for heading in numbered}
    found = (
        heading
        for heading in outer
        if heading.line in marked
        or (
            heading.level == level
            and numbered[0].line < heading.line < numbered[-1].line
            and heading.has_text
            and asks(heading.text)
            and times[bare_words(heading.text)] == 1
        )
    )
    return tuple(map(under, with_whole_answers(found, outline.headings)))


def _numbered(headings: list[Heading], level: int) -> Iterator[Heading]:
    numbered = [heading for heading in headings if heading.wording.number]
    taken = {heading.wording.number for heading in numbered if heading.level == level}
    last: int | None = None
    for heading in numbered:
        goes_on = last is not None and heading.wording.ordinal == last + 1
        if heading.level == level or (goes_on and heading.wording.number not in taken):
            last = heading.wording.ordinal
            yield heading
