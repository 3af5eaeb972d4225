"""How far the explanation behind options goes: to the next question, a rule, a title."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from cardwright.dialects.counting import Counting
from cardwright.dialects.text.breaks import RULE
from cardwright.dialects.text.part_titles import without_part_title
from cardwright.dialects.text.question import Outline, Question


def with_explanations(
    outline: Outline, questions: Sequence[Question], counting: Counting
) -> tuple[Question, ...]:
    """The questions, the answer of each now with the explanation behind it."""
    borders = [
        number
        for number, text in enumerate(outline.lines, 1)
        if not outline.is_verbatim[number - 1] and (_RULE.fullmatch(text) or _NEXT.match(text))
    ]
    starts = [question.line for question in questions[1:]]
    found: list[Question] = []
    for question, following in zip(questions, [*starts, len(outline.lines) + 1], strict=False):
        at = bisect_right(borders, question.answer.end - 1)
        border = borders[at] if at < len(borders) else following
        border = min(border, counting.next_asking(question.line) or border)
        section = _section_of_next(outline, question.answer.end, following)
        end = min(section, border, outline.section_end(question.answer.end - 1))
        least = question.answer.end
        end = _without_caption(outline, max(end, least), least)
        end = without_part_title(outline.lines, outline.is_verbatim, least, end)
        found.append(replace(question, answer=replace(question.answer, end=end), direct=end))
    return tuple(found)


def _without_caption(outline: Outline, end: int, least: int) -> int:
    """The end without a bold line that is about the questions behind it."""
    last = end
    while last > least and not outline.lines[last - 2].strip():
        last -= 1
    is_caption = last > least and _CAPTION.match(outline.lines[last - 2]) is not None
    return last - 1 if is_caption and not outline.lines[last - 3].strip() else end


_CAPTION = re.compile(r"[ \t]*(?:\*\*|__)[^*_]+(?:\*\*|__)[:：]?[ \t]*$")


def _section_of_next(outline: Outline, start: int, following: int) -> int:
    """The line of the first heading from ``start`` that holds the next question, else its line."""
    at = bisect_left(outline.headings, start, key=lambda heading: heading.line)
    for heading in outline.headings[at : at + _MOST_HEADINGS]:
        if heading.line >= following:
            break
        if heading.end > following:
            return heading.line
    return following


_MOST_HEADINGS = 20

_NEXT = re.compile(
    r"[\s*_>]{0,6}(?:Q|Que|Ques|Question|Pregunta|Pergunta|Frage|Domanda|Câu|Вопрос|问题|題目|题目)"
    r"\s?\.?\s?\d{1,4}\s*[.):：*_]"
)

_RULE = re.compile(rf"{RULE}|[ \t]*</quiz>\s*")
