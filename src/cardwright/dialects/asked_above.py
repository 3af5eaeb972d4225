"""The question that stands above an answer or above options, wherever it begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import BOLD, BULLET, is_rule
from cardwright.dialects.folding.summaries import says_answer, says_hint
from cardwright.dialects.options import begins_option
from cardwright.dialects.tasks.exercise_labels import behind_task_label, sets_a_task
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import asks, read_wording

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


def questions_above(
    outline: Outline, spots: Sequence[Spot], *, is_apart: bool
) -> tuple[Question, ...]:
    """The questions that stand above each spot, between it and the one before; in order.

    A heading is the question when it asks, has a number or has no other text under it, and
    stands above no other spot. ``is_apart`` says that no answer goes on behind its spot, so
    that all of the text between two spots asks.
    """
    found: list[Question] = []
    floor, before = 1, ""
    for spot, below in zip(spots, [*spots[1:], None], strict=False):
        question = _above(outline, spot, below.line if below else 0, floor, before, is_apart)
        if question is not None:
            found.append(question)
            before = question.number or before
        floor = spot.end
    return tuple(found)


def _above(
    outline: Outline, spot: Spot, below: int, floor: int, before: str, is_apart: bool
) -> Question | None:
    at = bisect_left(outline.heading_lines, spot.line) - 1
    while at >= 0 and outline.headings[at].line >= floor and says_hint(outline.headings[at].text):
        spot, at = replace(spot, line=outline.headings[at].line), at - 1
    heading = outline.headings[at] if at >= 0 and outline.headings[at].line >= floor else None
    begin = max(floor, heading.body if heading else 1, spot.line - _MOST_LINES)
    begin = _behind_rule(outline, begin, spot.line)
    is_behind = spot.answer.start == spot.line and spot.answer.column > 1
    starts = _starts(outline, begin, spot.line + is_behind)
    first = next(
        (at for at in range(begin, spot.line + is_behind) if _is_text(outline, at)), None
    )
    if heading is not None and _is_question(heading, first, below):
        return asked_by(outline, heading, spot)
    if is_behind and _start(outline.rows[spot.line - 1], is_paragraph=True).ordinal:
        return asked_from(outline, spot.line, spot.line, spot.answer)
    is_loose = (is_apart and floor > 1) or begin > floor
    line = _marked(starts, int(before) if before.isdigit() else 0)
    if line is None and is_loose and len(starts) <= _MOST_LOOSE_LINES:
        line = first
    line = line or _last_asking(outline, starts)
    return asked_from(outline, line, spot.line, spot.answer) if line else None


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


def _is_text(outline: Outline, number: int) -> bool:
    return _FURNITURE.fullmatch(outline.lines[number - 1]) is None


def _is_question(heading: Heading, first: int | None, below: int) -> bool:
    """Whether a heading asks what is answered under it, or its text does."""
    if heading.line < below < heading.direct or says_answer(heading.text):
        return False
    wording = heading.wording
    if first is None or not wording.text.strip() or wording.number or wording.has_label:
        return True
    is_task = len(heading.text.split()) >= _SENTENCE and sets_a_task(heading.text)
    return is_task or asks(heading.text)


def asked_by(outline: Outline, heading: Heading, spot: Spot) -> Question:
    """The question that a heading and the text under it, up to the spot, ask."""
    question = under(heading)
    first = next((at for at in range(heading.body, spot.line) if _is_text(outline, at)), None)
    if first is not None and not question.text.strip():
        below = asked_from(outline, first, spot.line, spot.answer)
        return replace(below, line=heading.line, number=question.number or below.number)
    is_behind = spot.answer.start == spot.line and spot.answer.column > 1
    until = spot.answer.column if is_behind else 0
    span = Span(heading.body, spot.line + bool(until), question.answer.indent, 1, until)
    text = trimmed(cut(outline.lines, span), _FURNITURE.fullmatch)
    front = _unlabelled(question.front)
    gap = (Line("", text[0].number),) if front and text else ()
    return replace(
        question, front=(*front, *gap, *text), answer=spot.answer, is_marked=True,
        direct=spot.answer.end,
    )  # fmt: skip


def _unlabelled(front: Sequence[Line]) -> tuple[Line, ...]:
    """The text of a heading without "Problem 3:", ``()`` where nothing is left of it."""
    begin = behind_task_label(front[0].text) if front else 0
    first = (replace(line, text=line.text[begin:], column=line.column + begin) for line in front[:1])
    kept = (*first, *front[1:])
    return kept if any(line.text.strip() for line in kept) else ()


@dataclass(frozen=True, slots=True)
class _Start:
    """A line above an answer, and what may make a question begin there."""

    row: Row
    is_paragraph: bool
    ordinal: int = 0
    has_label: bool = False
    is_bold: bool = False


_CALLOUT = re.compile(
    r"(?i)(?:\[!|(?:\?\?\?\+?|!!!)[ \t]+|:{3,}[ \t]*\{?[ \t]*\.?)(?:questions?|exercises?|quiz)\b"
)
_BOLD = re.compile(rf"(?:{BOLD})(?=\S)")


def _starts(outline: Outline, first: int, end: int) -> list[_Start]:
    found: list[_Start] = []
    for row in outline.rows[first - 1 : end - 1]:
        if not row.is_verbatim and _is_text(outline, row.number):
            above = outline.rows[row.number - 2] if row.number > 1 else row
            is_apart = above.is_verbatim or not above.text or not _is_text(outline, above.number)
            found.append(_start(row, is_paragraph=is_apart or row.number == 1))
    return found


def _start(row: Row, *, is_paragraph: bool) -> _Start:
    if begins_option(row):
        return _Start(row, is_paragraph)
    wording = read_wording(row.text[:500])
    has_label = wording.has_label or row.kind == "1Q" or bool(_CALLOUT.match(row.text))
    is_bold = is_paragraph and bool(_BOLD.match(row.text)) and not row.ordinal
    return _Start(row, is_paragraph, row.ordinal or wording.ordinal or 0, has_label, is_bold)


def _marked(starts: Sequence[_Start], before: int) -> int | None:
    """The line that a label, a number, bold, or a bullet that asks marks; ``None`` for none.

    A number counts where it goes on from ``before``, that of the question above, or begins a
    block; several that count from 1 are a list in the question.
    """
    labelled = [start for start in starts if start.has_label]
    if labelled:
        return labelled[-1].row.number
    numbered = [
        start
        for start, above in zip(starts, [None, *starts], strict=False)
        if start.ordinal
        and (
            (before and start.ordinal == before + 1)
            or start.is_paragraph
            or above is None
            or above.ordinal
            or start.row.text.startswith(("**", "<b"))
        )
    ]
    line = _counted_on(numbered, before)
    if line or len(numbered) == 1:
        return line or numbered[-1].row.number
    bold = [start for start in starts if start.is_bold]
    is_list = [start.ordinal for start in numbered] == [*range(1, len(numbered) + 1)]
    items = [start for start in starts if _is_asking_item(start)]
    for found in (bold, [] if is_list else numbered, items):
        if found:
            return found[-1].row.number
    return None


def _is_asking_item(start: _Start) -> bool:
    is_bullet = bool(start.row.marker) and not (start.row.ordinal or start.row.box)
    return is_bullet and not begins_option(start.row) and asks(start.row.text)


def _counted_on(numbered: Sequence[_Start], before: int) -> int | None:
    """The line with the number behind ``before``, or behind that one and asking, and so on.

    Of several the one furthest left, for a list of the question's own may begin anew.
    """
    same = [start for start in numbered if before and start.ordinal == before + 1]
    least = min((start.row.indent for start in same), default=0)
    found = next((start for start in reversed(same) if start.row.indent == least), None)
    for start in numbered:
        is_below = found is not None and start.row.number > found.row.number
        if found and is_below and start.is_paragraph and start.row.indent == least:
            is_next = start.ordinal == found.ordinal + 1 and asks(start.row.text)
            found = start if is_next else found
    return found.row.number if found else None


def _last_asking(outline: Outline, starts: Sequence[_Start]) -> int | None:
    """The first line of the last paragraph that asks, code and its words above it included."""
    paragraphs = [start.row for start in starts if start.is_paragraph]
    for at in range(len(paragraphs) - 1, -1, -1):
        if not begins_option(paragraphs[at]) and asks(paragraphs[at].text):
            above = paragraphs[at].number - 2
            while above > 0 and not outline.lines[above - 1].strip():
                above -= 1
            has_code = above > 0 and outline.is_verbatim[above - 1]
            return paragraphs[at - 1 if has_code and at else at].number
    return paragraphs[-1].number if paragraphs else None


_HEAD = re.compile(rf"[ \t>]*(?:{BULLET}[ \t]+)?(?:\[![\w-]+\][-+]?[ \t]*)?")
"""What stands before a question on its first line, its number aside."""


def asked_from(outline: Outline, start: int, line: int, answer: Span, column: int = 0) -> Question:
    """The question on the lines from ``start`` up to ``line``, or up to the answer on it.

    Its text begins at ``column`` of the first one, 0 for behind the marker of a list.
    Its number, label and bold go; where nothing else is on its first lines, what stands
    below them asks.
    """
    until = answer.column if answer.start == line and answer.column > 1 else 0
    end = line + 1 if until else line
    row, text = outline.rows[start - 1], outline.lines[start - 1]
    head = _HEAD.match(text)
    offset = column - 1 if column else head.end() if head else 0
    offset += behind_task_label(text[offset:])
    is_whole = start == end - 1 and until
    first = Line(text[offset : until - 1 if is_whole else None], start, offset + 1)
    rest = cut(outline.lines, Span(start + 1, end, row.width, 1, until, row.quotes))
    length = _length_of_head(outline, rest)
    question = asked([first, *rest[:length]], answer, line=start, is_marked=True)
    front = question.front if question.text.strip() else ()
    return replace(question, front=trimmed([*front, *rest[length:]], _FURNITURE.fullmatch))


def _length_of_head(outline: Outline, rest: Sequence[Line]) -> int:
    """How many lines go on with the question's first one, before a blank line, code or options."""
    for at, line in enumerate(rest):
        row = outline.rows[line.number - 1]
        if row.is_verbatim or not line.text.strip() or begins_option(row):
            return at
    return len(rest)
