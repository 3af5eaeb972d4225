"""Dialect M: a question, options to choose from, and what tells which of them is right.

Exams put others between them: "true or false", a paragraph and under it the answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.blocks.signs import is_open
from cardwright.dialects.answer_lines import answer_spots, are_asked
from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer
from cardwright.dialects.named_options import gap_above, naming_lines
from cardwright.dialects.options import Options, tells
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.wording import asks

_RULES = (
    EndRule.RULE, EndRule.LABEL, EndRule.COUNT, EndRule.PART, EndRule.CAPTION,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Offer:
    """Options that a text offers; ``kind`` is what settles the right one."""

    spot: Spot
    kind: str


_TICKED, _NAMED, _OPEN = "ticked", "named", "open"


def quiz(outline: Outline) -> tuple[Question, ...]:
    """The questions above options of which one is said to be right, and above "Answer: …".

    Ticks without a word are a quiz only under what asks; else they are tasks, done or not. Where
    most options have a right one, or there are as many other answers, those that have none are
    found as well, so that they are no part of the next question.
    """
    answers = answer_spots(outline)
    offers = list(_offers(outline, answers))
    kinds = {offer.spot.line: offer.kind for offer in offers}
    if list(kinds.values()).count(_OPEN) * 2 > len(kinds) + len(answers):
        kinds = {line: kind for line, kind in kinds.items() if kind != _OPEN}
    spots = _merged([offer.spot for offer in offers if offer.spot.line in kinds], answers)
    questions = questions_above(outline, spots, is_apart=False)
    chosen = [question for question in questions if question.answer.start in kinds]
    chosen = [q for q in chosen if kinds[q.answer.start] != _OPEN or asks(q.text)]
    others = [question for question in questions if question.answer.start not in kinds]
    kept = are_asked(outline, others, has_options=bool(chosen))
    ticked = {line for line, kind in kinds.items() if kind == _TICKED}
    whole = sorted((*_without_tasks(chosen, ticked), *kept), key=lambda question: question.line)
    following = [*(question.line for question in whole[1:]), 0]
    return tuple(map(_ended, [outline] * len(whole), whole, following))


def _offers(outline: Outline, answers: Sequence[Spot]) -> Iterator[_Offer]:
    """All options outside of folds but those that a line ``Answer: …`` answers otherwise."""
    folds = outline.telling_folds
    starts = [fold.start for fold in folds]
    found: list[Options] = []
    for options in outline.options:
        at = bisect_right(starts, options[0].start + 1) - 1
        if at < 0 or options[0].start + 1 >= folds[at].end:
            found.append(options)
    below = [spot.line for spot in answers if spot.answer.column == 1]
    limits = [*(options[0].start + 1 for options in found[1:]), len(outline.lines) + 1]
    for options, limit in zip(found, limits, strict=False):
        line, behind = options[0].start + 1, options[-1].end + 1
        counted = _next_asking(outline, line, behind, limit)
        labels = [option.label for option in options if option.label]
        naming = naming_lines(outline.lines, outline.is_verbatim, labels, behind - 1, counted - 1)
        end = naming[1] + 2 if naming and labels else 0
        gap = gap_above(outline.lines, outline.is_verbatim, options[0].start, labels)
        kind = _TICKED if not end and tells(options) else _NAMED if end or gap else _OPEN
        at = bisect_right(below, options[-1].end - 1)
        if kind != _OPEN or at == len(below) or below[at] >= counted:
            end = end or behind
            yield _Offer(Spot(line, Span(line, end, options[0].indent), end), kind)


def _next_asking(outline: Outline, line: int, start: int, end: int) -> int:
    """The line, ``end`` at most, that goes on counting from the question above options."""
    counted = outline.once(_counted)
    at = bisect_left(counted, line)
    return end_of_answer(outline, Body(counted[at - 1], start, end), (EndRule.COUNT,)).line if at else end


def _counted(outline: Outline) -> tuple[int, ...]:
    return tuple(row.number for row in outline.rows if row.ordinal)


def _merged(spots: list[Spot], others: list[Spot]) -> list[Spot]:
    """The spots in order, without those of ``others`` that stand in a spot before them."""
    found: list[Spot] = []
    for spot in sorted((*spots, *others), key=lambda spot: spot.line):
        if not found or spot.line >= found[-1].end:
            found.append(spot)
    return found


def _without_tasks(questions: Sequence[Question], ticked: set[int]) -> tuple[Question, ...]:
    """The questions without those that ticks alone answer and nothing asks, if these are many."""
    alone = {question.line for question in questions if question.answer.start in ticked}
    asking = {q.line for q in questions if q.line in alone and (q.number or _asks(q))}
    if len(asking) * 4 >= len(alone) * 3:
        return tuple(questions)
    return tuple(q for q in questions if q.line not in alone or q.line in asking)


def _asks(question: Question) -> bool:
    text = question.text if question.number else question.text.rstrip(":：")
    return asks(text) or is_open(text)


def _ended(outline: Outline, question: Question, following: int) -> Question:
    """The question with its answer up to where the explanation behind the options ends."""
    end = question.answer.end
    section = Ending(outline.section_end(max(end - 1, question.line)), EndRule.SECTION)
    ending = end_of_answer(outline, Body(question.line, end, following, section), _RULES)
    answer = replace(question.answer, end=max(ending.line, end))
    return replace(question, answer=answer, direct=answer.end, ending=ending.rule)
