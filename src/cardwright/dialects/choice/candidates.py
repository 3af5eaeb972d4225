"""Judges the questions that dialects propose, and the text that answers each."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from cardwright.dialects.answers.answer import (
    answer_text,
    asks_for_address,
    is_asking_throughout,
    is_further_question,
    is_list_of_questions,
    is_reading_list,
    is_table_of_contents,
    points_elsewhere,
    problem_with,
    without_formulas,
)
from cardwright.dialects.catalogue import Dialect
from cardwright.dialects.choice.evidence import BY_PROBLEM, Answer, Candidate
from cardwright.dialects.labels import labels
from cardwright.dialects.named_options import naming_lines
from cardwright.dialects.offered import only_offers
from cardwright.dialects.options import are_settled
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, cut
from cardwright.embeds import targets_in
from cardwright.wording import asks
from cardwright.wording.signs import QUESTION_MARK, has_question_mark, has_word
from cardwright.wording.titles import names_a_section

_ENDS_ASKING = re.compile(rf"\w{QUESTION_MARK}[\s*_`]*$")

_ABOVE_CONTENTS = 3
"""A table of contents has no more headings above it. Further below, its links are an answer."""

_FIRST = 3
"""The most lines of text above options with which an answer begins."""

_SENTENCE = 10
"""A numbered heading with this many words is a task or a statement to judge, not a title."""


def _is_latin(text: str) -> bool:
    """Whether most letters are Latin. A question in another script is a translation."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < _FIRST_OTHER for letter in letters) * 2 > len(letters)


_FIRST_OTHER = "\u0370"


class _Judged(NamedTuple):
    """What the judgement on an answer depends on.

    ``is_sure``: marks separate the answer from the question. ``is_loose``: the question is a plain
    line or a list item.
    """

    span: Span
    asked: str
    does_ask: bool
    is_sure: bool
    is_loose: bool


class Candidates:
    """The questions of a document as candidates. Each answer is judged only once."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._known: dict[Span, tuple[Answer, str]] = {}
        self._answers: dict[_Judged, Answer] = {}
        self._candidates: dict[tuple[str, int], Candidate] = {}
        replies = [label.line for label in labels(outline) if label.answers]
        self._marks = sorted(replies + [fold.start for fold in outline.answer_boxes])
        source = outline.document.source
        self._embedded = {
            each.target for each in source.embeds if each.path == source.path and not each.problem
        }
        self.levels = {heading.line: heading.level for heading in outline.headings}

    @cached_property
    def _settled(self) -> list[int]:
        """The first line of each list of options in which a mark names the right one."""
        return [group[0].start + 1 for group in self._outline.options if are_settled(group)]

    def of(self, dialect: Dialect, question: Question) -> Candidate:
        """Return a question that ``dialect`` found as a candidate, as if no build knew it."""
        key = dialect.name, id(question)
        if key not in self._candidates:
            self._candidates[key] = self._candidate(dialect, question)  # keeps the question, too
        return self._candidates[key]

    def _candidate(self, dialect: Dialect, question: Question) -> Candidate:
        is_heading = dialect.find_at_level is not None
        text = question.text
        is_title = is_heading and "?" not in text and names_a_section(text)
        is_section = self._is_section(question)
        is_sentence = is_heading and question.number and len(text.split()) >= _SENTENCE
        does_ask = bool(question.is_marked or is_sentence or (asks(text) and not is_title))
        is_loose = dialect.is_loose
        is_sure = not (is_heading or is_loose)
        return Candidate(
            question,
            self._answer(question, _Judged(question.answer, text, does_ask, is_sure, is_loose)),
            does_ask,
            question.is_marked or has_question_mark(text),
            is_section,
            self.levels.get(question.line, 0),
            self._has_answer_mark(question.answer),
            has_parts=is_section and does_ask and self._has_parts(question, asks),
        )

    def as_most_are(self, candidate: Candidate) -> Candidate:
        """Return the candidate as it counts in a file in which links answer most questions.

        It may have a link after the label of its answer, too. Then the text beside that label
        belongs to the question, or says who asks it.
        """
        _, text = self._at(candidate.question.answer)
        is_elsewhere = candidate.answer is Answer.REAL and points_elsewhere(text)
        return candidate._replace(answer=Answer.LINKS) if is_elsewhere else candidate

    def as_most_offer(self, candidate: Candidate) -> Candidate:
        """Return the candidate as it counts in a file in which most questions only have options.

        Text below its options, such as the title of the next part, is no answer.
        """
        outline, span = self._outline, candidate.question.answer
        options = next(iter(outline.options_in(cut(outline.lines, span))), None)
        if candidate.answer is not Answer.REAL or not options or options[0].start > _FIRST:
            return candidate
        labels = [option.label for option in options if option.label]
        end = span.start - 1 + options[-1].end
        names = naming_lines(outline.lines, outline.is_verbatim, labels, end, span.end - 1)
        is_open = not (names or any(option.is_right for option in options))
        return candidate._replace(answer=Answer.OPTIONS) if is_open else candidate

    def _has_answer_mark(self, span: Span) -> bool:
        return count_between(self._marks, span.start, span.end) > 0

    def _answer(self, question: Question, judged: _Judged) -> Answer:
        if question.is_cloze or question.given:
            return Answer.REAL
        if judged not in self._answers:
            self._answers[judged] = self._judge(*judged)
        return self._answers[judged]

    def _judge(
        self, span: Span, asked: str, does_ask: bool, is_sure: bool, is_loose: bool
    ) -> Answer:
        """Judge a span as an answer.

        A formula alone answers a heading that asks. Below a line or an item, it is part of a task.
        The text of another note answers what asks.
        """
        answer, text = self._at(span)
        if answer is Answer.LINKS and asks_for_address(asked):
            return Answer.REAL
        if answer is Answer.LINKS and does_ask and self._embedded.intersection(targets_in(text)):
            return Answer.REAL
        if answer is Answer.QUESTIONS and does_ask:
            is_choice = count_between(self._settled, span.start, span.end) > 0
            return Answer.REAL if is_choice else answer
        if answer is not Answer.REAL or not text:
            return answer
        is_task = is_loose or not (is_sure or does_ask)
        if is_task and "$$" in text and not has_word(without_formulas(text)):
            return Answer.EMPTY
        if not does_ask and is_reading_list(text):
            return Answer.LINKS
        is_below = span.column == 1  # else a word is before it on its line: "τίς: who?"
        if not does_ask and is_below and is_asking_throughout(text):
            return Answer.QUESTIONS
        if not is_sure and is_further_question(text) and _is_latin(text) is _is_latin(asked):
            return Answer.QUESTIONS
        if only_offers(self._outline, asked, span, text):
            return Answer.OPTIONS
        return answer

    def _at(self, span: Span) -> tuple[Answer, str]:
        """Return what a stretch of the file is as an answer, and its text."""
        if span not in self._known:
            text = answer_text(self._outline.lines, span)
            problem = problem_with(text)
            above = count_between(self._outline.heading_lines, 0, span.start)
            if above <= _ABOVE_CONTENTS and is_table_of_contents(text):
                answer = Answer.CONTENTS
            elif problem is not None:
                answer = BY_PROBLEM[problem]
            else:
                answer = Answer.QUESTIONS if is_list_of_questions(text) else Answer.REAL
            self._known[span] = answer, text
        return self._known[span]

    def _is_section(self, question: Question) -> bool:
        """Whether the first thing under a question without a question word is another heading."""
        if question.direct >= question.answer.end or question.is_marked:
            return False
        direct, _ = self._at(Span(question.answer.start, question.direct))
        is_bare = direct in (Answer.EMPTY, Answer.CONTENTS)
        is_sure = is_bare and _ENDS_ASKING.search(question.text) is not None
        return is_bare and not (is_sure and self._has_parts(question, _ENDS_ASKING.search))

    def _has_parts(self, question: Question, does_ask: Callable[[str], object]) -> bool:
        """Whether no heading under a question asks: they are parts of its answer."""
        below = self._outline.headings_between(question.line + 1, question.answer.end)
        return not any(does_ask(each.text) or each.wording.has_label for each in below)
