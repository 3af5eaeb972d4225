"""Matches labels of answers, ``A:``, with labels of questions, ``Q:``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from cardwright.dialects.answer import kept_lines
from cardwright.dialects.asking import parted_at_mark
from cardwright.dialects.endings import has_text
from cardwright.dialects.labels import Label, label_of, labels
from cardwright.dialects.text.order import count_between, with_next
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, from_offset
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.signs import COLONS, QUESTION_MARKS, ends_asking
from cardwright.wording.words import Concept


@dataclass(frozen=True, slots=True)
class Pair:
    """A question's label and that of its answer, or ``None`` if the text under it answers.

    ``next`` is the line of the next question's label, or 0.
    """

    question: Label
    answer: Label | None
    next: int


def pairs_of_labels(outline: Outline) -> list[Pair]:
    """Return the labels of questions with those of their answers. Headings are left out."""
    found = [
        label
        for label in labels(outline)
        if (_may_ask(label) or label.answers or label.is_option)
        and not label.level
        and label.is_plain
    ]
    lines = [label.line for label in found]
    asking = _asking(outline, found)
    pairs: list[Pair] = []
    for question, following in with_next(asking):
        end = following.line if following else len(outline.lines) + 1
        if question.has_text:  # else a heading can be what it asks
            end = min(end, outline.section_end(question.line))
        within = found[bisect_right(lines, question.line) : bisect_left(lines, end)]
        answer = _inline(outline, question, within, end) or _answer(question, within)
        pairs.append(Pair(question, answer, following.line if following else 0))
    return pairs


def _may_ask(label: Label) -> bool:
    return label.asks or label.concept is Concept.TASK


def _asking(outline: Outline, found: Sequence[Label]) -> list[Label]:
    """Return the labels of questions: before an answer's label, with a number, or asking.

    If half of them are, all labels with a colon are questions, whatever their text says.
    """
    asking: list[Label] = []
    unsure: list[Label] = []
    following = None
    for at in range(len(found) - 1, -1, -1):
        label, below = found[at], following
        if label.is_option:
            continue
        following = label
        if not _may_ask(label) or (label.word in "Dd" and at and found[at - 1].is_option):
            continue
        is_answered = below is not None and below.answers
        is_near = below is not None and below.line - label.line <= _NEAR
        if label.concept is Concept.TASK:  # "Problem" over "Solution" tells of repairs as well
            is_asking = is_near and below is not None and below.concept is Concept.ANSWER
        elif label.concept is Concept.ASKING_LETTER and label.word.lower() not in _PLAIN:
            is_asking = is_near and is_answered
        else:
            text = outline.lines[label.line - 1][label.column - 1 :]
            is_sure = is_answered or (label.number and label.has_colon)
            is_asking = bool(is_sure) or not label.has_text or asks(text)
            if label.has_colon and not is_asking:
                unsure.append(label)
        if is_asking:
            asking.append(label)
    return sorted(asking + unsure if len(unsure) <= len(asking) else asking)


_PLAIN = "qس问問题題"
"""Letters that nobody uses to count options."""
_NEAR = 20
"""The most lines of a question whose label has other meanings."""


def _answer(question: Label, within: Sequence[Label]) -> Label | None:
    """Return the first label of this question's answer in ``within``. An option does not count."""
    for at, label in enumerate(within):
        is_other = label.number and question.number and label.number != question.number
        is_option = label.word in "Aa" and any(
            other.word in "Bb" and other.indent == label.indent for other in within[at + 1 : at + 9]
        )
        if label.answers and not is_other and not is_option:
            return label
    return None


_GAP = re.compile(rf"[{QUESTION_MARKS}{COLONS}.!。！)）>]{{0,4}}[ \t]+|[{QUESTION_MARKS}。！]+")


def _inline(outline: Outline, question: Label, within: Sequence[Label], end: int) -> Label | None:
    """Return an answer's label on a line of the question: after a full stop, or emphasised."""
    for row in outline.rows[question.line - 1 : min([end, *(each.line for each in within)]) - 1]:
        if row.is_verbatim or row.is_blank:
            return None
        start = question.column - 1 if row.number == question.line else 0
        for gap in _GAP.finditer(row.raw, start):
            label = label_of(row, gap.end())
            if label and label.answers and label.has_colon and (label.opening or gap[0].strip()):
                return label
    return None


_BLANK = re.compile(r"(?:&nbsp;|&emsp;|&ensp;|\s)+")
_RULED = re.compile(r"[ \t]*={4,}[ \t]*$")


def labelled_rows(outline: Outline, label: Label, span: Span) -> tuple[Line, ...]:
    """Return the lines of a question without blank lines, links and the label's emphasis."""
    rows = cut(outline.lines, span)
    rows = [rows[index] for index in kept_lines([row.text for row in rows])]
    if not rows:
        return ()
    if label.is_open:
        rows = _without_closing(rows, label.closing)
    rows[-1] = rows[-1]._replace(text=_RULED.sub("", rows[-1].text.rstrip()))
    blank = _BLANK.match(rows[0].text)
    return (from_offset(rows[0], blank.end()) if blank else rows[0], *rows[1:])


def _without_closing(rows: list[Line], closing: str) -> list[Line]:
    """Return the lines without the marks that end emphasis on the first line that has any."""
    at = next((at for at, row in enumerate(rows) if closing in row.text), None)
    if at is None:
        return rows
    text, _, rest = rows[at].text.rpartition(closing)
    return [*rows[:at], rows[at]._replace(text=text + rest), *rows[at + 1 :]]


def labelled_answer(outline: Outline, answer: Label, end: int) -> Span:
    """Return the text after an answer's label, without the end of emphasis around both.

    Code below such a line belongs to the next question. If other text is below, or the emphasis
    ends elsewhere, the label is part of the span. ``parse/sides`` removes it and keeps the
    emphasis.
    """
    text = outline.lines[answer.line - 1].rstrip()
    if not answer.is_open:
        return answer.behind(end)
    below = outline.rows[answer.line : end - 1]
    is_whole = text.endswith(answer.closing)
    if is_whole and all(row.is_verbatim or not row.text for row in below):
        return answer.behind(answer.line + 1, len(text) - len(answer.closing) + 1)
    return answer._replace(column=answer.start).behind(end)


def parted_under_label(outline: Outline, question: Label, end: int) -> tuple[Span, Span]:
    """Return the question, and the text under it that answers, divided where the question ends.

    It ends with its line. If its label is alone on that line, it ends with the next paragraph. If
    the label's emphasis is closed further down in the paragraph, it ends with that line. If nothing
    is below, it ends with its question mark, or with the line that has one.
    """
    text = outline.lines[question.line - 1]
    until, begin = parted_at_mark(text[question.column - 1 :]) if question.has_text else (0, 0)
    if begin and not has_text(outline, question.line + 1, end):
        column = question.column + begin
        answer = Span(question.line, end, column=column, quotes=question.quotes)
        return question.behind(question.line + 1, question.column + until), answer
    last = below = question.line
    while not question.has_text and below + 1 < end and not outline.lines[below].strip("> \t"):
        below += 1
    while below + 1 < end and outline.lines[below].strip("> \t"):
        below += 1
    if not question.has_text:
        offered = count_between(outline.option_lines, question.line, below + 1)
        over = next((each.line for each in outline.headings_between(below + 1, end)), end)
        is_all = offered < 2 and not has_text(outline, below + 1, over)
        able = outline.rows[question.line : below - 1] if is_all else ()
        last = next((row.number for row in able if ends_asking(row.text)), below)
    elif question.is_open:
        rows = [text[question.column - 1 :], *outline.lines[last:below]]
        closed = (at for at, row in enumerate(rows) if question.closing in row)
        last += next(closed, 0)
    cut_at = min(last + 1, end)
    return question.behind(cut_at), Span(cut_at, end, question.indent, quotes=question.quotes)


def opened_before(outline: Outline, first: int, line: int) -> int:
    """Return the first line after ``first`` that opens a fold around ``line``, else ``line``."""
    near = islice(reversed(outline.boxes[: bisect_left(outline.boxes, line, key=_start)]), _DEEPEST)
    return min((box.start for box in near if first < box.start and line < box.end), default=line)


_start = attrgetter("start")
_DEEPEST = 4
"""The most boxes above an answer that are looked at."""
