"""Finds the question above an answer or options: ``What is a leaf?`` over ``- [x] an organ``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.blocks.rows import Row
from cardwright.dialects.labels import behind_task_label
from cardwright.dialects.options import begins_option
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line
from cardwright.wording import asks, read_wording, sets_a_task
from cardwright.wording.signs import BOLD, BULLET, BULLETS, PAGE_TAG, has_word, is_rule, leads_on
from cardwright.wording.words import Concept, concepts_of

_MOST_LINES = 80
"""The most lines between the start of a question and its answer."""
_FEWEST_ALIKE = 3
"""The fewest questions that show which text above the first one only introduces them."""
_MOST_LOOSE_LINES = 16
"""More lines above an answer are probably a lesson, with a question at its end."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The line where an answer or the options of a question begin, and the line after the last."""

    line: int
    answer: Span
    end: int


def questions_above(
    outline: Outline, spots: Sequence[Spot], *, is_apart: bool = True
) -> tuple[Question, ...]:
    """Return the questions above the spots, in order. Each is between its spot and the last one.

    A heading is the question if it asks, has a number or has no other text below. Neither another
    spot nor the label of a question may be below it. ``is_apart`` says that no answer continues
    after its spot, so that all of the text between two spots asks. If only the end of a text was a
    question of an earlier build, the lines above it are something else.
    """
    found: list[tuple[Question, Spot]] = []
    floor = 1
    for spot, below in with_next(spots):
        question = _above(outline, spot, below.line if below else 0, floor, is_apart)
        if question is not None:
            found.append((_known_end(outline, question, spot) or question, spot))
        floor = spot.end
    longer = [at for at, (question, _) in enumerate(found) if not _is_one_paragraph(question)]
    if longer == [0] and len(found) >= _FEWEST_ALIKE:
        question, spot = found[0]
        found[0] = (_without_introduction(outline, question, spot), spot)
    return tuple(question for question, _ in found)


def _is_one_paragraph(question: Question) -> bool:
    return all(line.text.strip() for line in question.front)


def _without_introduction(outline: Outline, question: Question, spot: Spot) -> Question:
    """Return the last paragraph of a question without a mark, if it asks and is no heading's."""
    gap = max(at for at, line in enumerate(question.front) if not line.text.strip())
    rows = outline.rows[question.line - 1 : question.front[gap].number]
    is_led = any(row.is_verbatim or row.level or leads_on(row.text) for row in rows)
    last = question.front[gap + 1 :]
    if is_led or question.number or not (last and asks(" ".join(line.text for line in last))):
        return question
    return asked_from(outline, last[0].number, spot)


def _above(outline: Outline, spot: Spot, below: int, floor: int, is_apart: bool) -> Question | None:
    heading = outline.heading_above(spot.line - 1)
    heading = heading if heading and heading.line >= floor else None
    begin = max(floor, heading.body if heading else 1, spot.line - _MOST_LINES)
    begin = _behind_rule(outline, begin, spot.line)
    rows = [
        row
        for row in outline.rows[begin - 1 : spot.line - 1]
        if not (row.is_verbatim or _FURNITURE.fullmatch(outline.lines[row.number - 1]))
    ]
    if heading is not None and not _labelled(rows) and _is_question(heading, rows, below):
        return asked_by(outline, heading, spot)
    is_loose = begin > floor or (is_apart and floor > 1)
    line = _marked(outline, rows)
    if line is None and is_loose and len(rows) <= _MOST_LOOSE_LINES:
        line = _first_text(outline, begin, spot.line)
    line = line or _last_asking(outline, rows)
    return asked_from(outline, line, spot) if line else None


def _known_end(outline: Outline, question: Question, spot: Spot) -> Question | None:
    """Return the question of an earlier build at the end of a question that is none."""
    if not outline.knows_any() or outline.knows(question.text):
        return None
    first = max(question.line + 1, spot.line - _MOST_LINES)
    starts = (line.number for line in reversed(question.front) if line.number >= first)
    found = (asked_from(outline, start, spot) for start in starts)
    return next((each for each in found if outline.knows(each.text)), None)


def _behind_rule(outline: Outline, begin: int, end: int) -> int:
    """Return the line after the last rule with text under it, ``begin`` if there is none.

    A heading in HTML is the first line of its question.
    """
    has_text = False
    for number in range(end - 1, begin - 1, -1):
        text = outline.lines[number - 1]
        is_title = _TITLE.match(text) is not None
        is_cut = is_rule(text) or is_title
        if has_text and is_cut and not outline.is_verbatim[number - 1]:
            return number if is_title else number + 1
        has_text = has_text or has_word(text)
    return begin


_TITLE = re.compile(r"(?i)\s*<h[1-6]\b")
_FURNITURE = re.compile(
    rf"(?i)(?:</?(?:p|br|div|center|b|ul|ol|li)\b[^<>]*>|<!--(?:(?!-->).)*-->|{PAGE_TAG}|[{BULLETS}_\s>])*"
)


def _first_text(outline: Outline, first: int, end: int) -> int | None:
    lines = range(first, end)
    return next((n for n in lines if not _FURNITURE.fullmatch(outline.lines[n - 1])), None)


def _is_question(heading: Heading, rows: Sequence[Row], below: int) -> bool:
    """Whether a heading, or the text under it, asks what is answered there. Code does not ask."""
    wording = heading.wording
    is_marked = bool(wording.number) or wording.has_label or sets_a_task(heading.text)
    is_marked = is_marked or behind_task_label(heading.text) > 0
    is_shared = heading.line < below < heading.direct
    if is_shared:  # a section, unless it has a number and options right below
        return bool(wording.number) and not rows
    return is_marked or not rows


_BOLD = re.compile(rf"(?:{BOLD})(?=\S)")
_NO_QUESTION = {Concept.EXPLANATION, Concept.ANSWER, Concept.SOLUTION}


def _is_emphasised(text: str) -> bool:
    """Whether a line begins with bold that is no label, or with a number in italics."""
    if _BOLD.match(text):
        return not _NO_QUESTION & concepts_of(text)
    return text[:1] in ("*", "_") and bool(read_wording(text).number)


def _marked(outline: Outline, rows: Sequence[Row]) -> int | None:
    """Return the line that a label, a number, bold or an asking bullet marks, or ``None``.

    Several numbers that count from 1 are a list in the question.
    """
    starts = [row for row in rows if not begins_option(row)]
    counted = [row for row in starts if row.ordinal]
    least = min((row.indent for row in counted), default=0)
    counted = [row for row in counted if row.indent == least]
    is_list = [row.ordinal for row in counted] == [*range(1, len(counted) + 1)]
    bold = [row for row in starts if _is_emphasised(row.text) and _is_apart(outline, row)]
    bullets = [row for row in starts if row.marker and not row.ordinal and asks(row.text)]
    counted = counted if len(counted) == 1 or not is_list else []
    found = _labelled(rows) or counted or bold or bullets
    return found[-1].number if found else None


def _last_asking(outline: Outline, rows: Sequence[Row]) -> int | None:
    """Return the first line of the paragraph right above a spot, if it asks or sets a task."""
    at = next((at for at in reversed(range(len(rows))) if _is_apart(outline, rows[at])), 0)
    text = " ".join(row.text for row in rows[at:])
    is_able = rows and not (rows[at].marker or rows[at].quotes)
    return rows[at].number if is_able and (sets_a_task(text) or leads_on(text)) else None


def _labelled(rows: Sequence[Row]) -> list[Row]:
    """Return the lines with the label of a question, ``Q1:``, or of an exercise."""
    able = (row for row in rows if not begins_option(row))
    texts = ((row, row.text[:500]) for row in able)
    return [row for row, text in texts if read_wording(text).has_label or behind_task_label(text)]


def _is_apart(outline: Outline, row: Row) -> bool:
    """Whether a line begins a paragraph."""
    above = outline.rows[row.number - 2] if row.number > 1 else None
    return above is None or above.level > 0 or not _FURNITURE.sub("", above.text)


def asked_by(outline: Outline, heading: Heading, spot: Spot) -> Question:
    """Return the question in a heading and in the text under it, up to the spot."""
    question = under(heading)
    first = _first_text(outline, heading.body, spot.line)
    if first is not None and not question.text.strip():
        below = asked_from(outline, first, spot)
        return below._replace(line=heading.line, number=question.number)
    span = Span(heading.body, spot.line, question.answer.indent)
    text = trimmed(cut(outline.lines, span), _FURNITURE.fullmatch)
    begin = behind_task_label(question.text)  # "Problem 3:"
    front = trimmed([from_offset(line, begin) for line in question.front[:1]])
    front = (*front, *question.front[1:]) if front else ()
    gap = (Line("", text[0].number),) if front and text else ()
    front = (*front, *gap, *text)
    return question._replace(front=front, answer=spot.answer, is_marked=True, direct=spot.end)


_HEAD = re.compile(rf"[ \t>]*(?:{BULLET}[ \t]+)?(?:\[![\w-]+\][-+]?[ \t]*)?")
"""Text before a question on its first line, besides a number."""


def asked_from(outline: Outline, start: int, spot: Spot, column: int = 0) -> Question:
    """Return the question on the lines from ``start`` up to the spot.

    Its text begins at ``column`` of the first line, or after a list marker if that is 0. Number,
    label and bold are removed. If nothing else is on the first lines, the lines below them ask.
    """
    row, text = outline.rows[start - 1], outline.lines[start - 1]
    head = _HEAD.match(text)
    offset = column - 1 if column else head.end() if head else 0
    is_label = Concept.QUESTION in concepts_of(text[offset:])  # "**Question**:" and no more
    offset = len(text) if is_label else offset + behind_task_label(text[offset:])
    rest = cut(outline.lines, Span(start + 1, spot.line, row.width, 1, 0, row.quotes))
    length = next((at for at, line in enumerate(rest) if _parts(outline, line)), len(rest))
    lines = [Line(text[offset:], start, offset + 1), *rest[:length]]
    question = asked(lines, spot.answer, line=start, is_marked=True)
    front = question.front if question.text.strip() else ()
    return question._replace(front=trimmed([*front, *rest[length:]], _FURNITURE.fullmatch))


def _parts(outline: Outline, line: Line) -> bool:
    """Whether a line does not continue the first ones: it is blank, code, or an option."""
    row = outline.rows[line.number - 1]
    return row.is_verbatim or not line.text.strip() or begins_option(row)
