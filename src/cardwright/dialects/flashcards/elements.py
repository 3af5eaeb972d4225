"""The elements that Markdown Anki Decks takes for questions: ``<div data-question>``, ``##``."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from cardwright.dialects.text.question import Outline, Question, under
from cardwright.dialects.text.span import Span, cut, trimmed

_TAG = re.compile(
    r" {0,3}<(?P<tag>div|section|article|p|aside)(?=\s)[^<>]{0,500}?\sdata-question(?=[\s=>])"
    r"[^<>]{0,500}>"
)
_LEVEL = 2
"""The level of the headings that ask."""


def data_questions(outline: Outline) -> tuple[Question, ...]:
    """The elements with that attribute and the headings between them; ``()`` without the former.

    All that an element holds asks, headings too; what follows up to the next question answers.
    """
    found: list[Question] = []
    for number, text in enumerate(outline.lines, 1):
        opening = _TAG.match(text[:2000]) if "data-question" in text else None
        if opening is None or outline.is_verbatim[number - 1]:
            continue
        closing = f"</{opening['tag']}>"
        rest = range(number, len(outline.lines) + 1)
        end = next((at for at in rest if closing in outline.lines[at - 1]), 0)
        if not end:
            break  # nothing closes this one, so what follows would be its own
        until = outline.lines[end - 1].find(closing) + 1
        rows = trimmed(cut(outline.lines, Span(number, end + 1, 0, opening.end() + 1, until)))
        rule = "an element with 'data-question'"
        answer = Span(end + 1, end + 1)
        found.append(Question(number, rows, answer, is_marked=True, direct=end + 1, rule=rule))
    inside = {at for each in found for at in range(each.line, each.answer.start)}
    outer = [each for each in outline.headings if not each.depth and each.line not in inside]
    stops = [each.line for each in found] + [h.line for h in outer if h.level <= _LEVEL]
    if found:
        found += [replace(under(each), is_marked=True) for each in outer if each.level == _LEVEL]
    found.sort(key=lambda question: question.line)
    stops = sorted([*stops, len(outline.lines) + 1])
    return tuple(_ended(each, stops) for each in found)


def _ended(question: Question, stops: list[int]) -> Question:
    end = stops[bisect_left(stops, max(question.answer.start, question.line + 1))]
    answer = replace(question.answer, end=end)
    return replace(question, answer=answer, direct=min(question.direct, end))
