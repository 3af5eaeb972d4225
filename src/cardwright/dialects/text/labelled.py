"""What stands behind a label: the lines of a question, the place of an answer."""

from __future__ import annotations

import re

from cardwright.blocks.signs import QUESTION_MARK
from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.labels import Label
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, from_offset
from cardwright.model import Line

_BLANK = re.compile(r"(?:&nbsp;|&emsp;|&ensp;|\s)+")
_RULED = re.compile(r"[ \t]*={4,}[ \t]*$")


def labelled_rows(outline: Outline, label: Label | None, span: Span) -> tuple[Line, ...]:
    """The lines of a question without what stands around them, emphasis of the label's too."""
    rows = cut(outline.lines, span)
    rows = [rows[index] for index in kept_lines([row.text for row in rows])]
    while rows and rows[-1].text.strip() in {"", "?", "??"}:  # the sign of another tool's cards
        rows.pop()
    if not rows:
        return ()
    if label is not None and label.is_open:
        rows = _without_closing(rows, label.closing)
    rows[-1] = rows[-1]._replace(text=_RULED.sub("", rows[-1].text.rstrip()))
    blank = _BLANK.match(rows[0].text)
    return (from_offset(rows[0], blank.end()) if blank else rows[0], *rows[1:])


def _without_closing(rows: list[Line], closing: str) -> list[Line]:
    """The lines without the marks that end emphasis: at their end, or the first ones of all."""
    for at in (len(rows) - 1, *range(len(rows) - 1)):
        text = rows[at].text.rstrip()
        found = text.find(closing) if at < len(rows) - 1 else text.rfind(closing)
        if found >= 0:
            bare = text[:found] + text[found + len(closing) :]
            return [*rows[:at], rows[at]._replace(text=bare), *rows[at + 1 :]]
    return rows


def labelled_answer(outline: Outline, answer: Label, end: int) -> Span:
    """What is behind an answer's label; where the bold print goes on with more behind it, all."""
    text = outline.lines[answer.line - 1].rstrip()
    at = text.find(answer.closing, answer.column) if answer.is_open else -1
    if at < 0:
        return answer.behind(end)
    rest = (text[at + len(answer.closing) :], *outline.lines[answer.line : end - 1])
    if any(row.strip() for row in rest):
        return answer.behind(end)._replace(column=answer.start)
    return answer.behind(answer.line + 1, at + 1)


_ENDS = re.compile(rf"{QUESTION_MARK}[*_)\"”]*$")


def parted_under_label(outline: Outline, question: Label, end: int) -> tuple[Span, Span]:
    """The question and the text under it that answers, parted where the question ends.

    That is behind its bold print, at a question mark that ends a line, or after one line; where
    nothing stands beside the label, after the paragraph below.
    """
    first = question.line if question.has_text else question.line + 1
    last = first
    for number in range(first, end):
        text = outline.lines[number - 1].rstrip()
        begin = question.column - 1 if number == question.line else 0
        if not text.strip("> \t"):
            break
        is_last = question.closing in text[begin:] if question.is_open else _ENDS.search(text)
        last = number if is_last or not question.has_text else last
        if is_last:
            break
    cut_at = min(last + 1, end)
    return question.behind(cut_at), Span(cut_at, end, question.indent, quotes=question.quotes)
