"""Dialect T: rows of a table with a column of questions and one of answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cardwright.blocks.signs import ITEM
from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.definitions import is_glossary
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, joined
from cardwright.model import Line
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives, bare_words, phrases

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,4}\W*")


def tables(outline: Outline) -> tuple[Question, ...]:
    """The rows of every table whose header names both columns, empty cells and all.

    Columns of examples and notes follow the answer, all others are left out.
    """
    has_terms = is_glossary(outline)
    tables = _tables_of(outline)
    return tuple(each for table in tables for each in _questions(table, has_terms=has_terms))


def _questions(table: Sequence[Sequence[Line]], *, has_terms: bool) -> list[Question]:
    header, *rows = table or [()]
    titles = [_TAG.sub("", cell.text) for cell in header]
    known = columns_named(titles)
    columns = known or (_first_column(titles) if has_terms else None)
    if columns is None:
        return []
    least = max(columns.question, columns.answer)
    able = (row for row in rows if len(row) > least and any(cell.text.strip() for cell in row))
    found = [_question(row, columns)._replace(is_marked=known is not None) for row in able]
    if all(_NUMBER.fullmatch(question.text) for question in found):
        return []  # the key of questions that stand elsewhere
    return found


def _question(row: Sequence[Line], columns: Columns) -> Question:
    """The question of a row, its answer given as lines: pipes in it are escaped in the file."""
    cell = row[columns.answer]
    further = (row[at] for at in columns.further if at < len(row))
    given = joined([cell], *([each] for each in further)) if not problem_with(cell.text) else ()
    until = cell.column + len(cell.text)
    span = Span(cell.number, cell.number + 1, column=cell.column, until=until)
    question = asked([row[columns.question]], span, is_marked=True, given=given)
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


def _first_column(titles: Sequence[str]) -> Columns | None:
    """The columns of a glossary: what the first one holds is a term, if another has meanings."""
    names = tuple(bare_words(_REMARK.sub("", title[:200])) for title in titles)
    first = _counted(names)
    answers = (at for at, name in enumerate(names) if at > first and _MEANING.fullmatch(name))
    at = next(answers, next(iter(_spoken(names)), 0))
    return Columns(names, first, at, ()) if at > first and names[first] else None


def _counted(names: Sequence[str]) -> int:
    """How many columns count the rows, at their begin."""
    return int(names[:1] == ("",) or (bool(names) and names[0] in phrases(Concept.NUMBER)))


def _spoken(names: Sequence[str]) -> list[int]:
    """The columns that are named after languages."""
    return [at for at, name in enumerate(names) if name in phrases(Concept.LANGUAGE)]


def _word_list(names: tuple[str, ...]) -> Columns | None:
    """The columns of a list of words: two languages, the first at the begin of the row."""
    spoken, counted = _spoken(names), _counted(names)
    if len(spoken) < 2 or spoken[0] != counted:
        return None
    rest = tuple(at for at in range(counted, len(names)) if at not in spoken[:2])
    return Columns(names, spoken[0], spoken[1], rest)


_LONGEST = 2000


def _tables_of(outline: Outline) -> Iterator[list[list[Line]]]:
    """The tables of GFM (section 4.10), the first row of each being its header.

    A table may be in a quote, in a list, or right under ``<details>``.
    """
    lines, end = outline.lines, 0
    for number, line in enumerate(lines, 1):
        is_able = number > max(end, 1) and "|" in line and not outline.is_verbatim[number - 1]
        if is_able and is_delimiter(line) and len(lines[number - 2]) < _LONGEST:
            end = number
            while end < len(lines) and _is_row(outline, end + 1):
                end += 1
            yield list(_rows(lines, [number - 1, *range(number + 1, end + 1)]))


def is_delimiter(line: str) -> bool:
    """Whether it is the row of hyphens under a header; two columns at least."""
    return len(line) < _LONGEST and "-" in line and "|" in line and not line.strip("|:- \t>")


def _is_row(outline: Outline, number: int) -> bool:
    text = outline.lines[number - 1]
    return "|" in text and not outline.is_verbatim[number - 1] and not text.startswith("#")


def _rows(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[list[Line]]:
    """The cells of each row."""
    count = 0
    for number in numbers:
        row = lines[number - 1]
        places = cells_of(row)
        count = count or len(places)
        places += [(len(row) + 1, len(row) + 1)] * (count - len(places))
        if not is_delimiter(row):
            yield [Line(row[a - 1 : b - 1].replace("\\|", "|"), number, a) for a, b in places]


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
