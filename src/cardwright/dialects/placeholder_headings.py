"""Dialect Hp: ``## Question 3`` is only a place-holder, the question stands under it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cardwright.blocks.signs import QUESTION_MARK
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

    That is a bold line, a deeper heading, a quote or a paragraph. Headings of the level that
    have a label and a text go along; without a place-holder nothing is found.
    """
    headings = [each for each in outline.headings if each.level == level and not each.depth]
    if not any(map(is_placeholder, headings)):
        return ()
    deeper = {each.line: each for each in outline.headings if each.level > level}
    found: list[Question] = []
    for heading in headings:
        if is_placeholder(heading):
            found.append(_asked_under(outline, heading, deeper))
        elif heading.wording.has_label:
            found.append(replace(under(heading), rule="a heading with a question word"))
    return tuple(question for question in found if question.is_marked or question.front)


def _asked_under(outline: Outline, heading: Heading, deeper: Mapping[int, Heading]) -> Question:
    """The question, with an empty front where nothing under a place-holder can be one."""
    lines = _first_lines(outline, heading, deeper)
    wording = counted_wording(heading)
    is_marked = wording.has_label or not wording.number
    if not lines:
        return replace(under(heading), front=(), is_marked=is_marked)
    span = Span(lines[-1].number + 1, max(heading.end, lines[-1].number + 1))
    question = asked(lines, span, line=heading.line, is_marked=is_marked)
    own = heading.attributes
    return replace(
        question,
        number=wording.number,
        attributes=own if own != NO_ATTRIBUTES else question.attributes,
        rule="what stands under a heading that only counts",
    )


def _first_lines(
    outline: Outline, heading: Heading, deeper: Mapping[int, Heading]
) -> tuple[Line, ...]:
    """The lines of what stands first under a heading, code above a question included."""
    rows = outline.rows
    number = heading.body
    while number < heading.end and rows[number - 1].is_blank:
        number += 1
    if number == heading.end:
        return ()
    if number in deeper:
        part = deeper[number]
        is_title = says_question(part)
        return trimmed(cut(outline.lines, Span(part.body, part.end))) if is_title else part.front
    first, last = number, min(heading.end, number + _MOST_LINES)
    while number < last and (rows[number - 1].is_verbatim or _PICTURE.match(rows[number - 1].text)):
        number += 1
    paragraph = _paragraph(outline, number, last)
    text = "\n".join(line.text for line in paragraph)
    if not paragraph or is_answer_title(text):
        return ()
    is_labelled = counted_wording(heading).has_label or read_wording(text).has_label
    below = rows[number - 1 + len(paragraph) : heading.end - 1]
    is_task = number == first and is_labelled and not all(row.is_blank for row in below)
    if not (asks(text) or is_task or _BOLD.fullmatch(text)):
        return ()
    above = (Line(outline.lines[at - 1], at) for at in range(first, number))
    return (*above, *paragraph)


def _paragraph(outline: Outline, first: int, last: int) -> list[Line]:
    """A paragraph or a quote, to the line that is bold or ends with a question mark.

    The marks ``>`` of a quote are no part of it, nor is an option or a label behind it.
    """
    found: list[Line] = []
    is_quote = first < last and bool(outline.rows[first - 1].quotes)
    for row in outline.rows[first - 1 : last - 1]:
        text = row.text
        is_over = row.is_verbatim or row.is_blank or bool(row.quotes) != is_quote
        if is_over or (is_quote and not found and text.startswith("[!")):
            break
        if not is_quote and (row.marker or row.level or _ENDS.match(text)):
            break
        if found and _LABEL.match(text):
            break
        found.append(from_offset(Line(outline.lines[row.number - 1], row.number), row.offset))
        if not is_quote and (_ASKED.search(text) or _BOLD.fullmatch(text)):
            break
    return found


_PICTURE = re.compile(r"$|!\[|<img\b")
_ENDS = re.compile(
    r"[|<]|\(?[A-Ha-h][.)]\s|---|\W*(?:answer|ans|option)s?\b"
    rf"|\W*{alternatives(Concept.FRONT)}[^\w:：]*[:：]",
    re.IGNORECASE,
)
"""No question: a table, HTML, an option, and the label of an answer or of a card's side."""
_LABEL = re.compile(r"(\*\*|__)[^*_]{1,40}(?:[:：]\s*\1|\1\s*[:：])")
_ASKED = re.compile(rf"{QUESTION_MARK}[\W_]*$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)((?!\1).)*[^\s:：]\1\W*")
