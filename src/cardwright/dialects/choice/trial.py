"""A trial of a dialect on a document: what it found, counted."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cardwright.diagnostics import Code
from cardwright.dialects.answers.answer import (
    is_list_of_questions,
    is_mere_list,
    is_reading_list,
    is_table_of_contents,
    kept_lines,
    problem_with,
)
from cardwright.dialects.catalogue import DIALECTS, Dialect
from cardwright.dialects.choice.asking_sections import in_asking_sections
from cardwright.dialects.offered import Told, is_announced, may_offer, only_offers
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, cut
from cardwright.dialects.text.title import title_of
from cardwright.wording import asks, bare_words, is_never_a_question
from cardwright.wording.section_titles import asks_about_the_page


@dataclass(frozen=True, slots=True)
class Trial:
    """What a dialect found, headings those of one level.

    ``asked`` counts the questions that read like one or are marked as one, ``answered`` those
    with an answer, ``sections`` the headings with nothing but further headings under them,
    ``distinct`` the different texts, ``links`` and ``lists`` the answers that are only links or
    only more questions; ``is_good`` says of each question whether it asks and has an answer.
    """

    dialect: Dialect
    level: int | None
    questions: tuple[Question, ...]
    asked: int
    answered: int
    sections: int
    distinct: int
    links: int
    lists: int
    is_good: tuple[bool, ...]

    @property
    def good(self) -> int:
        """How many of the questions ask, each for itself, and have an answer."""
        return sum(self.is_good)

    @property
    def marked(self) -> int:
        """How many of the questions have a mark that makes them one, whatever their words."""
        return sum(question.is_marked for question in self.questions)

    @property
    def question_marks(self) -> int:
        """How many of the questions are marked so or have a question mark."""
        return sum(
            question.is_marked or re.search("[?？؟]", question.text) is not None
            for question in self.questions
        )

    @property
    def lines(self) -> int:
        """How many lines the questions take with their answers."""
        return sum(question.answer.end - question.line for question in self.questions)

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def is_clear(self) -> bool:
        """Whether at least half of it asks and half is answered, and little of it is sections."""
        half = self.total / 2
        return self.asked >= half and self.answered >= half and self.sections < half

    @property
    def asked_and_answered(self) -> int:
        return min(self.asked, self.answered)

    @property
    def name(self) -> str:
        """``headings 3`` for those of level 3, ``pairs``."""
        return f"{self.dialect.name} {self.level}" if self.level else self.dialect.name

    def count_outside(self, spans: Spans) -> int:
        """How many of the questions begin in none of the spans."""
        return sum(not spans.hold(question.line) for question in self.questions)


class Spans:
    """The lines that questions take with their answers."""

    def __init__(self, questions: Iterable[Question]) -> None:
        ordered = sorted(questions, key=lambda question: question.line)
        stretches = sorted(_stretches(ordered))
        self._starts = [start for start, _ in stretches]
        self._ends: list[int] = []
        for _, end in stretches:
            self._ends.append(max(self._ends[-1] if self._ends else 0, end))

    def hold(self, line: int) -> bool:
        """Whether a question or its answer takes ``line``."""
        index = bisect_right(self._starts, line) - 1
        return index >= 0 and line < max(self._ends[index], self._starts[index] + 1)


def _stretches(ordered: Sequence[Question]) -> Iterator[tuple[int, int]]:
    """The lines of each question with its answer; two stretches where others stand between."""
    following = [*(question.line for question in ordered[1:]), 0]
    for question, below in zip(ordered, following, strict=False):
        if question.line < below < question.answer.start:
            yield question.line, question.front[-1].number + 1 if question.front else below
            yield question.answer.start, question.answer.end
        else:
            yield question.line, question.answer.end


def trials(outline: Outline, told: Told, asked_level: int | None = None) -> Iterator[Trial]:
    """A trial of every dialect that finds anything, the shallowest headings first.

    The title is no question but of the level that the settings ask for, and that level alone
    is read then.
    """
    title = title_of(outline)
    skipped = title.line if title and title.level != asked_level else 0
    answers = _Answers(outline, told)
    levels = {heading.line: heading.level for heading in outline.headings}
    for level in sorted({heading.level for heading in outline.headings}):
        for dialect in DIALECTS:
            if dialect.find_at_level:
                found = dialect.find_at_level(outline, level)
                kept = tuple(question for question in found if question.line != skipped)
                if asked_level is not None:
                    kept = tuple(question for question in kept if levels[question.line] == level)
                elif dialect.name == "headings":
                    kept = in_asking_sections(outline, kept)
                yield from _tried(answers, dialect, level, kept)
    for dialect in DIALECTS:
        if dialect.find:
            yield from _tried(answers, dialect, None, dialect.find(outline))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is under a question: why it is no answer, or what else it is.

    ``lists`` is its text where it may be nothing but options, else ``""``.
    """

    problem: Code | None
    is_list: bool
    is_contents: bool
    lists: str = ""


_ANSWERED = _Answer(None, is_list=False, is_contents=False)
_LISTED = _Answer(None, is_list=True, is_contents=False)
_LINKED = re.compile(r"\W*\[[^\[\]]+\]\((?!<?#)[^()\s]*\)\W*")
"""A heading that is a link to another page, under it what stands there."""
_OFFERED = _Answer(Code.EMPTY_ANSWER, is_list=False, is_contents=False)


class _Answers:
    """The answers of a document, each looked at once, however many dialects find it."""

    def __init__(self, outline: Outline, told: Told) -> None:
        self.outline = outline
        self._told = told
        self._known: dict[Span, _Answer] = {}
        self._offers: dict[tuple[str, Span], bool] = {}

    def of(self, question: Question) -> _Answer:
        """That of a question; what a cloze note or the front matter holds is one."""
        if question.is_cloze or question.given:
            return _ANSWERED
        found = self.at(question.answer)
        if found.lists and self._only_offers(question, found.lists):
            return _OFFERED
        if found.lists and _LINKED.fullmatch(question.text) and is_mere_list(found.lists):
            return _LISTED
        return found

    def _only_offers(self, question: Question, lists: str) -> bool:
        key = question.text, question.answer
        if key not in self._offers:
            is_told = self._told.holds(question.line)
            self._offers[key] = only_offers(
                question.text, lists, is_told=is_told, is_exam=self._told.is_exam
            )
        return self._offers[key]

    def leads_elsewhere(self, question: Question) -> bool:
        """Whether a list of links stands under what asks nothing."""
        is_open = not (question.is_cloze or question.given)
        return is_open and is_reading_list(answer_text(self.outline, question.answer))

    def at(self, span: Span) -> _Answer:
        """That of a stretch of the file."""
        if span not in self._known:
            text = answer_text(self.outline, span)
            problem = problem_with(text)
            is_list = problem is None and is_list_of_questions(text)
            is_open = problem is None and may_offer(text)
            lists = text if is_open and not is_announced(self.outline.lines, span) else ""
            self._known[span] = _Answer(problem, is_list, is_table_of_contents(text), lists)
        return self._known[span]


def _tried(
    answers: _Answers, dialect: Dialect, level: int | None, found: tuple[Question, ...]
) -> Iterator[Trial]:
    questions = tuple(question for question in found if not _is_left_out(answers, question))
    if not questions:
        return
    asks_or_marked = [question.is_marked or _asks(question, dialect) for question in questions]
    found_answers = [answers.of(question) for question in questions]
    is_elsewhere = [
        not asks_ and dialect.find_at_level is not None and answers.leads_elsewhere(question)
        for question, asks_ in zip(questions, asks_or_marked, strict=True)
    ]
    is_answered = [
        answer.problem is None and not (answer.is_list or is_link) and bool(question.text.strip())
        for question, answer, is_link in zip(questions, found_answers, is_elsewhere, strict=True)
    ]
    yield Trial(
        dialect,
        level,
        questions,
        asked=sum(asks_or_marked),
        answered=sum(is_answered),
        sections=sum(_is_section(answers, question) for question in questions),
        distinct=len({bare_words(question.text) for question in questions}),
        links=sum(
            answer.problem is Code.LINK_ANSWER or is_link
            for answer, is_link in zip(found_answers, is_elsewhere, strict=True)
        ),
        lists=sum(answer.is_list for answer in found_answers),
        is_good=tuple(
            asks_ and answered for asks_, answered in zip(asks_or_marked, is_answered, strict=True)
        ),
    )


def _asks(question: Question, dialect: Dialect) -> bool:
    is_of_the_page = dialect.find_at_level is not None and asks_about_the_page(question.text)
    return asks(question.text) and not is_of_the_page


def _is_left_out(answers: _Answers, question: Question) -> bool:
    if question.attributes.id or question.attributes.words:
        return False  # who writes attributes means a question
    if question.is_cloze or question.given:
        return False
    return is_never_a_question(question.text) or answers.at(question.answer).is_contents


def answer_text(outline: Outline, span: Span) -> str:
    """What is an answer of the lines of a span."""
    is_whole = span.column == 1 and not span.until and not span.quotes
    lines: Sequence[str] = outline.lines[span.start - 1 : span.end - 1]
    if not is_whole:
        lines = [line.text for line in cut(outline.lines, span)]
    return "\n".join(lines[index] for index in kept_lines(lines))


def _is_section(answers: _Answers, question: Question) -> bool:
    """Whether the first thing under a question without a question word is a further heading."""
    if question.direct >= question.answer.end or question.is_marked:
        return False
    direct = answers.at(Span(question.answer.start, question.direct))
    is_bare = direct.problem is Code.EMPTY_ANSWER or direct.is_contents
    return is_bare and not _is_answered_in_parts(answers, question)


def _is_answered_in_parts(answers: _Answers, question: Question) -> bool:
    """Whether a question mark asks, and none in the headings under it, which are parts of it."""
    if not _ASKED.search(question.text):
        return False
    lines = answers.outline.headings
    first = bisect_right(lines, question.line, key=lambda heading: heading.line)
    last = bisect_left(lines, question.answer.end, key=lambda heading: heading.line)
    return not any(
        _ASKED.search(heading.text) or heading.wording.has_label for heading in lines[first:last]
    )


_ASKED = re.compile(r"\w[?？؟][\s*_`]*$")
