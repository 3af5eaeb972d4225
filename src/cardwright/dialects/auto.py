"""Which dialect a document is written in: each one is tried, what they find is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cardwright.blocks import Document
from cardwright.diagnostics import Code
from cardwright.dialects.answers import (
    foreign_questions,
    is_list_of_questions,
    is_table_of_contents,
    kept_lines,
    problem_with,
)
from cardwright.dialects.headings import headings_of_a_level
from cardwright.dialects.list_headings import list_headings
from cardwright.dialects.numbered_headings import numbered_headings
from cardwright.dialects.outline import Heading, outline
from cardwright.dialects.question import Outline, Question, Span, under
from cardwright.dialects.question_headings import question_headings
from cardwright.wording import asks, bare_words, is_never_a_question

AUTO = "auto"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Dialect:
    """A name for settings, and the function that finds the questions of one heading level."""

    name: str
    find: Callable[[Outline, int], tuple[Question, ...]]


DIALECTS = (
    Dialect("list-headings", list_headings),
    Dialect("question-headings", question_headings),
    Dialect("numbered-headings", numbered_headings),
    Dialect("headings", headings_of_a_level),
)
"""All dialects; of two that find the same, the earlier one is chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is read: a dialect's name and the level of its questions."""

    dialect: str
    level: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The questions that a choice finds, in the order of the file; ``headings`` are all of it.

    With no question, ``reason`` is the diagnostic that says why and ``choice`` is ``None``.
    """

    headings: tuple[Heading, ...]
    questions: tuple[Question, ...] = ()
    choice: Choice | None = None
    reason: Code | None = None


def read_as(document: Document, dialect: str, level: int | None) -> Reading:
    """The questions of a document in one dialect, or in what ``auto`` or a level leaves open."""
    headings = outline(document)
    trials = [
        trial
        for trial in _trials(Outline(document, headings))
        if dialect in (AUTO, trial.choice.dialect) and level in (None, trial.choice.level)
    ]
    if level is not None:
        # What the author asks for is done, with whatever it finds.
        most = max(trials, key=lambda trial: trial.answered, default=None)
        return _reading(headings, most)
    return _reading(headings, _best(trials))


@dataclass(frozen=True, slots=True)
class _Trial:
    """What a dialect found at one level.

    ``asked`` counts the headings that read like a question, ``answered`` those with an answer,
    ``sections`` those with nothing but further headings under them, ``distinct`` the different
    texts, ``links`` and ``lists`` the answers that are only links or only more questions;
    ``foreign`` the questions marked in another way that stand under those that do not ask.
    """

    choice: Choice
    questions: tuple[Question, ...]
    asked: int
    answered: int
    sections: int
    distinct: int
    links: int
    lists: int
    foreign: int

    @property
    def total(self) -> int:
        return len(self.questions)

    @property
    def is_clear(self) -> bool:
        """Whether at least half of the headings ask and half are answered, and few are sections."""
        half = self.total / 2
        return self.asked >= half and self.answered >= half and self.sections < half


def _trials(seen: Outline) -> Iterator[_Trial]:
    levels = sorted({heading.level for heading in seen.headings})
    title = _title(seen.headings)
    for level in levels:
        for dialect in DIALECTS:
            found = tuple(
                question
                for question in dialect.find(seen, level)
                if not (title and question.line == title.line)
                and not _is_left_out(seen.document, question)
            )
            if found:
                yield _tried(seen.document, Choice(dialect.name, level), found)
    if title is not None and asks(title.text):
        yield _tried(seen.document, Choice("headings", title.level), (under(title),))


def _title(headings: tuple[Heading, ...]) -> Heading | None:
    """The heading that names the document: the first one, when it alone has its level."""
    first = next(iter(headings), None)
    if first is None or first.depth or first.wording.number or first.attributes.id:
        return None
    others = [heading for heading in headings if heading.level <= first.level]
    if len(others) > 1 or (first.level > 1 and len(headings) == 1):
        return None
    return first


def _is_left_out(document: Document, question: Question) -> bool:
    if question.attributes.id or question.attributes.words:
        return False  # who writes attributes means a question
    if is_never_a_question(question.text):
        return True
    return is_table_of_contents(_text(document, question.answer))


def _text(document: Document, span: Span) -> str:
    """What is an answer of the lines of a span."""
    lines = document.source.lines[span.start - 1 : span.end - 1]
    return "\n".join(lines[index] for index in kept_lines(lines))


def _tried(document: Document, choice: Choice, found: tuple[Question, ...]) -> _Trial:
    answers = [_text(document, question.answer) for question in found]
    problems = [problem_with(answer) for answer in answers]
    lists = [
        problem is None and is_list_of_questions(answer)
        for answer, problem in zip(answers, problems, strict=True)
    ]
    return _Trial(
        choice,
        found,
        asked=sum(asks(question.text) or question.has_label for question in found),
        answered=problems.count(None) - sum(lists),
        sections=sum(_is_section(document, question) for question in found),
        distinct=len({bare_words(question.text) for question in found}),
        links=problems.count(Code.LINK_ANSWER),
        lists=sum(lists),
        foreign=sum(
            foreign_questions(answer)
            for question, answer in zip(found, answers, strict=True)
            if not (asks(question.text) or question.has_label)
        ),
    )


def _is_section(document: Document, question: Question) -> bool:
    """Whether the first thing under a question without a question word is a further heading."""
    if question.direct >= question.answer.end or question.has_label:
        return False
    direct = _text(document, Span(question.answer.start, question.direct))
    return problem_with(direct) is Code.EMPTY_ANSWER or is_table_of_contents(direct)


def _best(trials: list[_Trial]) -> _Trial | None:
    """The shallowest clear trial, unless a deeper one finds more outside of its answers.

    Where none is clear (terms instead of questions), the one with the most different headings
    that have text of their own.
    """
    clear = _one_a_level([trial for trial in trials if trial.is_clear and trial.answered])
    if not clear:
        terms = [trial for trial in trials if trial.answered]
        best_terms = max(terms, key=_term_score, default=None)
        return _bare_questions(trials, best_terms) or best_terms or _explaining(trials)
    best = clear[0]
    for trial in clear[1:]:
        spans = [(question.line, question.answer.end) for question in best.questions]
        outside = _count_outside(trial.questions, spans)
        if outside > _asked_and_answered(best) or (_is_title(best) and _is_set(trial)):
            best = trial
    return best


def _is_title(trial: _Trial) -> bool:
    return trial.total == 1 and trial.choice.level == 1


def _is_set(trial: _Trial) -> bool:
    """Whether there are enough questions to be what a title that asks is about."""
    return trial.total >= (3 if trial.choice.dialect == "headings" else 2)


def _one_a_level(trials: list[_Trial]) -> list[_Trial]:
    """Of the trials of a level the one that answers most; about the same goes to the earlier.

    The narrower dialects come first, so a few unnumbered headings among the numbered ones
    ("Summary", an aside) do not count against them, while many do. A question word says more
    than a number.
    """
    best: dict[int, _Trial] = {}
    for trial in trials:
        before = best.get(trial.choice.level)
        if before is None or _leads(trial, before):
            best[trial.choice.level] = trial
    return [best[level] for level in sorted(best)]


def _leads(trial: _Trial, before: _Trial) -> bool:
    found, earlier = _asked_and_answered(trial), _asked_and_answered(before)
    lead = 1.5 if before.choice.dialect == "question-headings" else 1.15
    return found > lead * earlier and (found > earlier + 1 or not earlier)


def _asked_and_answered(trial: _Trial) -> int:
    return min(trial.asked, trial.answered)


def _term_score(trial: _Trial) -> float:
    own_text = trial.answered - trial.sections
    repeats = trial.distinct / trial.total
    is_numbered = trial.choice.dialect != "headings"
    return own_text * repeats * repeats * (1.2 if is_numbered else 1.0)


def _bare_questions(trials: list[_Trial], terms: _Trial | None) -> _Trial | None:
    """A list of questions that nothing answers, when it is longer than that of the terms."""
    unanswered = [
        trial
        for trial in trials
        if not trial.answered and trial.asked >= 2 and trial.asked * 4 >= trial.total * 3
    ]
    longest = max(unanswered, key=lambda trial: trial.asked, default=None)
    if longest is None or (terms is not None and terms.answered >= longest.asked):
        return None
    return longest


def _explaining(trials: list[_Trial]) -> _Trial | None:
    """Where nothing is answered, the trial that shows best why."""
    return max(trials, key=lambda trial: (trial.links + trial.lists, trial.asked), default=None)


def _count_outside(questions: tuple[Question, ...], spans: list[tuple[int, int]]) -> int:
    """How many questions stand in none of the spans; both in the order of the file."""
    outside, index = 0, 0
    for question in questions:
        while index < len(spans) and spans[index][1] <= question.line:
            index += 1
        outside += index == len(spans) or not spans[index][0] <= question.line
    return outside


def _reading(headings: tuple[Heading, ...], trial: _Trial | None) -> Reading:
    if trial is None:
        return Reading(headings, reason=Code.NOTHING_HERE)
    if trial.foreign > trial.answered:
        return Reading(headings, reason=Code.NOTHING_HERE)
    if trial.lists > trial.answered:
        return Reading(headings, reason=Code.ONLY_QUESTIONS)
    unanswered = trial.total - trial.answered
    if not trial.answered or unanswered * 10 >= trial.total * 9:
        if trial.lists * 2 >= unanswered:
            return Reading(headings, reason=Code.ONLY_QUESTIONS)
        if trial.links * 2 >= unanswered:
            return Reading(headings, reason=Code.ONLY_LINKS)
        if not trial.answered:
            reason = Code.ONLY_QUESTIONS if trial.asked * 2 >= trial.total else Code.NOTHING_HERE
            return Reading(headings, reason=reason)
    return Reading(headings, trial.questions, trial.choice)
