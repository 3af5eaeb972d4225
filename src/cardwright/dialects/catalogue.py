"""Lists all dialects in the order of preference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cardwright.dialects.answer_key import answer_key
from cardwright.dialects.bold import bold
from cardwright.dialects.cloze import cloze
from cardwright.dialects.definitions import definitions
from cardwright.dialects.exercises import exercises
from cardwright.dialects.folds import callouts, folded_answers, folded_questions
from cardwright.dialects.front_back import front_and_back
from cardwright.dialects.headings import (
    headings_of_a_level,
    list_headings,
    numbered_headings,
    question_headings,
)
from cardwright.dialects.lines_that_repeat import lines_that_repeat
from cardwright.dialects.list_items import list_items
from cardwright.dialects.pairs import pairs
from cardwright.dialects.placeholder_headings import placeholder_headings
from cardwright.dialects.quiz import quiz
from cardwright.dialects.separators import separators
from cardwright.dialects.tables import tables
from cardwright.dialects.tagged import tagged
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.whole_file import front_matter_cards, whole_file

FindAtLevel = Callable[[Outline, int], Iterable[Question]]
Find = Callable[[Outline], Iterable[Question]]
"""A finder may find questions in any order."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A name for settings, and the function that finds its questions.

    A dialect of headings has ``find_at_level``, any other has ``find``. ``is_explicit`` says that
    its marks can only mean a question, so that a single one counts. ``is_loose`` says that they
    mean many other things, too. ``is_enclosed`` says that question and answer have a start and an
    end, so that a single one with a question mark counts.
    """

    name: str
    find_at_level: FindAtLevel | None = None
    find: Find | None = None
    is_explicit: bool = False
    is_loose: bool = False
    is_enclosed: bool = False


DIALECTS = (
    Dialect("front-matter", find=front_matter_cards, is_explicit=True),
    Dialect("front-back", find=front_and_back, is_explicit=True),
    Dialect("answer-key", find=answer_key, is_explicit=True),
    Dialect("tagged", find=tagged, is_explicit=True),
    Dialect("separators", find=separators),
    Dialect("callouts", find=callouts),
    Dialect("list-headings", find_at_level=list_headings),
    Dialect("placeholder-headings", find_at_level=placeholder_headings),
    Dialect("question-headings", find_at_level=question_headings),
    Dialect("numbered-headings", find_at_level=numbered_headings),
    Dialect("headings", find_at_level=headings_of_a_level),
    Dialect("exercises", find=exercises),
    Dialect("details", find=folded_questions, is_enclosed=True),
    Dialect("folded-answers", find=folded_answers, is_explicit=True),
    Dialect("quiz", find=quiz),
    Dialect("pairs", find=pairs, is_explicit=True),
    Dialect("cloze", find=cloze, is_explicit=True),
    Dialect("bold", find=bold, is_loose=True),
    Dialect("table", find=tables),
    Dialect("list-items", find=list_items, is_loose=True),
    Dialect("definitions", find=definitions),
    Dialect("lines", find=lines_that_repeat, is_loose=True),
    Dialect("file", find=whole_file),
)
"""If two dialects find the same, the earlier one is chosen."""
