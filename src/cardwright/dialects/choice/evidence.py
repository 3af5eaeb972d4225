"""Weighs the evidence for a candidate and for its shape.

A *shape* is everything of one form that one dialect found: headings of one level, bold lines,
labelled pairs. All candidates of a shape are chosen or none, so evidence from one counts for all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, filterfalse
from operator import attrgetter
from typing import NamedTuple

from cardwright.dialects.answer import Answer
from cardwright.dialects.catalogue import Dialect
from cardwright.dialects.text.order import count_between, with_next
from cardwright.dialects.text.question import Question
from cardwright.wording import bare_words

WEIGHTS = {
    "answered": 1.0,  # it asks, or a mark says that it does, and it is answered
    "sibling": 0.5,  # it is answered and does not ask, but most of its shape does
    "open": 0.2,  # it asks and nothing answers it: the document has questions of this shape
}
"""Set by hand. Fitting them to labelled documents gained nothing on documents of other owners."""


class Candidate(NamedTuple):
    """A question that a dialect proposes, and what is known about it.

    ``asks``: it reads like a question, is marked as one or is known. ``has_mark``: it ends with a
    question mark or is marked. ``is_section``: the first thing under it is another heading.
    ``level`` is that of its heading, 0 if it is not a heading. ``has_answer_mark``: a label or a
    fold under it says "Answer". ``is_known``: it was a question of this file in an earlier build.
    ``has_parts``: it is a section whose words ask, and no heading in it asks.
    """

    question: Question
    answer: Answer
    asks: bool
    has_mark: bool
    is_section: bool
    level: int = 0
    has_answer_mark: bool = False
    is_known: bool = False
    has_parts: bool = False

    @property
    def line(self) -> int:
        return self.question.line

    @property
    def is_answered(self) -> bool:
        """Whether it has an answer and a front. In mdanki, the front may be above ``%``."""
        if self.answer is not Answer.REAL:
            return False
        return (self.asks and not self.question.is_marked) or bool(self.question.text.strip())

    def holds(self, lines: Sequence[int]) -> bool:
        """Whether any of the sorted ``lines`` is below the question, in its answer."""
        return count_between(lines, self.line + 1, self.question.answer.end) > 0

    @property
    def is_good(self) -> bool:
        """Whether it asks and is answered."""
        return self.asks and self.is_answered


@dataclass(frozen=True)
class Shape:
    """The candidates of a dialect.

    Headings of each level are a shape of their own. Other shapes have no ``level``.
    """

    dialect: Dialect
    level: int | None
    candidates: tuple[Candidate, ...]
    part: str = ""

    @property
    def name(self) -> str:
        """``headings 3`` for headings of level 3, or ``pairs``.

        ``part`` follows if a dialect has several shapes.
        """
        level = f" {self.level}" if self.level else ""
        return f"{self.dialect.name}{level}{self.part}"

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The line of each candidate."""
        return tuple(candidate.line for candidate in self.candidates)

    @cached_property
    def further_lines(self) -> frozenset[int]:
        """The lines on which its answered questions go on."""
        good = (each.question for each in self.candidates if each.is_good)
        return frozenset(line.number for question in good for line in question.front[1:])

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(candidate.question for candidate in self.candidates)

    @property
    def total(self) -> int:
        return len(self.candidates)

    @cached_property
    def asked(self) -> int:
        return sum(candidate.asks for candidate in self.candidates)

    @cached_property
    def answered(self) -> int:
        return sum(candidate.is_answered for candidate in self.candidates)

    @cached_property
    def good(self) -> int:
        """The number of candidates that ask by themselves and are answered."""
        return sum(candidate.is_good for candidate in self.candidates)

    @cached_property
    def sections(self) -> int:
        return sum(candidate.is_section for candidate in self.candidates)

    @cached_property
    def marked(self) -> int:
        return sum(candidate.question.is_marked for candidate in self.candidates)

    @cached_property
    def distinct(self) -> int:
        return len({bare_words(each.question.text) or each.line for each in self.candidates})

    @cached_property
    def known(self) -> int:
        """The number of candidates that were questions in earlier builds and are answered."""
        return sum(candidate.is_known and candidate.is_good for candidate in self.candidates)

    @property
    def asks_by_itself(self) -> bool:
        """Whether an answered question of it asks, and not only because an earlier build had it."""
        return any(e.is_good and (e.has_mark or not e.is_known) for e in self.candidates)

    def count(self, answer: Answer) -> int:
        return sum(candidate.answer is answer for candidate in self.candidates)

    @cached_property
    def does_ask(self) -> bool:
        """Whether at least half of it asks, and little of it is sections around other questions.

        If more than half asks, a section in which no heading asks counts as an answer in parts. A
        single section without a question mark is the title of the file: "Design patterns".
        """
        half, sections = self.total / 2, self.sections
        if self.asked > half and (self.total > 1 or self.candidates[0].has_mark):
            sections -= sum(each.has_parts and each.level == self.level for each in self.candidates)
        is_plain = self.total > _FEW and not any(each.has_mark for each in self.candidates)
        is_most = self.asked > half if is_plain else self.asked >= half
        is_repeated = is_plain and self.distinct <= half  # "Explanation of the input" of each task
        return is_most and sections < half and not is_repeated

    @cached_property
    def is_answered(self) -> bool:
        """Whether so much is answered that the rest are gaps.

        Otherwise, it is a list of questions. A few folds with text and a few filled cells are
        answers, whatever the others hold. So are those of the first
        questions: somebody has begun to answer the list.
        """
        is_begun = all(each.is_good for each in self.candidates[:_BEGUN])
        is_some = self.level is not None and self.answered > _SEVERAL
        is_apart = self.dialect.is_enclosed or self.dialect.name == "table"
        is_sure = is_apart and self.answered > _FEW
        return is_some or is_sure or is_begun or self.answered * _SEVERAL >= self.distinct

    def lack(self, otherwise: str = "") -> str:
        """Return in words what it lacks. If that is nothing, return ``otherwise`` or a reason."""
        if not self.answered:
            links = self.count(Answer.LINKS)
            return "only links answer" if links * 2 > self.total else "nothing answers"
        if self.asked * 2 < self.total:
            return "few ask" if self.asked else "none asks"
        if not self.is_answered:
            return "few have an answer"
        if otherwise:
            return otherwise
        return "sections around other questions" if self.sections else "others have more evidence"

    @cached_property
    def worth(self) -> float:
        """The sum of the evidence for its candidates."""
        return sum(map(self.worth_of, self.candidates))

    def worth_of(self, candidate: Candidate) -> float:
        """Return the evidence for a candidate as one of this shape."""
        if candidate.is_good:
            return WEIGHTS["answered"]
        if candidate.is_answered and not candidate.is_section:
            return WEIGHTS["sibling"] if self.does_ask else 0.0
        return WEIGHTS["open"] if candidate.asks else 0.0

    @cached_property
    def spans(self) -> Spans:
        return Spans(self.questions)

    def parted(self, is_kept: Callable[[Candidate], object], rest: str) -> tuple[Shape, Shape]:
        """Return the part that is kept, and the others, which are the part ``rest``."""
        kept, others = filter(is_kept, self.candidates), filterfalse(is_kept, self.candidates)
        return (
            replace(self, candidates=tuple(kept)),
            replace(self, candidates=tuple(others), part=rest),
        )

    def outside(self, spans: Spans) -> tuple[Candidate, ...]:
        """Return the candidates that begin in none of the spans."""
        return tuple(each for each in self.candidates if not spans.hold(each.line))


_SEVERAL = 5
_FEW = 2
_BEGUN = 4
"""With so many answers to the first questions, a list of questions is half done."""


class Spans:
    """The lines that questions take with their answers."""

    def __init__(self, questions: Sequence[Question]) -> None:
        stretches = sorted(_stretches(sorted(questions, key=attrgetter("line"))))
        self._starts = [start for start, _ in stretches]
        self._ends = [*accumulate((max(end, start + 1) for start, end in stretches), max)]

    def hold(self, line: int) -> bool:
        """Whether a question or its answer takes ``line``."""
        index = bisect_right(self._starts, line) - 1
        return index >= 0 and line < self._ends[index]


def spans_of(shapes: Iterable[Shape]) -> Spans:
    """Return the lines that the questions of several shapes take."""
    return Spans([question for shape in shapes for question in shape.questions])


def _stretches(ordered: Sequence[Question]) -> Iterator[tuple[int, int]]:
    """Yield the lines of each question and its answer, in two stretches if others are between."""
    for question, below in with_next(ordered):
        if below and question.line < below.line < question.answer.start:
            yield question.line, below.line
            yield question.answer.start, question.answer.end
        else:
            yield question.line, question.answer.end
