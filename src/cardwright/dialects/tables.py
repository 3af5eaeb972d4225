"""Dialect T: rows of a table with a column of questions and one of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.cells import Cell, tables_of
from cardwright.dialects.columns import Columns, columns_named
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.model import Line

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,3}\W*")


def tables(outline: Outline) -> tuple[Question, ...]:
    """The rows of every table whose header names both columns, empty cells and all.

    Columns of examples and notes follow the answer, all others are left out.
    """
    found = [each for table in tables_of(outline) for each in _questions(table)]
    return tuple(sorted(found, key=lambda question: question.line))


def _questions(table: Sequence[Sequence[Cell]]) -> list[Question]:
    header, *rows = table or [()]
    columns = columns_named([_TAG.sub("", " ".join(row.text for row in cell)) for cell in header])
    if columns is None:
        return []
    least = max(columns.question, columns.answer)
    found = [_question(row, columns) for row in rows if len(row) > least and any(map(_text, row))]
    if all(_NUMBER.fullmatch(question.text) for question in found):
        return []  # the key of questions that stand elsewhere
    return found


def _text(cell: Cell) -> str:
    return "\n".join(row.text for row in cell).strip()


def _question(row: Sequence[Cell], columns: Columns) -> Question:
    """The question of a row, its answer given as lines: pipes in it are escaped in the file."""
    answer = row[columns.answer]
    given = [*answer] if problem_with(_text(answer)) is None else []
    for at in columns.further:
        if given and at < len(row) and _text(row[at]):
            given += [Line("", given[-1].number), *row[at]]
    first, last = answer[0], answer[-1]
    until = last.column + len(last.text)
    span = Span(first.number, last.number + 1, column=first.column, until=until)
    question = asked(row[columns.question], span, is_marked=True, given=tuple(given))
    return question._replace(
        rule=f"a row of a table with a column '{columns.names[columns.question]}'",
        ending=EndRule.PIECE,
    )
