"""Questions of the same words, each under a heading of its own: the heading tells what is asked."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question
from cardwright.model import Line
from cardwright.wording import bare_words

_FEWEST = 3


def with_headings(outline: Outline, questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions; the heading stands on the front of those that only it tells apart.

    These are three or more of the same words, each under another heading of one level.
    """
    alike: defaultdict[tuple[str, int], list[tuple[Heading, Question]]] = defaultdict(list)
    for question in questions:
        at = bisect_left(outline.heading_lines, question.line) - 1
        is_heading = outline.heading_lines[at + 1 : at + 2] == (question.line,)
        if at >= 0 and not (is_heading or question.is_cloze):
            heading = outline.headings[at]
            alike[bare_words(question.text), heading.level].append((heading, question))
    changed: dict[int, Question] = {}
    for group in alike.values():
        names = {bare_words(heading.text) for heading, _ in group}
        if _FEWEST <= len(group) == len(names):
            changed |= {each.line: _titled(heading, each) for heading, each in group}
    return tuple(changed.get(question.line, question) for question in questions)


def _titled(heading: Heading, question: Question) -> Question:
    gap = Line("", question.front[0].number)
    return question._replace(front=(*heading.front, gap, *question.front))
