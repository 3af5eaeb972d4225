"""The question that stands above an answer or above options, wherever it begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cardwright.blocks.rows import YEARS, Row
from cardwright.blocks.signs import BOLD, BULLET, is_rule
from cardwright.dialects.labels import behind_task_label
from cardwright.dialects.options import begins_option
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line
from cardwright.wording import asks, read_wording, sets_a_task
from cardwright.wording.titles import says_answer
from cardwright.wording.words import Concept, concepts_of

_MOST_LINES = 80
"""How far above its answer a question begins at most."""
_MOST_LOOSE_LINES = 16
"""More lines than these above an answer are rather a lesson, at whose end a question stands."""
_SENTENCE = 8
"""A heading of so many words that says what to do is no title."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where what answers a question, or its options, begin, and the line after the last."""

    line: int
    answer: Span
    end: int

    @property
    def until(self) -> int:
        """The column at which the answer begins behind text of the same line, 0 for none."""
        is_behind = self.answer.start == self.line and self.answer.column > 1
        return self.answer.column if is_behind else 0


def questions_above(
    outline: Outline, spots: Sequence[Spot], *, is_apart: bool
) -> tuple[Question, ...]:
    """The questions that stand above each spot, between it and the one before; in order.

    A heading is the question when it asks, has a number or has no other text under it, and
    stands above no other spot. ``is_apart`` says that no answer goes on behind its spot, so
    that all of the text between two spots asks.
    """
    found: list[Question] = []
    floor = 1
    for spot, below in zip(spots, [*(spot.line for spot in spots[1:]), 0], strict=False):
        question = _above(outline, spot, below, floor, is_apart)
        if question is not None:
            found.append(question)
        floor = spot.end
    return tuple(found)


def _above(outline: Outline, spot: Spot, below: int, floor: int, is_apart: bool) -> Question | None:
    at = bisect_left(outline.heading_lines, spot.line) - 1
    heading = outline.headings[at] if at >= 0 and outline.headings[at].line >= floor else None
    begin = max(floor, heading.body if heading else 1, spot.line - _MOST_LINES)
    begin = _behind_rule(outline, begin, spot.line)
    starts = _starts(outline, begin, spot.line + bool(spot.until))
    first = _first_text(outline, begin, spot.line + bool(spot.until))
    if heading is not None and _is_question(heading, first, below):
        return asked_by(outline, heading, spot)
    line = _marked(starts)
    is_loose = (is_apart and floor > 1) or begin > floor
    if line is None and is_loose and len(starts) <= _MOST_LOOSE_LINES:
        line = first
    return asked_from(outline, line, spot) if line else None


def _behind_rule(outline: Outline, begin: int, end: int) -> int:
    """The line behind the last rule with text under it, ``begin`` where there is none."""
    has_text = False
    for number in range(end - 1, begin - 1, -1):
        text = outline.lines[number - 1]
        is_cut = is_rule(text) or text.lstrip().startswith("<quiz")
        if has_text and is_cut and not outline.is_verbatim[number - 1]:
            return number + 1
        has_text = has_text or bool(re.search(r"\w", text))
    return begin


_FURNITURE = re.compile(
    r"(?i)(?:</?(?:p|br|div|center|b|ul|ol|li|quiz)\b[^<>]*>|<!--(?:(?!-->).)*-->|[-*_•\s>])*"
)


def _first_text(outline: Outline, first: int, end: int) -> int | None:
    lines = range(first, end)
    return next((n for n in lines if not _FURNITURE.fullmatch(outline.lines[n - 1])), None)


def _is_question(heading: Heading, first: int | None, below: int) -> bool:
    """Whether a heading asks what is answered under it, or its text does."""
    if heading.line < below < heading.direct or says_answer(heading.text):
        return False
    wording = heading.wording
    if first is None or not wording.text.strip() or wording.number or wording.has_label:
        return True
    is_task = len(heading.text.split()) >= _SENTENCE and sets_a_task(heading.text)
    return is_task or asks(heading.text)


@dataclass(frozen=True, slots=True)
class _Start:
    """A line above an answer, and what may make a question begin there."""

    row: Row
    is_paragraph: bool
    ordinal: int = 0
    has_label: bool = False

    @property
    def asks(self) -> bool:
        return asks(self.row.text) and not begins_option(self.row)


_CALLOUT = re.compile(
    r"(?i)(?:\[!|(?:\?\?\?\+?|!!!)[ \t]+|:{3,}[ \t]*\{?[ \t]*\.?)(?:questions?|exercises?|quiz)\b"
)
_BOLD = re.compile(rf"(?:{BOLD})(?=\S)")


def _starts(outline: Outline, first: int, end: int) -> list[_Start]:
    """The lines with text, code aside."""
    found: list[_Start] = []
    is_apart = True
    for row in outline.rows[first - 1 : end - 1]:
        is_empty = row.is_verbatim or _FURNITURE.fullmatch(outline.lines[row.number - 1])
        if not is_empty:
            wording = read_wording(row.text[:500])
            ordinal = row.ordinal or wording.ordinal or 0
            has_label = wording.has_label or row.kind == "1Q" or bool(_CALLOUT.match(row.text))
            is_option = begins_option(row)
            found.append(
                _Start(row, is_apart, *((0, False) if is_option else (ordinal, has_label)))
            )
        is_apart = bool(is_empty)
    return found


def _marked(starts: Sequence[_Start]) -> int | None:
    """The line that a label, a number, bold, or a bullet that asks marks; ``None`` for none.

    Several numbers that count from 1 are a list in the question, unless all of them ask and have
    other text between them: then the others are questions that are answered elsewhere.
    """
    labelled = [start for start in starts if start.has_label]
    counted = [start for start in starts if start.ordinal]
    least = min((start.row.indent for start in counted), default=0)
    counted = [start for start in counted if start.row.indent == least]
    bold = [s for s in starts if s.is_paragraph and not s.ordinal and _BOLD.match(s.row.text)]
    places = [at for at, start in enumerate(starts) if start in counted]
    is_apart = all(after - at > 1 for at, after in pairwise(places))
    is_list = [start.ordinal for start in counted] == [*range(1, len(counted) + 1)]
    is_list = is_list and not (is_apart and all(start.asks for start in counted))
    bullets = [s for s in starts if s.row.marker and not (s.row.ordinal or s.row.box) and s.asks]
    alone = counted if len(counted) == 1 else []
    for found in (labelled, alone, bold, [] if is_list else counted, bullets):
        if found:
            return found[-1].row.number
    return None


def asked_by(outline: Outline, heading: Heading, spot: Spot) -> Question:
    """The question that a heading and the text under it, up to the spot, ask."""
    question = under(heading)
    first = _first_text(outline, heading.body, spot.line)
    if first is not None and not question.text.strip():
        below = asked_from(outline, first, spot)
        return below._replace(line=heading.line, number=question.number or below.number)
    end = spot.line + bool(spot.until)
    span = Span(heading.body, end, question.answer.indent, 1, spot.until)
    text = trimmed(cut(outline.lines, span), _FURNITURE.fullmatch)
    begin = behind_task_label(question.text)  # "Problem 3:"
    front = trimmed([from_offset(line, begin) for line in question.front[:1]])
    front = (*front, *question.front[1:]) if front else ()
    gap = (Line("", text[0].number),) if front and text else ()
    whole = (*front, *gap, *text)
    return question._replace(front=whole, answer=spot.answer, is_marked=True, direct=spot.end)


_HEAD = re.compile(rf"[ \t>]*(?:{BULLET}[ \t]+)?(?:\[![\w-]+\][-+]?[ \t]*)?")
"""What stands before a question on its first line, its number aside."""


def asked_from(outline: Outline, start: int, spot: Spot, column: int = 0) -> Question:
    """The question on the lines from ``start`` up to the spot.

    Its text begins at ``column`` of the first one, 0 for behind the marker of a list. Number, label
    and bold are taken off. If nothing else is on the first lines, the lines below them ask.
    """
    end = spot.line + bool(spot.until)
    row, text = outline.rows[start - 1], outline.lines[start - 1]
    text = text[: spot.until - 1] if spot.until and start == spot.line else text
    head = _HEAD.match(text)
    offset = column - 1 if column else head.end() if head else 0
    offset = max(offset, row.offset) if row.ordinal >= YEARS else offset
    is_label = Concept.QUESTION in concepts_of(text[offset:])  # "**Question**:" and no more
    offset = len(text) if is_label else offset + behind_task_label(text[offset:])
    rest = cut(outline.lines, Span(start + 1, end, row.width, 1, spot.until, row.quotes))
    length = next((at for at, line in enumerate(rest) if _parts(outline, line)), len(rest))
    lines = [Line(text[offset:], start, offset + 1), *rest[:length]]
    question = asked(lines, spot.answer, line=start, is_marked=True)
    front = question.front if question.text.strip() else ()
    whole = trimmed([*front, *rest[length:]], _FURNITURE.fullmatch)
    return question._replace(front=whole)


def _parts(outline: Outline, line: Line) -> bool:
    """Whether a line does not go on with the first ones: it is blank, code, or an option."""
    row = outline.rows[line.number - 1]
    return row.is_verbatim or not line.text.strip() or begins_option(row)
