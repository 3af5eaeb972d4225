"""The elements that Markdown Anki Decks takes for questions: ``<div data-question>``, ``##``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from cardwright.dialects.text.question import Outline, Question, under
from cardwright.dialects.text.span import Span, cut, trimmed

_OPENING = re.compile(
    r" {0,3}<(?P<tag>div|section|article|p|aside)(?=\s)[^<>]{0,500}?\sdata-question(?=[\s=>])"
    r"[^<>]{0,500}>"
)
_LEVEL = 2
"""The level of the headings that ask."""
_LONGEST = 2000


def data_questions(outline: Outline) -> tuple[Question, ...]:
    """The elements with that attribute and the headings between them; ``()`` without the former.

    All that an element holds asks, headings too; what follows up to the next question answers.
    """
    found = _elements(outline)
    starts = [element.line for element in found]
    outer = [
        heading
        for heading in outline.headings
        if found and not heading.depth and heading.level <= _LEVEL
        and not _holds(found, starts, heading.line)
    ]  # fmt: skip
    found += [replace(under(each), is_marked=True) for each in outer if each.level == _LEVEL]
    borders = sorted([*starts, *(each.line for each in outer), len(outline.lines) + 1])
    found.sort(key=lambda question: question.line)
    return tuple(_ended(question, borders) for question in found)


def _elements(outline: Outline) -> list[Question]:
    """The closed elements outside of code and of one another, in order, without an answer yet."""
    found: list[Question] = []
    end = 0
    for number, text in enumerate(outline.lines, 1):
        if number < end or "data-question" not in text or outline.is_verbatim[number - 1]:
            continue
        opening = _OPENING.match(text[:_LONGEST])
        inside = _inside(outline, number, opening) if opening else None
        if opening and inside is None:
            break  # nothing closes this one, so what follows would be its own
        if inside is not None:
            end = inside.end
            front = trimmed(cut(outline.lines, inside))
            rule = "an element with 'data-question'"
            found.append(
                Question(number, front, Span(end, end), is_marked=True, direct=end, rule=rule)
            )
    return found


def _inside(outline: Outline, start: int, opening: re.Match[str]) -> Span | None:
    """What the element holds that is opened on line ``start``, if it is closed."""
    tags = re.compile(rf"(?i)<(?P<slash>/?){opening['tag']}(?=[\s>])")
    depth = 1
    for number in range(start, len(outline.lines) + 1):
        if outline.is_verbatim[number - 1]:
            continue
        at = opening.end() if number == start else 0
        for tag in tags.finditer(outline.lines[number - 1], at):
            depth += -1 if tag["slash"] else 1
            if not depth:
                return Span(start, number + 1, 0, opening.end() + 1, tag.start() + 1)
    return None


def _holds(found: list[Question], starts: list[int], line: int) -> bool:
    at = bisect_right(starts, line) - 1
    return at >= 0 and line < found[at].answer.start


def _ended(question: Question, borders: list[int]) -> Question:
    """The question, its answer over at the first of ``borders`` behind its begin."""
    end = borders[bisect_left(borders, max(question.answer.start, question.line + 1))]
    answer = replace(question.answer, end=end)
    return replace(question, answer=answer, direct=min(question.direct, end))
