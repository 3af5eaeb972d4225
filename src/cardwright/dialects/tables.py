"""Dialect ``table``: the rows of a table with two columns such as ``| Question | Answer |``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.endings import EndRule
from cardwright.dialects.table_rows import tables_of
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, joined
from cardwright.model import Line
from cardwright.wording.words import Concept, alternatives, bare_words, lazy_pattern, phrases

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,4}\W*")


def tables(outline: Outline) -> tuple[Question, ...]:
    """The rows of every table whose header names both columns, empty cells and all.

    Columns of examples and notes follow the answer, all others are left out.
    """
    return tuple(each for table in tables_of(outline) for each in _questions(table))


def _questions(table: Sequence[Sequence[Line]]) -> list[Question]:
    header, *rows = table or [()]
    columns = columns_named([_TAG.sub("", cell.text) for cell in header])
    if columns is None:
        return []
    least = max(columns.question, columns.answer)
    able = (row for row in rows if len(row) > least and any(cell.text.strip() for cell in row))
    found = [_question(row, columns) for row in able]
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


def _word_list(names: tuple[str, ...]) -> Columns | None:
    """The columns of a list of words: two languages, the first at the begin of the row."""
    spoken = [at for at, name in enumerate(names) if name in phrases(Concept.LANGUAGE)]
    counted = names[:1] == ("",) or (bool(names) and names[0] in phrases(Concept.NUMBER))
    if len(spoken) < 2 or spoken[0] != counted:
        return None
    rest = tuple(at for at in range(counted, len(names)) if at not in spoken[:2])
    return Columns(names, spoken[0], spoken[1], rest)
