"""The elements that Markdown Anki Decks takes for questions: ``<div data-question>``, ``##``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.text.question import Outline, Question, under
from cardwright.dialects.text.span import Span, cut, trimmed

_ATTRIBUTE = "data-question"
_OPENING = re.compile(
    r" {0,3}<(?P<tag>div|section|article|p|aside)(?=\s)[^<>]{0,500}?\sdata-question(?=[\s=>])"
    r"[^<>]{0,500}>"
)
_LEVEL = 2
"""The level of the headings that ask."""
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class _Element:
    """An element on lines ``start`` to ``end`` (the line after), with what it holds."""

    start: int
    end: int
    inside: Span


def data_questions(outline: Outline) -> tuple[Question, ...]:
    """The elements with that attribute and the headings between them; ``()`` without the former.

    All that an element holds asks, headings too; what follows up to the next question answers.
    """
    found = _elements(outline)
    if not found:
        return ()
    starts = [element.start for element in found]
    outer = [
        heading
        for heading in outline.headings
        if not heading.depth and heading.level <= _LEVEL and not _is_inside(found, heading.line)
    ]
    asking = [
        replace(under(heading), is_marked=True) for heading in outer if heading.level == _LEVEL
    ]
    asking += [_question(outline, element) for element in found]
    borders = sorted([*starts, *(each.line for each in outer), len(outline.lines) + 1])
    asking.sort(key=lambda question: question.line)
    return tuple(_ended(question, borders) for question in asking)


def _elements(outline: Outline) -> list[_Element]:
    """The closed elements outside of code and of one another, in order."""
    found: list[_Element] = []
    if not any(_ATTRIBUTE in text for text in outline.lines):
        return found
    end = 0
    for number, text in enumerate(outline.lines, 1):
        if number < end or _ATTRIBUTE not in text or outline.is_verbatim[number - 1]:
            continue
        opening = _OPENING.match(text[:_LONGEST])
        if opening is None:
            continue
        element = _closed(outline, number, opening.end(), opening["tag"])
        if element is None:
            return found  # nothing closes this one, so what follows would be its own
        found.append(element)
        end = element.end
    return found


def _closed(outline: Outline, start: int, column: int, tag: str) -> _Element | None:
    """The element whose text begins at offset ``column`` of line ``start``, if it is closed."""
    tags = re.compile(rf"(?i)<(?P<slash>/?){tag}(?=[\s>])")
    depth = 1
    for number in range(start, len(outline.lines) + 1):
        if outline.is_verbatim[number - 1]:
            continue
        text = outline.lines[number - 1]
        for match in tags.finditer(text, column if number == start else 0):
            depth += -1 if match["slash"] else 1
            if not depth:
                inside = Span(start, number + 1, 0, column + 1, match.start() + 1)
                return _Element(start, number + 1, inside)
    return None


def _is_inside(found: Sequence[_Element], line: int) -> bool:
    at = bisect_right(found, line, key=lambda element: element.start) - 1
    return at >= 0 and line < found[at].end


def _question(outline: Outline, element: _Element) -> Question:
    front = trimmed(cut(outline.lines, element.inside))
    answer = Span(element.end, element.end)
    return Question(element.start, front, answer, is_marked=True, direct=element.end)


def _ended(question: Question, borders: Sequence[int]) -> Question:
    """The question, its answer over at the first of ``borders`` behind its begin."""
    end = borders[bisect_left(borders, max(question.answer.start, question.line + 1))]
    return replace(
        question, answer=replace(question.answer, end=end), direct=min(question.direct, end)
    )
