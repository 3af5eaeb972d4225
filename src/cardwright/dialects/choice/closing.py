"""Where a document closes behind its last question: thanks behind a rule, a section of links."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from cardwright.dialects.answers.answer import holds_text
from cardwright.dialects.text.labels import is_rule
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording.section_titles import names_a_part, names_a_section

_FEWEST = 3
"""So many questions tell what their answers are made of."""
_MOST_LINES = 6
"""So many lines with text stand behind the rule at most."""


def without_closing(outline: Outline, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions, the answer of the last one over where the document closes.

    That is at a rule with little behind it or, where it is no heading that asks, at one that
    names a section; and where no other answer holds such a thing.
    """
    if len(questions) < _FEWEST:
        return questions
    *others, last = questions
    first, end = last.answer.start, last.answer.end
    is_heading = any(heading.line == last.line for heading in outline.headings)
    headings: list[int] = [] if is_heading else _headings(outline)
    for stops, is_short in ((headings, False), (_rules(outline), True)):
        found = next(iter(stops[bisect_right(stops, first) : bisect_left(stops, end)]), end)
        is_common = any(_holds(outline, other, stops) for other in others)
        rest = outline.lines[found : end - 1]
        is_long = sum(bool(line.strip()) for line in rest) > _MOST_LINES
        is_long = is_long or any(outline.is_verbatim[found : end - 1])
        above = outline.lines[first - 1 : found - 1]
        if not is_common and not (is_short and is_long) and holds_text(above):
            end = found
    if end == last.answer.end:
        return questions
    answer = replace(last.answer, end=end, until=0)
    return (*others, replace(last, answer=answer, direct=min(last.direct, end)))


def _holds(outline: Outline, question: Question, stops: list[int]) -> bool:
    """Whether an answer goes on behind a stop."""
    start, end = question.answer.start, question.answer.end
    first = next(iter(stops[bisect_left(stops, start) : bisect_left(stops, end)]), end)
    return holds_text(outline.lines[first : end - 1])


def _headings(outline: Outline) -> list[int]:
    return [
        heading.line
        for heading in outline.headings
        if not heading.depth
        and heading.level < _DEEP
        and names_a_section(heading.text)
        and not names_a_part(heading.text)
    ]


_DEEP = 4
"""At this level a heading is rather one within an answer."""


def _rules(outline: Outline) -> list[int]:
    return [at for at in range(1, len(outline.lines) + 1) if is_rule(outline, at)]
