"""The questions that the rows of a table ask, each answered in a cell of its own row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.tabular.columns import Columns, columns_named
from cardwright.dialects.tabular.html_tables import Row
from cardwright.dialects.tabular.table_rows import cells_of, is_delimiter
from cardwright.dialects.text.question import Question, asked
from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line
from cardwright.wording import asks


def questions_of_rows(lines: Sequence[str], rows: range, columns: Columns) -> list[Question]:
    found: list[Question] = []
    for number in rows:
        row = lines[number - 1]
        places = cells_of(row, len(columns.names))
        places += [(len(row) + 1, len(row) + 1)] * (len(columns.names) - len(places))
        cells = [_cell(row, number, place) for place in places]
        if any(cell.text for cell in cells) and not is_delimiter(row):
            found.append(_question(cells, places[columns.answer], columns))
    if all(_NUMBER.fullmatch(question.text) for question in found):
        return []  # the key of questions that stand elsewhere
    wordy = sum(asks(question.text) or " " in question.text for question in found)
    return [] if columns.is_terse and wordy * 2 < len(found) else found


_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,3}\W*")


def _question(cells: Sequence[Line], place: tuple[int, int], columns: Columns) -> Question:
    """The question of a row, its answer in the cell at ``place``.

    An answer is given as lines, because a pipe in it is written ``\\|`` and notes follow it.
    """
    answer = cells[columns.answer]
    number, (first, end) = answer.number, place
    given = [answer] if problem_with(answer.text) is None else []
    for at in columns.further:
        if given and cells[at].text:
            given += [Line("", number), cells[at]]
    span = Span(number, number + 1, column=first, until=end)
    question = asked([cells[columns.question]], span, is_marked=True, given=tuple(given))
    return replace(question, front=(*question.front, *_options(cells, columns)))


def _options(cells: Sequence[Line], columns: Columns) -> Iterator[Line]:
    """The options to choose from, a list where each has its column, named as that is."""
    for index, at in enumerate(columns.options):
        cell, name = cells[at], columns.names[at]
        if index == 0:
            yield Line("", cell.number)
        yield replace(cell, text=f"- {name.upper()}) {cell.text}") if len(name) == 1 else cell


def _cell(row: str, number: int, cell: tuple[int, int]) -> Line:
    """A cell as a line; a pipe in it is written ``\\|``, in code and formulas as well."""
    first, end = cell
    return Line(row[first - 1 : end - 1].replace("\\|", "|"), number, first)


def questions_of_html_rows(lines: Sequence[str], rows: Sequence[Row]) -> Iterator[Question]:
    """The questions of a table in HTML, whose header is its first row."""
    header, *body = rows or [Row((), is_header=False)]
    titles = [_TAG.sub("", "".join(row.text for row in cut(lines, cell))) for cell in header.cells]
    columns = columns_named(titles) if max(map(len, titles), default=0) < 200 else None
    if columns is None or columns.is_terse:
        return
    for row in body:
        cells = dict(enumerate(row.cells))
        if columns.question in cells and columns.answer in cells:
            answer = cells[columns.answer]
            further = [cells[at] for at in columns.further if at in cells]
            given = _given(lines, [answer, *further]) if further else ()
            if given:
                answer = Span(answer.start, max(cell.end for cell in (answer, *further)))
            front = cut(lines, cells[columns.question])
            yield asked(front, answer, is_marked=True, given=given)


_TAG = re.compile(r"<[^<>]*>")


def _given(lines: Sequence[str], cells: Sequence[Span]) -> tuple[Line, ...]:
    """What the answer and the columns that follow it hold, each a paragraph; () for nothing."""
    texts = [cut(lines, cell) for cell in cells]
    if problem_with("\n".join(row.text for row in texts[0])) is not None:
        return ()
    found = texts[0]
    for text in texts[1:]:
        if any(row.text.strip() for row in text):
            found = [*found, Line("", text[0].number), *text]
    return tuple(found)
