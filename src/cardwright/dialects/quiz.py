"""Dialect M: a question, options to choose from, and what tells which of them is right.

Exams put others between them: "true or false", a paragraph and under it the answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cardwright.dialects.answers.asked_above import Spot, questions_above
from cardwright.dialects.lines.counting import Counting
from cardwright.dialects.multiple_choice.answer_lines import answer_spots, are_asked
from cardwright.dialects.multiple_choice.filled_gaps import gap_above
from cardwright.dialects.multiple_choice.options import Option, tells
from cardwright.dialects.multiple_choice.right_answers import naming_line
from cardwright.dialects.text.breaks import RULE
from cardwright.dialects.text.part_titles import without_part_title
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.wording import asks

_FARTHEST = 12
"""How many lines with text stand between options and the line that names the right one."""


def quiz(outline: Outline) -> tuple[Question, ...]:
    """The questions above options of which one is said to be right, and above "Answer: …".

    The answer begins with the options and ends where the next question begins, or a rule, a
    line like ``Q8.`` or the end of the section comes before. Ticks without a word are a quiz
    only under what asks; else they are tasks, done or not. Where most options have a right one,
    or there are as many other answers, those that have none are found as well, so that they are
    no part of the next question.
    """
    told = answer_spots(outline)
    counting = Counting(outline)
    options = _options(outline, told, counting)
    spots = [each.spot for each in options]
    ticked = {each.spot.line for each in options if each.kind == _TICKED}
    open_ = {each.spot.line for each in options if each.kind == _OPEN}
    if len(open_) * 2 > len(spots) + len(told):
        spots = [spot for spot in spots if spot.line not in open_]
    choosing = {spot.line for spot in spots}
    spots = _merged(spots, told)
    questions = questions_above(outline, spots, is_apart=False)
    chosen = _asked_somewhere(
        outline, [question for question in questions if question.answer.start in choosing]
    )
    chosen = [each for each in chosen if each.answer.start not in open_ or asks(each.text)]
    others = [question for question in questions if question.answer.start not in choosing]
    kept = are_asked(outline, others, has_options=bool(chosen))
    whole = sorted((*_without_tasks(chosen, ticked), *kept), key=lambda question: question.line)
    return _with_ends(outline, whole, counting)


_TICKED, _NAMED, _OPEN = "ticked", "named", "open"


@dataclass(frozen=True, slots=True)
class _Offer:
    """Options, and what tells the right one: ticks, a line or a gap that names it, or nothing."""

    spot: Spot
    kind: str


def _options(outline: Outline, told: Sequence[Spot], counting: Counting) -> list[_Offer]:
    """All options but those that a line ``Answer: …`` of ``told`` answers otherwise."""
    found = _groups_outside_of_folds(outline)
    limits = [*(options[0].start + 1 for options in found[1:]), len(outline.lines) + 1]
    below = [spot for spot in told if spot.answer.column == 1]
    offers: list[_Offer] = []
    for options, limit in zip(found, limits, strict=False):
        line, behind = options[0].start + 1, options[-1].end + 1
        following = counting.next_asking(counting.above(line))
        limit = min(limit, following) if following and following >= behind else limit
        end = _told_until(outline, options, limit)
        kind = _NAMED
        if not end and tells(options):
            kind = _TICKED
        elif not end and not _is_filled_in(outline, options):
            kind = _OPEN
        if kind != _OPEN or not _are_within(below, options[-1].end, limit):
            end = end or behind
            offers.append(_Offer(Spot(line, Span(line, end, options[0].indent), end), kind))
    return offers


def _are_within(spots: Sequence[Spot], start: int, end: int) -> bool:
    at = bisect_left(spots, start, key=lambda spot: spot.line)
    return at < len(spots) and spots[at].line < end


def _is_filled_in(outline: Outline, options: tuple[Option, ...]) -> bool:
    """Whether the question above names the right ones in its gap."""
    labels = [option.label for option in options if option.label]
    return gap_above(outline.lines, outline.is_verbatim, options[0].start, labels) is not None


def _asked_somewhere(outline: Outline, questions: list[Question]) -> list[Question]:
    """The questions without headings that ask nothing, where most are asked by a text."""
    lines = {heading.line for heading in outline.headings}
    mute = {q.line for q in questions if q.line in lines and not (q.number or asks(q.text))}
    if len(mute) * 2 >= len(questions):
        return questions
    return [question for question in questions if question.line not in mute]


def _merged(spots: list[Spot], others: list[Spot]) -> list[Spot]:
    """The spots in order, without those of ``others`` that stand in a spot before them."""
    found: list[Spot] = []
    for spot in sorted((*spots, *others), key=lambda spot: spot.line):
        if not found or spot.line >= found[-1].end:
            found.append(spot)
    return found


def _groups_outside_of_folds(outline: Outline) -> list[tuple[Option, ...]]:
    """The options that are asked; those in an answer that is folded away are not."""
    folds = outline.telling_folds
    starts = [fold.start for fold in folds]
    found: list[tuple[Option, ...]] = []
    for options in outline.options:
        at = bisect_right(starts, options[0].start + 1) - 1
        if at < 0 or options[0].start + 1 >= folds[at].end:
            found.append(options)
    return found


_GAP = re.compile(r"(?:^|\s)_+(?:\W|$)|_{2,}|\.{3}|…|[:：]\s*$")


def _without_tasks(questions: Sequence[Question], ticked: set[int]) -> tuple[Question, ...]:
    """The questions without those that ticks alone answer and nothing asks.

    A number is enough where most of the others ask.
    """
    alone = [question for question in questions if question.answer.start in ticked]
    asking = {question.line for question in alone if _asks(question)}
    numbered = {question.line for question in alone if question.number}
    if len(asking) * 2 >= len(alone):
        asking |= numbered
    return tuple(
        question
        for question in questions
        if question.answer.start not in ticked or question.line in asking
    )


def _asks(question: Question) -> bool:
    return (
        asks(question.text)
        or bool(question.number and _GAP.search(question.text))
        or (_GAP.search(question.text.rstrip(":：")) is not None)
    )


def _told_until(outline: Outline, options: tuple[Option, ...], limit: int) -> int:
    """The line after the one that says which option is right, 0 where none is said to be."""
    labels = [option.label for option in options if option.label]
    count = 0
    for number in range(options[-1].end + 1, limit) if labels else ():
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1] or not text.strip():
            continue
        at = naming_line(outline.lines, number - 1, labels)
        if at is not None:
            return at + 2
        count += 1
        if count > _FARTHEST or _BREAK.match(text):
            break
    return 0


_BREAK = re.compile(rf" {{0,3}}#{{1,6}}\s|{RULE}$")


def _with_ends(
    outline: Outline, questions: Sequence[Question], counting: Counting
) -> tuple[Question, ...]:
    """The questions, the answer of each now with the explanation behind it."""
    borders = [
        number
        for number, text in enumerate(outline.lines, 1)
        if not outline.is_verbatim[number - 1] and (_RULE.fullmatch(text) or _NEXT.match(text))
    ]
    starts = [question.line for question in questions[1:]]
    found: list[Question] = []
    for question, following in zip(questions, [*starts, len(outline.lines) + 1], strict=False):
        at = bisect_right(borders, question.answer.end - 1)
        border = borders[at] if at < len(borders) else following
        border = min(border, counting.next_asking(question.line) or border)
        section = _section_of_next(outline, question.answer.end, following)
        end = min(section, border, outline.section_end(question.answer.end - 1))
        least = question.answer.end
        end = _without_caption(outline, max(end, least), least)
        end = without_part_title(outline.lines, outline.is_verbatim, least, end)
        found.append(replace(question, answer=replace(question.answer, end=end), direct=end))
    return tuple(found)


def _without_caption(outline: Outline, end: int, least: int) -> int:
    """The end without a bold line that is about the questions behind it."""
    last = end
    while last > least and not outline.lines[last - 2].strip():
        last -= 1
    is_caption = last > least and _CAPTION.match(outline.lines[last - 2]) is not None
    return last - 1 if is_caption and not outline.lines[last - 3].strip() else end


_CAPTION = re.compile(r"[ \t]*(?:\*\*|__)[^*_]+(?:\*\*|__)[:：]?[ \t]*$")


def _section_of_next(outline: Outline, start: int, following: int) -> int:
    """The line of the first heading from ``start`` that holds the next question, else its line."""
    at = bisect_left(outline.headings, start, key=lambda heading: heading.line)
    for heading in outline.headings[at : at + _MOST_HEADINGS]:
        if heading.line >= following:
            break
        if heading.end > following:
            return heading.line
    return following


_MOST_HEADINGS = 20
_NEXT = re.compile(
    r"[\s*_>]{0,6}(?:Q|Que|Ques|Question|Pregunta|Pergunta|Frage|Domanda|Câu|Вопрос|问题|題目|题目)"
    r"\s?\.?\s?\d{1,4}\s*[.):：*_]"
)
_RULE = re.compile(rf"{RULE}| {{0,3}}</quiz>\s*")
