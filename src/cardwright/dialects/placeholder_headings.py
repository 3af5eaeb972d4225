"""Dialect Hp: ``## Question 3`` is only a place-holder, the question stands under it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from cardwright.dialects.flashcards.named_sides import named_sides
from cardwright.dialects.asking import Asking, asking_lines
from cardwright.dialects.labels import labelled_column
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.first_paragraphs import first_paragraph, is_picture
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.placeholders import counted_wording, is_placeholder, says_question
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import asks, is_answer_title

_MOST_LINES = 30
"""Text that is longer than this is no question."""


def placeholder_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` without a text of their own, each with what it asks under it.

    That is a bold line, a deeper heading, a quote or a paragraph. Headings of the level that
    have a label and a text go along; without a place-holder nothing is found. Those over a card
    with names of its two sides are none.
    """
    headings = [each for each in outline.headings if each.level == level and not each.depth]
    if not any(is_placeholder(heading) for heading in headings):
        return ()
    bold = {line.line: line for line in asking_lines(outline) if line.is_bold and not line.tail}
    deeper = {heading.line: heading for heading in outline.headings if heading.level > level}
    sides = [card.line for card in named_sides(outline)]
    found: list[Question] = []
    for heading in headings:
        if bisect_left(sides, heading.body) < bisect_left(sides, heading.end):
            continue
        if is_placeholder(heading):
            found += [_asked_under(outline, heading, bold, deeper)]
        elif heading.wording.has_label:
            found += [under(heading)]
    return tuple(question for question in found if question.is_marked or question.front)


def _asked_under(
    outline: Outline,
    heading: Heading,
    bold: Mapping[int, Asking],
    deeper: Mapping[int, Heading],
) -> Question:
    """The question, with an empty front where nothing under a place-holder can be one."""
    lines = _first_lines(outline, heading, bold, deeper)
    wording = counted_wording(heading)
    is_marked = wording.has_label or not wording.number
    if not lines:
        return replace(under(heading), front=(), is_marked=is_marked)
    span = Span(lines[-1].number + 1, max(heading.end, lines[-1].number + 1))
    question = asked(lines, span, line=heading.line, is_marked=is_marked)
    own = heading.attributes
    attributes = own if own != NO_ATTRIBUTES else question.attributes
    return replace(question, number=wording.number, attributes=attributes)


def _first_lines(
    outline: Outline,
    heading: Heading,
    bold: Mapping[int, Asking],
    deeper: Mapping[int, Heading],
) -> tuple[Line, ...]:
    """The lines of what stands first under a heading, code above a question included."""
    number = heading.body
    while number < heading.end and not outline.lines[number - 1].strip():
        number += 1
    if number == heading.end:
        return ()
    if number in deeper and says_question(deeper[number]):
        part = deeper[number]
        return trimmed(cut(outline.lines, Span(part.body, part.end)))
    if number in deeper:
        return deeper[number].front
    if number in bold and not bold[number].is_label:
        return bold[number].lines
    first, last = number, min(heading.end, number + _MOST_LINES)
    while number < last and (outline.is_verbatim[number - 1] or is_picture(outline, number)):
        number += 1
    paragraph = first_paragraph(outline, number, last)
    text = "\n".join(line.text for line in paragraph)
    is_labelled = number == first and (
        counted_wording(heading).has_label or labelled_column(text, is_answer=False) > 0
    )
    below = outline.lines[number - 1 + len(paragraph) : heading.end - 1]
    is_question = asks(text) or (is_labelled and any(line.strip() for line in below))
    if not paragraph or not is_question or is_answer_title(text):
        return ()
    above = (Line(outline.lines[at - 1], at) for at in range(first, number))
    return (*above, *paragraph)
