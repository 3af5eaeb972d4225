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
from cardwright.dialects.text.question import Question
from cardwright.dialects.whole_file import front_matter_cards, whole_file


@dataclass(frozen=True, slots=True)
class Dialect:
    """A name for settings, and the function that finds its questions, in any order.

    The function takes an ``Outline``, and a level if it ``is_of_headings``.

    - ``is_explicit``: its marks can only mean a question, so that a single one counts.
    - ``is_loose``: its marks mean many other things. ``is_like_prose``: it needs no marks at all.
    - ``is_enclosed``: its questions have a start and an end, so that one with "?" is enough.
    - ``is_any_heading``: its headings need no mark. ``is_numbered``: their mark is a number.
    - ``is_whole_file``: its only question is the whole file.
    - ``may_be_terms``, ``may_be_titles``: as those of headings, its questions may also be terms to
      learn, or titles of sections.
    """

    name: str
    find: Callable[..., Iterable[Question]]
    is_of_headings: bool = False
    is_explicit: bool = False
    is_loose: bool = False
    is_like_prose: bool = False
    is_enclosed: bool = False
    is_any_heading: bool = False
    is_numbered: bool = False
    is_whole_file: bool = False
    may_be_terms: bool = False
    may_be_titles: bool = False


DIALECTS = (
    Dialect("front-matter", front_matter_cards, is_explicit=True),
    Dialect("front-back", front_and_back, is_explicit=True),
    Dialect("answer-key", answer_key, is_explicit=True),
    Dialect("tagged", tagged, is_explicit=True),
    Dialect("separators", separators),
    Dialect("callouts", callouts),
    Dialect("list-headings", list_headings, is_of_headings=True),
    Dialect("placeholder-headings", placeholder_headings, is_of_headings=True),
    Dialect("question-headings", question_headings, is_of_headings=True),
    Dialect("numbered-headings", numbered_headings, is_of_headings=True, is_numbered=True),
    Dialect("headings", headings_of_a_level, is_of_headings=True, is_any_heading=True),
    Dialect("exercises", exercises),
    Dialect("details", folded_questions, is_enclosed=True, may_be_terms=True, may_be_titles=True),
    Dialect("folded-answers", folded_answers, is_explicit=True),
    Dialect("quiz", quiz),
    Dialect("pairs", pairs, is_explicit=True),
    Dialect("cloze", cloze, is_explicit=True),
    Dialect("bold", bold, is_loose=True, may_be_titles=True),
    Dialect("table", tables, may_be_terms=True),
    Dialect("list-items", list_items, is_loose=True, is_like_prose=True, may_be_titles=True),
    Dialect("definitions", definitions, may_be_terms=True),
    Dialect("lines", lines_that_repeat, is_loose=True, is_like_prose=True, may_be_titles=True),
    Dialect("file", whole_file, is_whole_file=True, may_be_terms=True, may_be_titles=True),
)
"""If two dialects find the same, the earlier one is chosen."""
