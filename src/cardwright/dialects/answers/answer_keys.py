"""A numbered list of questions, and under it one fold with as many numbered answers."""

from __future__ import annotations

import re

from cardwright.dialects.answers.asked_above import asked_from
from cardwright.dialects.folding.folds import Fold
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span

_ENTRY = re.compile(r"(?P<indent>[ \t]*)(?:\*\*)?(?P<number>\d{1,3})[.)](?:\*\*)?[ \t]+(?=\S)")
_MOST_LINES = 400
"""How far above its answers a list of questions begins at most."""


def questions_with_key(outline: Outline, fold: Fold) -> list[Question]:
    """The questions of the list that ends above a fold, each with its entry of the fold.

    None where the two have not the same numbers, two or more of them from 1 on.
    """
    answers = _entries(outline, range(fold.body.start, fold.body.end))
    if len(answers) < 2:
        return []
    first = max(1, fold.start - _MOST_LINES)
    questions = _entries(outline, range(first, fold.start))
    if len(questions) != len(answers) or _has_break(outline, questions[0], fold.start):
        return []
    ends = [*questions[1:], fold.start]
    answer_ends = [*answers[1:], fold.body.end]
    found: list[Question] = []
    for begin, end, answer, answer_end in zip(questions, ends, answers, answer_ends, strict=True):
        marker = _ENTRY.match(outline.lines[answer - 1])
        column = marker.end() + 1 if marker else 1
        has_more = any(line.strip() for line in outline.lines[answer : answer_end - 1])
        span = Span(answer, answer_end, column - 1 if has_more else 0, column)
        found.append(asked_from(outline, begin, end, span))
    return found


def _has_break(outline: Outline, start: int, end: int) -> bool:
    """Whether a heading, a rule or another fold stands between two lines."""
    return any(
        _BREAK.match(outline.lines[number - 1]) and not outline.is_verbatim[number - 1]
        for number in range(start, end)
    )


_BREAK = re.compile(r" {0,3}(?:#{1,6}\s|-{3}|\*{3}|</?details)")


def _entries(outline: Outline, lines: range) -> list[int]:
    """The lines on which entries 1, 2, 3 … of a list begin, as long as they go on so."""
    found: list[int] = []
    indent = ""
    for number in lines:
        match = None if outline.is_verbatim[number - 1] else _ENTRY.match(outline.lines[number - 1])
        if match is None or (found and match["indent"] != indent):
            continue
        if int(match["number"]) == len(found) + 1:
            found.append(number)
        elif match["number"] == "1":
            found = [number]
        else:
            continue
        indent = match["indent"]
    return found
