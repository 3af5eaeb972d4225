"""Dialect F, in two parts: ``## Front`` and ``## Back``, or other names of the two sides."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from cardwright.dialects.flashcards.anki_blocks import anki_blocks
from cardwright.dialects.flashcards.named_sides import named_sides
from cardwright.dialects.flashcards.side_labels import closing_lines, side_labels
from cardwright.dialects.flashcards.titled_sides import titled_sides
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line


def front_and_back(outline: Outline) -> tuple[Question, ...]:
    """The pairs of a front and a back of the same mark, the back up to the next front.

    Headings behind the back that belong to neither ("Notes") are parts of it, those around
    questions ("References") are not. Then those of blocks for another tool, and of headings that
    are repeated with "Answer".
    """
    labels = list(side_labels(outline))
    closing = {mark: closing_lines(outline, mark) for mark in {label.mark for label in labels}}
    last = len(outline.lines) + 1
    found: list[Question] = [*anki_blocks(outline), *titled_sides(outline)]
    held = {line for block in found for line in range(block.line, block.answer.end)}
    found += (card for card in named_sides(outline) if card.line not in held)
    for at, (front, back) in enumerate(pairwise(labels)):
        if not front.is_front or back.is_front or front.mark != back.mark:
            continue
        following = labels[at + 2].line if at + 2 < len(labels) else last
        over = bisect_right(closing[back.mark], back.line)
        end = min([following, *closing[back.mark][over : over + 1]])
        asks = _front_lines(outline, front.line + 1, back.line)
        if asks:
            answer = Span(back.line + 1, end)
            found.append(asked(asks, answer, line=front.line, is_marked=True))
    return tuple(sorted(found, key=lambda question: question.line))


def _front_lines(outline: Outline, start: int, end: int) -> list[Line]:
    """The lines of a front without blank ones around.

    A lone heading loses its hashes, a front that is one quote its marks.
    """
    texts = [text for text in outline.lines[start - 1 : end - 1] if text.strip()]
    quotes = 1 if texts and all(text.lstrip().startswith(">") for text in texts) else 0
    rows = [*trimmed(cut(outline.lines, Span(start, end, quotes=quotes)))]
    heading = re.match(r"\s{0,3}#{1,6}\s+", rows[0].text) if len(rows) == 1 else None
    if heading:
        first = rows[0]
        rows = [Line(first.text[heading.end() :], first.number, first.column + heading.end())]
    return rows
