"""Which label of an answer belongs to which label of a question, and how far the two go."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.labels import Label, label_of, labels
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks
from cardwright.wording.words import Concept


@dataclass(frozen=True, slots=True)
class Pair:
    """A question's label and the one of its answer, ``None`` where the text under it answers.

    The question is over at the line ``until``, the answer at ``end`` or before: where the next
    question begins (``is_followed``) or a section is over.
    """

    question: Label
    answer: Label | None
    until: int
    end: int
    is_followed: bool


def pair_labels(outline: Outline) -> tuple[Pair, ...]:
    """The labels of questions with those of their answers; headings are no concern of these."""
    return outline.once(_pair_labels)


def _pair_labels(outline: Outline) -> tuple[Pair, ...]:
    found = _found(outline)
    asking = _asking(outline, found)
    lines = [label.line for label in found]
    pairs: list[Pair] = []
    levels = _levels(outline, asking, found)
    for at, (question, level) in enumerate(zip(asking, levels, strict=True)):
        following = asking[at + 1].line if at + 1 < len(asking) else len(outline.lines) + 1
        below = (outline.headings[at] for at in _headings(outline, question.line, following))
        end = next((each.line for each in below if each.level <= level), following)
        within = found[bisect_right(lines, question.line) : bisect_left(lines, end)]
        answer = _inline(outline, question, within, end) or _answer(question, within)
        is_followed = end == following <= len(outline.lines)
        pairs.append(Pair(question, answer, answer.line if answer else end, end, is_followed))
    return tuple(pairs)


def _found(outline: Outline) -> list[Label]:
    """The labels that ask, answer or count options; ``A)`` answers only behind ``Q)``."""
    found: list[Label] = []
    above = ""
    for label in labels(outline):
        is_like_above = above == "q)" and label.word + label.mark in ("a)", "A)")
        above = (label.word + label.mark).lower()
        is_one = _may_ask(label) or label.answers or label.is_option
        if is_one and not label.level and (is_like_above or label.is_plain):
            found.append(label)
    return found


def _asking(outline: Outline, found: Sequence[Label]) -> list[Label]:
    """The labels of questions: with an answer's label next, or what is behind them asks.

    ``Q1: launch`` in a plan of the year has neither. What may be an option, or else a letter of
    some language, asks only right above the label of its answer.
    """
    asking: list[Label] = []
    following = None
    for at in range(len(found) - 1, -1, -1):
        label = found[at]
        if label.is_option:
            continue
        is_answered = following is not None and following.answers
        is_letter = label.concept is Concept.ASKING_LETTER and label.word.lower() not in _PLAIN
        if label.concept is Concept.TASK:
            is_letter = True  # "Problem" over "Solution" tells of repairs as well
            is_answered = is_answered and following.concept is Concept.ANSWER
        if is_letter and following is not None:
            is_answered = is_answered and _is_next(outline, label.line, following.line)
        text = outline.lines[label.line - 1][label.column - 1 :]
        following = label
        is_fourth = label.word in "Dd" and at > 0 and found[at - 1].is_option
        if not _may_ask(label) or is_fourth:
            continue
        if is_answered or (not is_letter and (asks(text) or not label.has_text)):
            asking.append(label)
    return asking[::-1]


def _may_ask(label: Label) -> bool:
    return label.asks or label.concept is Concept.TASK


_PLAIN = "qس问問题題"
"""The letters that nobody counts options with."""
_NEAR = 20
"""So many lines a question takes whose label is a mere letter."""


def _is_next(outline: Outline, line: int, answer: int) -> bool:
    """Whether the paragraph of a line, or the one behind it, is that of its answer's label."""
    between = [text.strip() for text in outline.lines[line : min(answer - 1, line + _NEAR)]]
    paragraph = between.index("") if "" in between else len(between)
    return answer - 1 <= line + _NEAR and not any(between[paragraph:])


def _levels(outline: Outline, asking: Sequence[Label], found: Sequence[Label]) -> list[int]:
    """For each question the deepest level of headings that end its answer.

    That is the level of the one above, or of any that stands right above a question. One between
    the labels of a question and its answer is a part of the question.
    """
    lines = [label.line for label in found]
    own: set[int] = set()
    for question in asking:
        at = bisect_right(lines, question.line)
        if at < len(found) and found[at].answers:
            own.update(_headings(outline, question.line, found[at].line))
    headings = [each for at, each in enumerate(outline.headings) if at not in own]
    above = [
        bisect_right(headings, question.line, key=lambda each: each.line) for question in asking
    ]
    deepest, last = 0, 0
    for question, at in zip(asking, above, strict=True):
        if at > last and _is_right_above(outline, headings[at - 1], question):
            deepest = max(deepest, headings[at - 1].level)
        last = at
    return [max(headings[at - 1].level if at else 6, deepest) for at in above]


def _headings(outline: Outline, start: int, end: int) -> range:
    """The indices of the headings between two lines."""
    lines = outline.heading_lines
    return range(bisect_right(lines, start), bisect_left(lines, end))


def _is_right_above(outline: Outline, heading: Heading, question: Label) -> bool:
    return not kept_lines(outline.lines[heading.body - 1 : question.line - 1])


def _answer(question: Label, within: Sequence[Label]) -> Label | None:
    """The first label of an answer ``within`` a question's lines, neither an option nor with the
    number of another question.
    """
    for at, label in enumerate(within):
        is_other = label.number and question.number and label.number != question.number
        is_option = label.word in "Aa" and any(
            other.word in "Bb" and other.indent == label.indent for other in within[at + 1 : at + 9]
        )
        if label.answers and not is_other and not is_option:
            return label
    return None


_GAP = re.compile(r"[?？.!。！)）>:：]{0,4}[ \t]+|[?？。！]+")


def _inline(outline: Outline, question: Label, within: Sequence[Label], end: int) -> Label | None:
    """The label of an answer on a line of the question: behind a full stop, or emphasised."""
    for row in outline.rows[question.line - 1 : min([end, *(each.line for each in within)]) - 1]:
        text = outline.lines[row.number - 1]
        if row.is_verbatim or row.is_blank:
            return None
        start = question.column - 1 if row.number == question.line else 0
        for gap in _GAP.finditer(text, start):
            label = label_of(text, gap.end(), row)
            if label and label.answers and label.has_colon and (label.opening or gap[0].strip()):
                return label
    return None
