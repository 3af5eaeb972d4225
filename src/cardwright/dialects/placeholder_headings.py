"""Dialect Hp: ``## Question 3`` is only a place-holder, the question stands under it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cardwright.dialects.lines.bold_lines import BoldLine, bold_lines
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording import Wording, asks, is_answer_title, read_wording

_MOST_LINES = 30
"""Text that is longer than this is no question."""
_LONGEST = 100
"""A place-holder has no more characters than these."""
_NOTHING = re.compile(
    r"(?i)\W*(?:(?:(?:flash)?cards?|karte|tarjeta|carte|cartão|quiz|карточка|卡片)\W*\d+)?\W*"
    r"(?:easy|medium|hard|difficult|basic|advanced|mcq|multiple choice|true\W+false|short answer"
    r"|leicht|mittel|schwer|fácil|difícil|medio|médio|facile|difficile|moyen"
    r"|\d+\s*(?:points?|marks?|pts?))?\W*"
)
"""What a place-holder can say besides a label and a number."""


def placeholder_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` without a text of their own, each with what it asks under it.

    That is a bold line, a deeper heading, a quote or a paragraph. Headings of the level that
    have a label and a text go along; without a place-holder nothing is found.
    """
    headings = [each for each in outline.headings if each.level == level and not each.depth]
    if not any(_is_placeholder(heading) for heading in headings):
        return ()
    bold = {line.line: line for line in bold_lines(outline) if not line.is_lead}
    deeper = {heading.line: heading for heading in outline.headings if heading.level > level}
    found: list[Question] = []
    for heading in headings:
        if _is_placeholder(heading):
            found += [_asked_under(outline, heading, bold, deeper)]
        elif heading.wording.has_label:
            found += [under(heading)]
    return tuple(question for question in found if question.is_marked or question.front)


_COUNTED = re.compile(r"(\d{1,3})\s*(?:of|/|von|de|из|sur)\s*\d{1,3}\b")


def _wording(heading: Heading) -> Wording:
    """The wording of a heading without the total of what is counted (``Question 1 of 3``)."""
    if heading.wording.has_label or not _COUNTED.search(heading.text[:80]):
        return heading.wording
    return read_wording(_COUNTED.sub(r"\1:", heading.text, count=1))


def _is_placeholder(heading: Heading) -> bool:
    wording = _wording(heading)
    is_numbered = bool(wording.number or re.search(r"\d", wording.text))
    if len(wording.text) > _LONGEST or not (is_numbered or wording.has_label):
        return False
    return _NOTHING.fullmatch(wording.text) is not None


def _asked_under(
    outline: Outline,
    heading: Heading,
    bold: Mapping[int, BoldLine],
    deeper: Mapping[int, Heading],
) -> Question:
    """The question, with an empty front where nothing under a place-holder can be one."""
    lines = _first_lines(outline, heading, bold, deeper)
    wording = _wording(heading)
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
    bold: Mapping[int, BoldLine],
    deeper: Mapping[int, Heading],
) -> tuple[Line, ...]:
    """The lines of what stands first under a heading, code above a question included."""
    number = heading.body
    while number < heading.end and not outline.lines[number - 1].strip():
        number += 1
    if number == heading.end:
        return ()
    if number in deeper:
        return deeper[number].front
    if number in bold and not bold[number].is_label:
        return bold[number].lines
    first, last = number, min(heading.end, number + _MOST_LINES)
    while number < last and (outline.is_verbatim[number - 1] or _is_picture(outline, number)):
        number += 1
    paragraph = _paragraph(outline, number, last)
    text = "\n".join(line.text for line in paragraph)
    is_labelled = number == first and _wording(heading).has_label
    below = outline.lines[number - 1 + len(paragraph) : heading.end - 1]
    is_question = asks(text) or (is_labelled and any(line.strip() for line in below))
    if not paragraph or not is_question or is_answer_title(text):
        return ()
    above = (Line(outline.lines[at - 1], at) for at in range(first, number))
    return (*above, *paragraph)


def _is_picture(outline: Outline, number: int) -> bool:
    return re.match(r"\s*(?:$|!\[|<img\b)", outline.lines[number - 1][:40]) is not None


def _paragraph(outline: Outline, first: int, last: int) -> list[Line]:
    """A paragraph or a quote, to the line that ends with a question mark and text goes on behind.

    The marks ``>`` of a quote are no part of it, nor is an option or a label behind it.
    """
    found: list[Line] = []
    is_quote = outline.lines[first - 1].lstrip().startswith(">") if first < last else False
    if is_quote and re.match(r"\s*>\s*\[!", outline.lines[first - 1]):
        return []
    for number in range(first, last):
        text = outline.lines[number - 1]
        start = len(text) - len(text.lstrip(" >" if is_quote else " "))
        is_over = outline.is_verbatim[number - 1] or text.lstrip().startswith(">") != is_quote
        if is_over or not text.strip() or (not is_quote and _ENDS.match(text[:80])):
            break
        if found and _LABEL.match(text[:80]):
            break
        found.append(Line(text[start:], number, start + 1))
        if not is_quote and re.search(r"[?？؟][\W_]*$", text):
            break
    while found and not found[-1].text.strip():
        found.pop()
    return found


_ENDS = re.compile(
    r"\s*(?:[-*+|#<]\s|\||<|#|\(?[A-Ha-h][.)]\s|\d{1,2}[.)]\s|---|\W*(?:answer|ans|option)s?\b)",
    re.I,
)
_LABEL = re.compile(r"\s*(\*\*|__)[^*_]{1,40}(?:[:：]\s*\1|\1\s*[:：])")
