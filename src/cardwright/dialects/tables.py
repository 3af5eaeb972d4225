"""Dialect T: rows of a table with a column of questions and one of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.cells import Cell, tables_of
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives, bare_words, phrases

_TAG = re.compile(r"<[^<>]*>")
_NUMBER = re.compile(r"(?i)\W*(?:q|question)?\W*\d{0,4}\W*")


def tables(outline: Outline) -> tuple[Question, ...]:
    """The rows of every table whose header names both columns, empty cells and all.

    Columns of examples and notes follow the answer, all others are left out.
    """
    return tuple(each for table in tables_of(outline) for each in _questions(table))


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


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns (from 0) hold what, and all names; ``further`` ones follow the answer."""

    names: tuple[str, ...]
    question: int
    answer: int
    further: tuple[int, ...]


def _named(words: int, *concepts: Concept, also: str = "") -> re.Pattern[str]:
    """The names that end with a word of these concepts, so many other words before it."""
    ends = alternatives(*concepts)
    return lazy_pattern(
        rf"(?:\w+ ){{0,{words}}}{ends}|[^\x00-\x7f]{{0,6}}{ends}(?:要点|要點)?{also}"
    )


_Q, _A = alternatives(Concept.ASKING_LETTER), alternatives(Concept.ANSWERING_LETTER)
_QUESTION = _named(3, Concept.QUESTION, Concept.FRONT, also=rf"|{_Q}|(?:\w+ ){{0,3}}prompt|cue")
_ANSWER = _named(2, Concept.ANSWER, Concept.SOLUTION, Concept.BACK, also=rf"|{_A}|response")
_TERM = _named(0, Concept.TERM, also="|kanji")
_MEANING = _named(1, Concept.DEFINITION, Concept.EXPLANATION)
_CUE, _NOTE = re.compile("cues?"), _named(0, Concept.NOTES)
"""The columns of Cornell notes."""
_FURTHER = _named(
    1, Concept.NOTES, Concept.EXAMPLE, Concept.EXPLANATION, Concept.DETAILS,
    also=r"|why(?: it matters)?|pinyin",
)  # fmt: skip


def columns_named(titles: Sequence[str]) -> Columns | None:
    """What the columns with these titles hold; ``None`` where it is no table of questions."""
    names = tuple(bare_words(title[:200]) for title in titles)
    letters = {"a", "b"} <= {*names}
    for asking, answering in ((_QUESTION, _ANSWER), (_TERM, _MEANING), (_CUE, _NOTE)):
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
