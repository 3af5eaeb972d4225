"""The question that stands above an answer or above options, wherever it begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.answers.stretch import width_of
from cardwright.dialects.boxes.titles import says_answer, says_hint
from cardwright.dialects.tasks import behind_task_label, sets_a_task
from cardwright.dialects.text.breaks import RULE
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline, Question, asked, under
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import Wording, asks, read_wording

_MOST_LINES = 80
"""How far above its answer a question begins at most."""


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
    at = bisect_left(outline.headings, spot.line, key=lambda heading: heading.line) - 1
    heading = outline.headings[at] if at >= 0 else None
    while heading is not None and says_hint(heading.text) and heading.line >= floor:
        spot, at = replace(spot, line=heading.line), at - 1
        heading = outline.headings[at] if at >= 0 else None
    if heading is not None and heading.line < floor:
        heading = None
    begin = max(floor, heading.body if heading else 1, spot.line - _MOST_LINES)
    begin = _behind_rule(outline, begin, spot.line)
    rows = _Rows(outline, begin, spot.line, spot.answer)
    if heading is not None and _is_question(heading, rows, below):
        return asked_by(outline, heading, spot, rows.first)
    if _is_counted_line(outline, spot):
        return asked_from(outline, spot.line, spot.line, spot.answer)
    is_loose = ((is_apart and floor > 1) or begin > floor) and len(
        rows.numbers
    ) <= _MOST_LOOSE_LINES
    start = _marked_start(rows, before)
    if start is None:
        start = rows.first if is_loose else _asking_start(rows)
    return asked_from(outline, start, spot.line, spot.answer) if start else None


def _is_counted_line(outline: Outline, spot: Spot) -> bool:
    """Whether an answer stands behind a statement with a number on the same line."""
    is_behind = spot.answer.start == spot.line and spot.answer.column > 1
    return is_behind and _wording(outline.lines[spot.line - 1]).ordinal is not None


_MOST_LOOSE_LINES = 16
"""More lines than these above an answer are rather a lesson, at whose end a question stands."""


def _behind_rule(outline: Outline, begin: int, end: int) -> int:
    """The line behind the last rule with text under it, ``begin`` where there is none."""
    has_text = False
    for number in range(end - 1, begin - 1, -1):
        text = outline.lines[number - 1]
        if has_text and _RULE.fullmatch(text) and not outline.is_verbatim[number - 1]:
            return number + 1
        has_text = has_text or bool(re.search(r"\w", text))
    return begin


_RULE = re.compile(rf"{RULE}|[ \t]*<quiz\b[^<>]*>\s*")


def _is_question(heading: Heading, rows: _Rows, below: int) -> bool:
    """Whether a heading asks what is answered under it, or its text does."""
    if heading.line < below < heading.direct or says_answer(heading.text):
        return False
    if not heading.text.strip():
        return True  # "Question 3"
    wording = heading.wording
    if rows.first is None or wording.number or wording.has_label or asks(heading.text):
        return True
    return len(heading.text.split()) >= _SENTENCE and sets_a_task(heading.text)


_SENTENCE = 8
"""A heading of so many words that says what to do is no title."""


def asked_by(outline: Outline, heading: Heading, spot: Spot, first: int | None) -> Question:
    """The question that a heading and the text under it, from line ``first``, ask."""
    question = under(heading)
    if first is not None and not question.text.strip():
        below = asked_from(outline, first, spot.line, spot.answer)
        return replace(below, line=heading.line, number=question.number or below.number)
    until = spot.answer.column if spot.answer.column > 1 else 0
    end = spot.line + 1 if until else spot.line
    text = trimmed(
        cut(outline.lines, Span(heading.body, end, question.answer.indent, 1, until)),
        _FURNITURE.fullmatch,
    )
    asked_ = question.front if question.text.strip() else ()
    gap = (Line("", text[0].number),) if asked_ and text else ()
    return replace(
        question,
        front=(*asked_, *gap, *text),
        answer=spot.answer,
        is_marked=True,
        direct=spot.answer.end,
    )


class _Rows:
    """The lines above an answer, each with what is needed to tell whether a question begins."""

    def __init__(self, outline: Outline, first: int, end: int, answer: Span) -> None:
        end += answer.start == end and answer.column > 1
        self.outline = outline
        self.lines = outline.lines
        self.numbers = [
            number
            for number in range(first, end)
            if not outline.is_verbatim[number - 1] and self._is_text(number)
        ]
        self.first = next((number for number in range(first, end) if self._is_text(number)), None)

    def _is_text(self, number: int) -> bool:
        return _FURNITURE.fullmatch(self.lines[number - 1]) is None

    def is_paragraph(self, number: int) -> bool:
        """Whether a line is the first of its block."""
        above = self.lines[number - 2] if number > 1 else ""
        is_verbatim = number > 1 and self.outline.is_verbatim[number - 2]
        return is_verbatim or not above.strip("> \t") or _FURNITURE.fullmatch(above) is not None


_FURNITURE = re.compile(
    r"(?i)(?:</?(?:p|br|div|center|b|ul|ol|li|quiz)\b[^<>]*>|<!--(?:(?!-->).)*-->|[-*_•\s>])*"
)
_OPTION = re.compile(
    r"[\s>]*(?:[-*+•]\s+)?(?:\*\*|__)?[(\[]?(?:[A-Ha-h][*_]{0,2}[.):：、）]|[ xX]\]\s)"
)
_ITEM = re.compile(r"(?P<indent>[\s>]*)(?P<marker>[-*+]\s+)(?!\[[ xX]\]\s)\S")
_BOLD = re.compile(r"[\s>]*(?:[-*+]\s+)?(?:\*\*|__|<b>|<strong>)(?=\S)", re.IGNORECASE)


def _marked_start(rows: _Rows, before: str) -> int | None:
    texts = {number: rows.lines[number - 1] for number in rows.numbers}
    words = {number: _wording(text) for number, text in texts.items() if not _OPTION.match(text)}
    labelled = [n for n, wording in words.items() if wording.has_label or _CALLOUT.match(texts[n])]
    if labelled:
        return labelled[-1]
    expected = int(before) + 1 if before.isdigit() else 0
    numbered = [
        number
        for number, wording in words.items()
        if wording.ordinal is not None
        and (wording.ordinal == expected or _is_leading(rows, number, words))
    ]
    following = _counted_on(rows, numbered, words, before)
    if following or len(numbered) == 1:
        return following or numbered[-1]
    bold = [n for n in words if _BOLD.match(texts[n]) and rows.is_paragraph(n)]
    if bold:
        return bold[-1]
    if numbered and not _counts_up([words[number].ordinal for number in numbered]):
        return numbered[-1]
    items = [n for n in words if _ITEM.match(texts[n]) and asks(texts[n])]
    return items[-1] if items else None


def _counted_on(
    rows: _Rows, numbered: Sequence[int], words: dict[int, Wording], before: str
) -> int | None:
    """The line with the number behind ``before``, or behind that one and asking, and so on.

    Of several the one furthest left, for a list of the question's own may begin anew.
    """
    expected = int(before) + 1 if before.isdigit() else None
    same = [number for number in numbered if words[number].ordinal == expected]
    widths = {number: width_of(rows.lines[number - 1]) for number in numbered}
    least = min((widths[number] for number in same), default=0)
    found = next((number for number in reversed(same) if widths[number] == least), None)
    for number in numbered:
        is_behind = found is not None and number > found and widths[number] == least
        if found is not None and is_behind and rows.is_paragraph(number):
            is_next = words[number].ordinal == (words[found].ordinal or 0) + 1
            found = number if is_next and asks(rows.lines[number - 1]) else found
    return found


_CALLOUT = re.compile(
    r"(?i)[\s>]*(?:\[!|(?:\?\?\?\+?|!!!)[ \t]+|:{3,}[ \t]*\{?[ \t]*\.?)"
    r"(?:questions?|exercises?|quiz)\b"
)


def _wording(text: str) -> Wording:
    return read_wording(re.sub(r"^[\s>]*(?:[-*+]\s+)?", "", text[:500]))


def _is_leading(rows: _Rows, number: int, words: dict[int, Wording]) -> bool:
    """Whether a number stands where one can begin: above it a blank line or another one."""
    above = words.get(number - 1)
    return (
        rows.is_paragraph(number)
        or (above is not None and above.ordinal is not None)
        or (number == rows.first or rows.outline.lines[number - 1].lstrip()[:2] in ("**", "<b"))
    )


def _counts_up(ordinals: Sequence[int | None]) -> bool:
    return list(ordinals) == list(range(1, len(ordinals) + 1))


def _asking_start(rows: _Rows) -> int | None:
    """The first line of the last paragraph that asks, code and its words above it included."""
    starts = [number for number in rows.numbers if rows.is_paragraph(number)]
    for at in range(len(starts) - 1, -1, -1):
        text = rows.lines[starts[at] - 1]
        if not _OPTION.match(text) and asks(text):
            above = starts[at] - 2
            while above > 0 and not rows.lines[above - 1].strip():
                above -= 1
            has_code = above > 0 and rows.outline.is_verbatim[above - 1]
            return starts[at - 1] if has_code and at else starts[at]
    return starts[-1] if starts else None


_BEGIN = re.compile(r"(?P<quotes>(?: {0,3}> ?)*)(?P<item>[ \t]*(?:(?:[-*+]|\d{1,4}[.)])[ \t]+)?)")
_BULLET = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?:\[![\w-]+\][-+]?[ \t]*)?")
"""A list marker, or the mark of a callout in which the question stands."""


def asked_from(outline: Outline, start: int, line: int, answer: Span, column: int = 0) -> Question:
    """The question on the lines from ``start`` up to ``line``, or up to the answer on it.

    Its text begins at ``column`` of the first one, 0 for behind the marker of a list.

    Its number, label and bold go; where nothing else is on its first lines, what stands
    below them asks.
    """
    until = answer.column if answer.start == line and answer.column > 1 else 0
    end = line + 1 if until else line
    begin = _BEGIN.match(outline.lines[start - 1])
    quotes = begin["quotes"].count(">") if begin else 0
    indent = len(begin["item"].expandtabs(4)) if begin else 0
    rows = cut(outline.lines, Span(start, end, 0, 1, until, quotes))
    bullet = _BULLET.match(rows[0].text)
    offset = bullet.end() if bullet else 0
    offset = column - rows[0].column if column else offset
    offset += behind_task_label(rows[0].text[offset:])
    first = Line(rows[0].text[offset:], start, rows[0].column + offset)
    rest = cut(outline.lines, Span(start + 1, end, indent, 1, until, quotes))
    length = _length_of_head(outline, rest)
    question = asked([first, *rest[:length]], answer, line=start, is_marked=True)
    head = question.front if question.text.strip() else ()
    return replace(question, front=trimmed([*head, *rest[length:]], _FURNITURE.fullmatch))


def _length_of_head(outline: Outline, rest: Sequence[Line]) -> int:
    """How many lines go on with the question's first one, before a blank line, code or options."""
    for at, line in enumerate(rest):
        is_verbatim = outline.is_verbatim[line.number - 1]
        if is_verbatim or not line.text.strip() or _OPTION.match(line.text):
            return at
    return len(rest)
