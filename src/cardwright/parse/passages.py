"""The lines of a question and of what is under it, cut out of the file."""

from __future__ import annotations

import re

from cardwright.dialects.question import Question, Span
from cardwright.model import Line, Passage, SourceFile

_FOOTER_LINES = 12
"""A rule this near to the end of the last answer has a footer under it, not a part of it."""


def question_lines(source: SourceFile, question: Question) -> Passage:
    """The question's text; a heading underlined may have several lines (CommonMark 4.3)."""
    lines: list[Line] = []
    for offset, text in enumerate(question.text.split("\n")):
        number = question.line + offset
        column = source.lines[number - 1].find(text.strip("*_ ")[:20]) if text.strip() else 0
        lines.append(Line(text, number, max(column, 0) + 1))
    return Passage(source.path, tuple(lines))


def answer_lines(source: SourceFile, span: Span, *, is_last: bool) -> list[Line]:
    """The lines of a span, without a list item's indentation and, for the last, its footer."""
    end = _before_the_footer(source, span) if is_last else span.end
    rows = source.lines[span.start - 1 : end - 1]
    cut = _cut_width(rows, span.indent) if span.indent else 0
    return [_dedented(text, number, cut) for number, text in enumerate(rows, start=span.start)]


def _before_the_footer(source: SourceFile, span: Span) -> int:
    """The end of the last answer: at a rule with a few lines of text under it, no heading."""
    for number in range(span.end - 1, max(span.start, span.end - _FOOTER_LINES) - 1, -1):
        text = source.lines[number - 1]
        if re.fullmatch(r"(?:-{3,}|\*{3,}|_{3,}|(?:- ){2,}-|(?:\* ){2,}\*)\s*", text):
            return number if not source.lines[number - 2].strip() else span.end
        if re.match(r"\s*(?:#{1,6}\s|```|~~~|\$\$|\|)", text):
            return span.end
    return span.end


def _cut_width(rows: tuple[str, ...], indent: int) -> int:
    """The columns to take from each line of a list item's answer.

    That is the column at which the item's text begins; more where all of the answer stands four
    or more columns further right, which CommonMark would take for code.
    """
    widths = [_width(row) for row in rows if row.strip()]
    if widths and widths[0] >= indent + 4:
        return max(indent, min(widths))
    return indent


def _width(text: str) -> int:
    """The columns of white space a line begins with, a tab reaching to the next fourth one."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def _dedented(text: str, number: int, cut: int) -> Line:
    """A line without ``cut`` columns of indentation, or without what it has of them."""
    width = 0
    for index, character in enumerate(text):
        if width >= cut or character not in " \t":
            return Line(" " * max(width - cut, 0) + text[index:], number, index + 1)
        width = width + 1 if character == " " else width // 4 * 4 + 4
    return Line("", number, 1)
