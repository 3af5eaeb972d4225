"""Slides in pairs: a heading, and the same once more with "Answer" behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from cardwright.dialects.boxes.titles import says_answer
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.placeholders import says_question
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import asks, bare_words, is_answer_title


def titled_sides(outline: Outline) -> Iterator[Question]:
    """The questions under ``## Check``, each answered under ``## Check - Answer`` behind it.

    Both are of one level. The heading is a part of the question where it asks.
    """
    headings = [heading for heading in outline.headings if not heading.depth]
    by_line = {heading.line: heading for heading in headings}
    for level in sorted({heading.level for heading in headings}):
        own = [heading for heading in headings if heading.level <= level]
        for front, back in pairwise(own):
            if front.level == back.level == level and _is_answer_to(front, back):
                rows = _asking(outline, by_line, front, back)
                if rows:
                    answer = Span(back.body, back.end)
                    yield asked(rows, answer, line=front.line, is_marked=True)


def _is_answer_to(front: Heading, back: Heading) -> bool:
    title = bare_words(front.text)
    words = bare_words(back.text)
    if not title or not words.startswith(title + " "):
        return False
    behind = words.removeprefix(title + " ")
    return (is_answer_title(behind) or says_answer(behind)) and not is_answer_title(title)


def _asking(
    outline: Outline, headings: Mapping[int, Heading], front: Heading, back: Heading
) -> list[Line]:
    """The lines that ask; a heading under the first that only says "Question" is none of them."""
    start = front.body
    while start < back.line and not outline.lines[start - 1].strip():
        start += 1
    first = headings.get(start)
    if first is not None and says_question(first):
        start = first.body
    rows = trimmed(cut(outline.lines, Span(start, back.line)), _is_furniture)
    if not rows or asks(front.text):
        gap = [Line("", rows[0].number)] if rows else []
        return [*front.front, *gap, *rows]
    return [*rows]


def _is_furniture(text: str) -> bool:
    return not text.strip(" \t-*_")
