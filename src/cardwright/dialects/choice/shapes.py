"""Groups what all finders find in a document as shapes: ``headings 3``, ``bold``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

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
from cardwright.dialects.catalogue import DIALECTS, Dialect
from cardwright.dialects.choice.evidence import BY_PROBLEM, Answer, Candidate, Shape
from cardwright.dialects.choice.turns import with_known_headings
from cardwright.dialects.labels import labels
from cardwright.dialects.offered import only_offers
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.wording import asks, bare_words, is_never_a_question
from cardwright.wording.signs import QUESTION_MARK, has_question_mark, has_word
from cardwright.wording.titles import names_a_section


def shapes(outline: Outline, asked_level: int | None = None) -> Iterator[Shape]:
    """Yield what every dialect finds, the shallowest headings first.

    The title is no candidate. If the settings ask for a level, only that level is read, and its
    title can be a question.
    """
    title = outline.title
    is_skipped = title and title.level != asked_level and not outline.knows(title.text)
    skipped = title.line if title and is_skipped else 0
    answers = outline.once(_Answers)
    for level in sorted({*answers.levels.values()}):
        for dialect in DIALECTS:
            if dialect.find_at_level:
                found = outline.once(dialect.find_at_level, level)
                kept = [question for question in found if question.line != skipped]
                if asked_level is not None:
                    kept = [question for question in kept if answers.levels[question.line] == level]
                elif dialect.name == "headings":
                    kept = _in_asking_sections(outline, kept)
                kept = with_known_headings(outline, kept, level)
                yield from _shape(outline, dialect, level, kept)
    for dialect in DIALECTS:
        if dialect.find:
            yield from _shape(outline, dialect, None, outline.once(dialect.find))


_FEWEST = 2


def _in_asking_sections(outline: Outline, questions: Sequence[Question]) -> list[Question]:
    """Return the questions of the sections that ask; all of them unless sections differ plainly.

    A section is what one heading that is no question holds. If one section mostly asks, those that
    ask nothing are left out. If the asking ones have half of the questions or more, only sections
    with a title like that of a manual ("Contributing") are.
    """
    asking = {question.line for question in questions if asks(question.text)}
    if len(asking) < _FEWEST or len(asking) == len(questions):
        return list(questions)
    groups = _groups(outline, questions)
    counts = [(len(group), sum(each.line in asking for each in group)) for _, group in groups]
    if not any(count >= _FEWEST and count * 4 >= total * 3 for total, count in counts):
        return list(questions)
    is_most = len(asking) * 2 >= len(questions)
    gone = {
        question.line
        for heading, group in groups
        if asking.isdisjoint(question.line for question in group)
        and (not is_most or (heading is not None and names_a_section(heading.text)))
        for question in group
    }
    return [question for question in questions if question.line not in gone]


def _groups(
    outline: Outline, questions: Sequence[Question]
) -> list[tuple[Heading | None, list[Question]]]:
    """Return the questions by the innermost heading around them that is none of them."""
    lines = {question.line for question in questions}
    headings: dict[int, Heading | None] = {0: None}
    groups: defaultdict[int, list[Question]] = defaultdict(list)
    open_: list[Heading] = []
    waiting = list(questions[::-1])
    for heading in outline.headings:
        open_ = [each for each in open_ if heading.line < each.end]
        if heading.line not in lines:
            open_.append(heading)
            continue
        above = open_[-1] if open_ else None
        headings[above.line if above else 0] = above
        while waiting and waiting[-1].line <= heading.line:
            groups[above.line if above else 0].append(waiting.pop())
    return [(headings[line], group) for line, group in groups.items()]


def _shape(
    outline: Outline, dialect: Dialect, level: int | None, found: Sequence[Question]
) -> Iterator[Shape]:
    answers = outline.once(_Answers)
    judged = [answers.candidate(dialect, question) for question in found]
    candidates = [
        each._replace(asks=True, is_known=True) if outline.knows(each.question.text) else each
        for each in judged
    ]
    has_titles = level is not None or dialect.name in _OF_TITLES
    ordered = _in_order([each.question.text for each in candidates])
    kept = tuple(
        candidate
        for candidate, is_in_order in zip(candidates, ordered, strict=True)
        if not _is_furniture(candidate, may_be_title=has_titles and not is_in_order)
    )
    if not kept:
        return
    if sum(each.answer is Answer.LINKS for each in kept) * 2 > len(kept):
        kept = tuple(map(answers.as_most_are, kept))
    shape = Shape(dialect, level, _without_strangers(kept))
    asking = tuple(candidate for candidate in shape.candidates if candidate.asks)
    if dialect.is_enclosed and asking and not (shape.does_ask or dialect.name in outline.named):
        # Each has its own end, so that those that ask can be questions without the others.
        mute = tuple(candidate for candidate in shape.candidates if not candidate.asks)
        yield Shape(dialect, level, asking)
        yield Shape(dialect, level, mute, " that do not ask")
    else:
        yield shape


_OF_TITLES = frozenset({"bold", "details", "file", "lines", "list-items"})
"""The dialects whose candidates can be titles of sections, besides those of headings."""


def _without_strangers(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the candidates that ask, count or have a mark of an answer, if nearly all do."""
    replied = sum(candidate.has_answer_mark for candidate in candidates)
    if replied < _FEWEST_REPLIED or replied * 10 < len(candidates) * 9:
        return candidates
    return tuple(
        each
        for each in candidates
        if each.has_answer_mark
        or each.asks
        or each.question.number
        or each.question.attributes.id
        or each.question.attributes.words
    )


_FEWEST_REPLIED = 8


def _is_furniture(candidate: Candidate, *, may_be_title: bool) -> bool:
    """Whether it is one of the titles around questions, or a table of contents."""
    question = candidate.question
    if question.attributes.id or question.attributes.words:
        return False
    if question.is_cloze or question.given:
        return False
    if candidate.answer is Answer.CONTENTS:
        return True
    return may_be_title and is_never_a_question(question.text)


def _in_order(texts: Sequence[str]) -> list[bool]:
    """Return for each text whether it and two texts on each side are in alphabetical order."""
    words = [bare_words(text) for text in texts]
    found = [False] * len(words)
    for at in range(_BESIDE, len(words) - _BESIDE):
        around = words[at - _BESIDE : at + _BESIDE + 1]
        found[at] = all(word < after for word, after in pairwise(around))
    return found


_BESIDE = 2


_ENDS_ASKING = re.compile(rf"\w{QUESTION_MARK}[\s*_`]*$")


_ABOVE_CONTENTS = 3
"""A table of contents has no more headings above it. Further below, its links are an answer."""

_SENTENCE = 10
"""A numbered heading of so many words is a task or a statement to judge, and no title."""


class _Answers:
    """The answers of a document, each looked at once, however many dialects find it."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._known: dict[Span, tuple[Answer, str]] = {}
        self._judged: dict[tuple[Span, str, bool, bool], Answer] = {}
        self._candidates: dict[tuple[str, int], Candidate] = {}
        replies = [label.line for label in labels(outline) if label.answers]
        self._marks = sorted(replies + [fold.start for fold in outline.answer_boxes])
        self.levels = {heading.line: heading.level for heading in outline.headings}

    def candidate(self, dialect: Dialect, question: Question) -> Candidate:
        """Return what is known of a question that ``dialect`` found, but for earlier builds."""
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
        is_sure = not (is_heading or dialect.is_loose)
        return Candidate(
            question,
            self._answer(question, text, does_ask=does_ask, is_sure=is_sure),
            does_ask,
            question.is_marked or has_question_mark(text),
            is_section,
            self.levels.get(question.line, 0),
            self._has_answer_mark(question.answer),
            has_parts=is_section and does_ask and self._has_parts(question, asks),
        )

    def as_most_are(self, candidate: Candidate) -> Candidate:
        """Return a candidate among those that are answered by links alone.

        If it has a link behind the label of its answer too, the text beside that label belongs to
        the question, or says who asks it.
        """
        _, text = self._at(candidate.question.answer)
        is_elsewhere = candidate.answer is Answer.REAL and points_elsewhere(text)
        return candidate._replace(answer=Answer.LINKS) if is_elsewhere else candidate

    def _has_answer_mark(self, span: Span) -> bool:
        return count_between(self._marks, span.start, span.end) > 0

    def _answer(self, question: Question, asked: str, *, does_ask: bool, is_sure: bool) -> Answer:
        if question.is_cloze or question.given:
            return Answer.REAL
        key = question.answer, asked, does_ask, is_sure
        if key not in self._judged:
            self._judged[key] = self._judge(*key)
        return self._judged[key]

    def _judge(self, span: Span, asked: str, does_ask: bool, is_sure: bool) -> Answer:
        """Return what a span is as an answer; ``is_sure``: marks separate it from the question."""
        answer, text = self._at(span)
        if answer is Answer.LINKS and asks_for_address(asked):
            return Answer.REAL
        if answer is not Answer.REAL or not text:
            return answer
        if "$$" in text and not has_word(without_formulas(text)):
            return Answer.EMPTY
        if not does_ask and is_reading_list(text):
            return Answer.LINKS
        if not does_ask and is_asking_throughout(text):
            return Answer.QUESTIONS
        if not is_sure and is_further_question(text):
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
        """Whether the first thing under a question without a question word is a further heading."""
        if question.direct >= question.answer.end or question.is_marked:
            return False
        direct, _ = self._at(Span(question.answer.start, question.direct))
        is_bare = direct in (Answer.EMPTY, Answer.CONTENTS)
        is_sure = is_bare and _ENDS_ASKING.search(question.text) is not None
        return is_bare and not (is_sure and self._has_parts(question, _ENDS_ASKING.search))

    def _has_parts(self, question: Question, does_ask: Callable[[str], object]) -> bool:
        """Whether none of the headings under a question asks: they are parts of its answer."""
        below = self._outline.headings_between(question.line + 1, question.answer.end)
        return not any(does_ask(each.text) or each.wording.has_label for each in below)
