"""Dialect Hp: ``## Question 3`` is only a place-holder, the question stands under it."""

from __future__ import annotations

import re
from bisect import bisect_left

from cardwright.blocks.signs import QUESTION_MARK
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.placeholders import counted_wording, is_placeholder, says_question
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line
from cardwright.wording import asks, is_answer_title, read_wording
from cardwright.wording.words import Concept, alternatives

_MOST_LINES = 30
"""Text that is longer than this is no question."""


def placeholder_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` without a text of their own, each with what it asks under it.

    That is a deeper heading, a quote or a paragraph. Headings of the level that have a label and a
    text are found too, if there is a placeholder at all.
    """
    headings = [each for each in outline.headings if each.level == level and not each.depth]
    if not any(map(is_placeholder, headings)):
        return ()
    found = [
        _asked_under(outline, heading) if is_placeholder(heading) else under(heading)
        for heading in headings
        if is_placeholder(heading) or heading.wording.has_label
    ]
    return tuple(
        each._replace(rule="what stands under a heading that counts", ending=EndRule.HEADING)
        for each in found
        if each.is_marked or each.front
    )


def _asked_under(outline: Outline, heading: Heading) -> Question:
    """The question, with an empty front where nothing under a place-holder can be one."""
    lines = _first_lines(outline, heading)
    wording = counted_wording(heading)
    is_marked = wording.has_label or not wording.number
    if not lines:
        return under(heading)._replace(front=(), is_marked=is_marked)
    start = lines[-1].number + 1
    question = asked(
        lines, Span(start, max(heading.end, start)), line=heading.line, is_marked=is_marked
    )
    own = heading.attributes
    attributes = own if own != NO_ATTRIBUTES else question.attributes
    return question._replace(number=wording.number, attributes=attributes)


def _first_lines(outline: Outline, heading: Heading) -> tuple[Line, ...]:
    """The lines of what stands first under a heading, code and pictures above it included."""
    rows = outline.rows
    own = range(heading.body, min(heading.end, heading.body + _MOST_LINES))
    first = next((number for number in own if not rows[number - 1].is_blank), 0)
    if not first:
        return ()
    at = bisect_left(outline.heading_lines, first)
    part = outline.headings[at] if first in outline.heading_lines[at : at + 1] else None
    if part is not None:
        is_title = says_question(part)
        return trimmed(cut(outline.lines, Span(part.body, part.end))) if is_title else part.front
    begin = first
    while begin < own.stop and (
        rows[begin - 1].is_verbatim or _NO_WORDS.match(rows[begin - 1].text)
    ):
        begin += 1
    paragraph = _paragraph(outline, begin, own.stop)
    text = "\n".join(line.text for line in paragraph)
    below = rows[begin - 1 + len(paragraph) : heading.end - 1]
    is_labelled = counted_wording(heading).has_label or read_wording(text).has_label
    is_task = begin == first and is_labelled and not all(row.is_blank for row in below)
    if not text or is_answer_title(text) or not (asks(text) or is_task):
        return ()
    return (*(Line(outline.lines[at - 1], at) for at in range(first, begin)), *paragraph)


def _paragraph(outline: Outline, first: int, last: int) -> list[Line]:
    """A paragraph or a quote, to the line that ends with a question mark.

    The marks ``>`` of a quote are no part of it, nor is an option or a label behind it.
    """
    found: list[Line] = []
    is_quote = first < last and bool(outline.rows[first - 1].quotes)
    for row in outline.rows[first - 1 : last - 1]:
        is_over = row.is_verbatim or row.is_blank or bool(row.quotes) != is_quote
        begins_other = row.marker or row.level or _ENDS.match(row.text)
        is_over = is_over or (bool(begins_other) and not is_quote)
        if is_over or (_LABEL if found else _CALLOUT).match(row.text):
            break
        found.append(from_offset(Line(outline.lines[row.number - 1], row.number), row.offset))
        if not is_quote and _ASKED.search(row.text):
            break
    return found


_NO_WORDS = re.compile(r"$|!\[|<img\b")
_CALLOUT = re.compile(r"\[!\w")
_ENDS = re.compile(
    r"[|<]|\(?[A-Ha-h][.)]\s|---|\W*(?:answer|ans|option)s?\b"
    rf"|\W*{alternatives(Concept.FRONT)}[^\w:：]*[:：]",
    re.IGNORECASE,
)
"""No question: a table, HTML, an option, and the label of an answer or of a card's side."""
_LABEL = re.compile(r"(\*\*|__)[^*_]{1,40}(?:[:：]\s*\1|\1\s*[:：])")
_ASKED = re.compile(rf"{QUESTION_MARK}[\W_]*$")
