"""Dialect ``table``: the rows of a table with two columns such as ``| Question | Answer |``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.dialects.answer import problem_with
from cardwright.dialects.endings import EndRule
from cardwright.dialects.glossary import is_glossary
from cardwright.dialects.table_columns import (
    Columns,
    columns_named,
    columns_of_terms,
    columns_that_ask,
    has_terms,
    name_of,
)
from cardwright.dialects.table_rows import Cell, tables_of, text_of
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, joined
from cardwright.model import Line
from cardwright.wording.signs import has_word, without_tags

_Table = Sequence[Sequence[Cell]]
_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,4}\W*")
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)\Z|<img\b[^<>]*>\Z")


def tables(outline: Outline) -> tuple[Question, ...]:
    """Return the rows of every table whose header names both columns, even rows with empty cells.

    Columns of examples and notes follow the answer, and pictures the question. All others are left
    out.
    """
    found = [*tables_of(outline)]
    is_of_terms = outline.once(is_glossary) or _are_of_terms(outline, found)
    return tuple(each for table in found for each in _questions(outline, table, is_of_terms))


def _are_of_terms(outline: Outline, found: Sequence[_Table]) -> bool:
    """Whether most of the text is in tables whose first column says that it has terms."""
    rows = sum(len(table) for table in found if table and has_terms(_names(table[0])))
    return rows * 2 > sum(bool(row.text) for row in outline.rows)


def _names(header: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(name_of(" ".join(without_tags(line.text) for line in cell)) for cell in header)


def _questions(outline: Outline, table: _Table, is_of_terms: bool) -> list[Question]:
    header, *rows = table or [()]  # its header is a delimiter, too
    names = _names(header)
    known = columns_named(names) or columns_that_ask(names, rows, outline.knows)
    columns = known or (columns_of_terms(names, rows) if is_of_terms else None)
    if columns is None:
        return []
    least = max(columns.question, columns.answer)
    able = (row for row in rows if len(row) > least and any(map(text_of, row)))
    found = [_question(row, columns)._replace(is_marked=known is not None) for row in able]
    if known and all(_NUMBER.fullmatch(question.text) for question in found):
        return []  # the key of questions that stand elsewhere
    if not known and sum("](" in question.text for question in found) * 2 > len(found):
        return []  # a list of pages
    return found


def _question(row: Sequence[Cell], columns: Columns) -> Question:
    """Return the question of a row. Its answer is given, because pipes in it are escaped."""
    cell = row[columns.answer]
    further = (row[at] for at in columns.further if at < len(row))
    given = joined(cell, *further) if not problem_with(text_of(cell)) else ()
    until = cell[-1].column + len(cell[-1].text)
    span = Span(cell[0].number, cell[-1].number + 1, column=cell[0].column, until=until)
    first, last = columns.question, columns.answer
    able = (*range(first, max(last, first + 1)), *range(min(first, last)))
    filled = (row[at] for at in able if has_word(text_of(row[at])))
    asking = next(filled, row[columns.question])  # a word without characters has only its sound
    used = (columns.question, columns.answer, *columns.further, *(at for _, at in columns.options))
    others = (each for at, each in enumerate(row) if at not in used)
    shown = [each for each in others if _PICTURE.match(text_of(each))]
    added = [*shown, *_options(row, columns)]
    asking = joined(asking, *added) if added else asking
    question = asked(asking, span, is_marked=True, given=given)
    rule = f"a row of a table with a column '{columns.names[columns.question]}'"
    return question._replace(rule=rule, ending=EndRule.PIECE)


def _options(row: Sequence[Cell], columns: Columns) -> list[Cell]:
    """Return the options of a row. Each is on a line of its own, with its letter or number."""
    filled = [(sign, row[at]) for sign, at in columns.options if text_of(row[at])]
    if not (filled and filled[0][0]):
        return [cell for _, cell in filled]
    return [tuple(_lettered(f"{sign}. ", cell[0]) for sign, cell in filled)]


def _lettered(sign: str, text: Line) -> Line:
    """Return an option with a hard line break (CommonMark section 6.7)."""
    return Line(f"{sign}{text.text}  ", text.number, max(text.column - len(sign), 1))
