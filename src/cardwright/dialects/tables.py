"""Dialect T: rows of a table with a column of questions and one of answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cardwright.blocks.signs import ITEM
from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, joined
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives, bare_words, phrases

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,4}\W*")


def tables(outline: Outline) -> tuple[Question, ...]:
    """The rows of every table whose header names both columns, empty cells and all.

    Columns of examples and notes follow the answer, all others are left out.
    """
    return tuple(each for table in _tables_of(outline) for each in _questions(table))


Cell = tuple[Line, ...]
"""The lines of a cell; of a table with pipes it is one."""


def _questions(table: Sequence[Sequence[Cell]]) -> list[Question]:
    header, *rows = table or [()]
    titles = [" ".join(_TAG.sub("", line.text) for line in cell) for cell in header]
    columns = columns_named(titles) or _columns_that_ask(titles, rows)
    if columns is None:
        return []
    least = max(columns.question, columns.answer)
    able = (row for row in rows if len(row) > least and any(map(_text, row)))
    found = [_question(row, columns) for row in able]
    if all(_NUMBER.fullmatch(question.text) for question in found):
        return []  # the key of questions that stand elsewhere
    return found


def _text(cell: Cell) -> str:
    return "\n".join(line.text for line in cell).strip()


def _question(row: Sequence[Cell], columns: Columns) -> Question:
    """The question of a row, its answer given as lines: pipes in it are escaped in the file."""
    cell = row[columns.answer]
    further = (row[at] for at in columns.further if at < len(row))
    given = joined(cell, *further) if not problem_with(_text(cell)) else ()
    until = cell[-1].column + len(cell[-1].text)
    span = Span(cell[0].number, cell[-1].number + 1, column=cell[0].column, until=until)
    question = asked(row[columns.question], span, is_marked=True, given=given)
    rule = f"a row of a table with a column '{columns.names[columns.question]}'"
    return question._replace(rule=rule, ending=EndRule.PIECE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns (from 0) hold what, and all names; ``further`` ones follow the answer."""

    names: tuple[str, ...]
    question: int
    answer: int
    further: tuple[int, ...]


def _named(words: int, *concepts: Concept, letter: Concept | None = None) -> re.Pattern[str]:
    """The names that end with a word of these concepts, so many other words before it."""
    ends = alternatives(*concepts)
    also = f"|{alternatives(letter)}" if letter else ""
    return lazy_pattern(rf"(?:\w+ ){{0,{words}}}{ends}|[^\x00-\x7f]{{0,6}}{ends}{also}")


_QUESTION = _named(3, Concept.QUESTION, Concept.FRONT, letter=Concept.ASKING_LETTER)
_ANSWER = _named(2, Concept.ANSWER, Concept.SOLUTION, Concept.BACK, letter=Concept.ANSWERING_LETTER)
_TERM = _named(1, Concept.TERM)
_MEANING = _named(1, Concept.DEFINITION, Concept.EXPLANATION)
_CUE = _named(1, Concept.CUE, Concept.QUESTION, Concept.TERM, Concept.TASK, Concept.HINT)
_REPLY = _named(
    1, Concept.REPLY, Concept.ANSWER, Concept.DEFINITION, Concept.EXPLANATION, Concept.NOTES,
    Concept.DETAILS,
)  # fmt: skip
_FURTHER = _named(1, Concept.NOTES, Concept.EXAMPLE, Concept.EXPLANATION, Concept.DETAILS)


_REMARK = re.compile(r"(?<=\w)\s*[(（][^()（）]{1,60}[)）]\s*\Z")
"""A remark in brackets behind the name of a column."""


def columns_named(titles: Sequence[str]) -> Columns | None:
    """What the columns with these titles hold; ``None`` where it is no table of questions."""
    names = tuple(bare_words(_REMARK.sub("", title[:200])) for title in titles)
    letters = {"a", "b"} <= {*names}
    for asking, answering in ((_QUESTION, _ANSWER), (_TERM, _MEANING)):
        question = next((at for at, name in enumerate(names) if asking.fullmatch(name)), None)
        able = (
            at
            for at, name in enumerate(names)
            if at != question and answering.fullmatch(name) and not (letters and name == "a")
        )
        answer = max(able, key=lambda at: len(names[at]), default=None)
        if question is not None and answer is not None:
            rest = [at for at in range(len(names)) if at not in (question, answer)]
            further = tuple(at for at in rest if _FURTHER.fullmatch(names[at]))
            return Columns(names, question, answer, further)
    return _word_list(names)


def _columns_that_ask(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """The columns of a table with looser titles (Cue and Notes), or with none, if its rows ask."""
    names = tuple(bare_words(title[:200]) for title in titles)
    question = next((at for at, name in enumerate(names) if _CUE.fullmatch(name)), None)
    if question is None and names == ("", ""):
        question = 0
    if question is None:
        return None
    after = range(question + 1, len(names))
    answer = next((at for at in after if not names[at] or _REPLY.fullmatch(names[at])), None)
    cells = [_text(row[question]) for row in rows if len(row) > question]
    if answer is None or sum(map(asks, cells)) * 4 < max(len(cells), _FEWEST) * 3:
        return None
    return Columns(names, question, answer, ())


_FEWEST = 2


def _word_list(names: tuple[str, ...]) -> Columns | None:
    """The columns of a list of words: two languages, the first at the begin of the row."""
    spoken = [at for at, name in enumerate(names) if name in phrases(Concept.LANGUAGE)]
    counted = names[:1] == ("",) or (bool(names) and names[0] in phrases(Concept.NUMBER))
    if len(spoken) < 2 or spoken[0] != counted:
        return None
    rest = tuple(at for at in range(counted, len(names)) if at not in spoken[:2])
    return Columns(names, spoken[0], spoken[1], rest)


_LONGEST = 2000


def _tables_of(outline: Outline) -> Iterator[list[list[Cell]]]:
    """The tables of GFM (section 4.10) and of HTML, the first row of each being its header.

    A table may be in a quote, in a list, or right under ``<details>``.
    """
    yield from _in_html(outline)
    lines, end = outline.lines, 0
    for number, line in enumerate(lines, 1):
        is_able = number > max(end, 1) and "|" in line and not outline.is_verbatim[number - 1]
        if is_able and is_delimiter(line) and len(lines[number - 2]) < _LONGEST:
            end = number
            while end < len(lines) and _is_row(outline, end + 1):
                end += 1
            yield list(_rows(lines, [number - 1, *range(number + 1, end + 1)]))


_HTML = re.compile(r"(?i)<(?P<end>/?)(?P<name>table|tr|t[hd])\b[^<>]*>")


def _in_html(outline: Outline) -> Iterator[list[list[Cell]]]:
    """The tables in HTML; one with a table inside is left out."""
    rows: list[list[list[Line]]] = []
    depth, is_nested, is_open = 0, False, False
    for number, line in enumerate(outline.lines if outline.holds("<table", "<TABLE") else (), 1):
        begin = 0
        for match in () if outline.is_verbatim[number - 1] else _HTML.finditer(line):
            if is_open:
                rows[-1][-1] += _piece(line, number, begin, match.start())
            begin, is_end, name = match.end(), bool(match["end"]), match["name"].lower()
            is_open = False
            if name == "table":
                depth = max(depth + (-1 if is_end else 1), 0)
                is_nested = depth > 1 or (is_nested and depth > 0)
                if is_end and rows and not (depth or is_nested):
                    yield [[tuple(cell) or (Line("", number),) for cell in row] for row in rows]
                rows = rows if depth and not is_nested else []
            elif depth == 1 and not is_nested and not is_end:
                is_open = name != "tr"
                if name == "tr" or not rows:
                    rows.append([])
                rows[-1] += [[]] if is_open else []
        if is_open:
            rows[-1][-1] += _piece(line, number, begin, len(line))


def _piece(line: str, number: int, begin: int, end: int) -> list[Line]:
    """The part of a cell that is on a line, nothing if it is blank."""
    first, until = _stripped(line, begin, end)
    return [Line(line[first - 1 : until - 1], number, first)] if until > first else []


def is_delimiter(line: str) -> bool:
    """Whether it is the row of hyphens under a header; two columns at least."""
    return len(line) < _LONGEST and "-" in line and "|" in line and not line.strip("|:- \t>")


def _is_row(outline: Outline, number: int) -> bool:
    text = outline.lines[number - 1]
    return "|" in text and not outline.is_verbatim[number - 1] and not text.startswith("#")


def _rows(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[list[Cell]]:
    """The cells of each row."""
    count = 0
    for number in numbers:
        row = lines[number - 1]
        places = cells_of(row)
        count = count or len(places)
        places += [(len(row) + 1, len(row) + 1)] * (count - len(places))
        if not is_delimiter(row):
            yield [(Line(row[a - 1 : b - 1].replace("\\|", "|"), number, a),) for a, b in places]


_PIPE = re.compile(r"\\.|`[^`]*`|\$[^$]*\$|(?P<pipe>\|)")
_MARKS = re.compile(rf"[ \t]*(?:>[ \t]*)*(?:{ITEM}(?=\|))?\|?")


def cells_of(row: str) -> list[tuple[int, int]]:
    """The columns from which to before which each cell of a row goes, white space around gone.

    Pipes in code and formulas are text, although GFM does not say so.
    """
    marks = _MARKS.match(row)
    starts = [marks.end() if marks else 0]
    starts += [found.end() for found in _PIPE.finditer(row, starts[0]) if found["pipe"]]
    cells = [_stripped(row, a, b - 1) for a, b in pairwise(starts)]
    return [*cells, _stripped(row, starts[-1], len(row))] if row[starts[-1] :].strip() else cells


def _stripped(row: str, start: int, end: int) -> tuple[int, int]:
    text = row[start:end]
    first = start + len(text) - len(text.lstrip())
    return first + 1, first + 1 + len(text.strip())
