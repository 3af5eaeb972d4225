"""Dialect T: rows of a table with a column of questions and one of answers."""

from __future__ import annotations

from cardwright.dialects.tabular.asking_rows import questions_of_html_rows, questions_of_rows
from cardwright.dialects.tabular.columns import columns_under
from cardwright.dialects.tabular.html_tables import html_tables
from cardwright.dialects.tabular.table_rows import is_delimiter
from cardwright.dialects.text.question import Outline, Question


def tables(outline: Outline) -> tuple[Question, ...]:
    """The rows of every table whose header names both columns, empty cells and all.

    A table is that of GFM (section 4.10), also in a quote, a list or right under ``<details>``,
    or one of HTML.
    Columns of examples and notes follow the answer, all others are left out.
    """
    found: list[Question] = []
    lines = outline.lines
    number = 2
    while number <= len(lines):
        columns = None
        if is_delimiter(lines[number - 1]) and not outline.is_verbatim[number - 1]:
            columns = columns_under(lines[number - 2])
        number += 1
        if columns is None:
            continue
        first = number
        while number <= len(lines) and _is_row(outline, number):
            number += 1
        found += questions_of_rows(lines, range(first, number), columns)
    for rows in html_tables(lines, outline.is_verbatim):
        found += questions_of_html_rows(lines, rows)
    return tuple(sorted(found, key=lambda question: question.line))


def _is_row(outline: Outline, number: int) -> bool:
    return "|" in outline.lines[number - 1] and not outline.is_verbatim[number - 1]
