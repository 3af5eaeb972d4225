"""Dialect ``placeholder-headings``: ``## Question 3`` counts, and the text under it asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import dropwhile
from operator import attrgetter

from cardwright.blocks.rows import Row
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, from_offset
from cardwright.model import Line
from cardwright.wording import Wording, asks, read_wording, sets_a_task
from cardwright.wording.signs import LETTERED, LETTERS, POINTS, QUESTION_MARK
from cardwright.wording.titles import names_questions
from cardwright.wording.words import Concept, alternatives, concepts_of, lazy_pattern


def placeholder_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """Return the headings of ``level`` without a text, each with what it asks below.

    If there is a placeholder, headings of the level with a label and a text are found, too.
    """
    able = [each for each in outline.headings if each.level == level and not each.depth]
    headings = _with_labels(able)
    if not any(map(_is_placeholder, headings)):
        return ()
    found = [
        _asked_under(outline, heading) if _is_placeholder(heading) else under(heading)
        for heading in headings
        if _is_placeholder(heading) or heading.wording.has_label
    ]
    return tuple(
        each._replace(rule="the text under a heading that only counts", ending=EndRule.HEADING)
        for each in found
        if each.is_marked or each.front
    )


def _with_labels(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings. If several are only the word "Question", it is their label."""
    words = Counter(each.text for each in headings if Concept.QUESTION in concepts_of(each.text))
    label = Wording("", has_label=True)
    return [each._replace(wording=label) if words[each.text] > 2 else each for each in headings]


def _asked_under(outline: Outline, heading: Heading) -> Question:
    """Return the question; its front is empty if the first paragraph below does not ask."""
    wording = _counted_wording(heading)
    below = outline.rows[heading.body - 1 : heading.end - 1]
    inside = outline.headings_between(heading.body, heading.end)
    bare = {each.line for each in inside if each.wording.has_label and not each.text}
    first = _paragraph([row for row in below if row.number not in bare])
    whole = [Line(outline.lines[row.number - 1], row.number) for row in first]
    lines = [from_offset(line, row.offset) for line, row in zip(whole, first, strict=True)]
    text = "\n".join(line.text for line in lines)
    is_quoted = bool(first) and first[0].quotes > 0 and sets_a_task(text)
    is_task = is_quoted or wording.has_label or read_wording(text).has_label
    if first and first[0].level and heading.text.strip(" #.)").isdecimal():
        return under(heading)._replace(front=())  # the heading below asks
    has_more = any(not row.is_blank and row.number > first[-1].number for row in below if first)
    if not (lines and (asks(text) or (is_task and has_more))):
        return under(heading)._replace(front=(), is_marked=wording.has_label)
    span = Span(lines[-1].number + 1, max(heading.end, lines[-1].number + 1))
    question = asked(lines, span, line=heading.line, is_marked=wording.has_label)
    is_own = heading.attributes != NO_ATTRIBUTES
    attributes = heading.attributes if is_own else question.attributes
    return question._replace(number=wording.number, attributes=attributes)


def _paragraph(rows: Sequence[Row]) -> list[Row]:
    """Return the first paragraph or quote, up to a line that ends with a question mark."""
    found: list[Row] = []
    for row in dropwhile(attrgetter("is_blank"), rows):
        is_over = row.is_blank or row.is_verbatim or row.quotes != (found or [row])[0].quotes
        if is_over or (not row.quotes and (row.marker or _ENDS.match(row.text))):
            break
        found.append(row)
        if not row.quotes and _ASKED.search(row.text):
            break
    return found


_ENDS = re.compile(rf"(?i)[|<]|{LETTERED}\s|\W*{alternatives(Concept.ANSWER, Concept.OPTIONS)}\b")
"""These are not questions: a table, HTML, an option, and the label of an answer."""
_ASKED = re.compile(rf"{QUESTION_MARK}[\W_]*$")
_LONGEST = 100
"""The most characters of a placeholder."""


def _is_placeholder(heading: Heading) -> bool:
    """Whether a heading is only a label or a number, with its question below."""
    text, number, has_label = _counted_wording(heading)
    is_able = len(text) <= _LONGEST and (has_label or number or re.search(r"\d", text))
    is_kind = has_label and len(text.split()) == 2 and names_questions(text)  # "Basic questions"
    return bool(is_able and (is_kind or _NOTHING.fullmatch(text)))


_NOTHING = lazy_pattern(
    rf"(?i)\W*(?:(?:{alternatives(Concept.CARD, Concept.QUIZ)})\W*\d+)?\W*"
    rf"(?:{alternatives(Concept.LEVEL)}|mcq|multiple choice|true\W+false"
    rf"|short answer|{POINTS}|\d+\s*(?:points?|marks?|pts?)"
    rf"|\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}|[{LETTERS}])?\W*"
)
"""What a placeholder can say besides a label and a number."""


def _counted_wording(heading: Heading) -> Wording:
    """Return the wording of a heading without the total (``Question 1 of 3``)."""
    if heading.wording.has_label or not _COUNTED.search(heading.text[:80]):
        return heading.wording
    return read_wording(_COUNTED.sub(r"\1:", heading.text, count=1))


_COUNTED = re.compile(r"(\d{1,3})\s*(?:of|/|von|de|из|sur)\s*\d{1,3}\b")
