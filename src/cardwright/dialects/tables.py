"""Dialect ``table``: the rows of a table with two columns such as ``| Question | Answer |``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.endings import EndRule
from cardwright.dialects.table_rows import Cell, tables_of
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, joined
from cardwright.wording import asks
from cardwright.wording.words import Concept, alternatives, bare_words, lazy_pattern, phrases

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,4}\W*")


def tables(outline: Outline) -> tuple[Question, ...]:
    """The rows of every table whose header names both columns, empty cells and all.

    Columns of examples and notes follow the answer, all others are left out.
    """
    return tuple(each for table in tables_of(outline) for each in _questions(table))


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
