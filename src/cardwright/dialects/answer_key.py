"""Questions with a number, and the answers with the same numbers in a section of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from cardwright.dialects.keys.entries import entries
from cardwright.dialects.keys.joined import Asked, count_answered, joined
from cardwright.dialects.keys.key_sections import Key, keys
from cardwright.dialects.keys.keyed_questions import is_asked, keyed_question, repeats_question
from cardwright.dialects.keys.numbered import marks, runs
from cardwright.dialects.options import tells
from cardwright.dialects.named_options import named
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import ANSWER_LABEL

_FEWEST = 2


def answer_key(outline: Outline) -> tuple[Question, ...]:
    """The questions whose numbers stand in a key below them, each with its entry there.

    Questions that have an answer already keep it; entries that repeat the questions are no key.
    """
    found: list[Question] = []
    floor = outline.document.source.front_matter.length + 1
    sections = keys(outline)
    answered = _answered(outline) if sections else []
    for key in sections:
        found += _by_key(outline, floor, key, answered)
        floor = key.end
    return tuple(sorted(found, key=lambda question: question.line))


def _answered(outline: Outline) -> list[int]:
    """The lines on which an answer stands right under its question: folds, ticks, "Answer: B"."""
    lines = {fold.start for fold in outline.telling_folds}
    for number, text in enumerate(outline.lines, 1):
        if not outline.is_verbatim[number - 1] and (ANSWER_LABEL.match(text[:60]) or named(text)):
            lines.add(number)
    for options in outline.options:
        if tells(options):
            lines.add(options[0].start + 1)
    return sorted(lines)


def _by_key(outline: Outline, floor: int, key: Key, answered: Sequence[int]) -> list[Question]:
    if not _may_count(outline, key):
        return []
    told = entries(outline, key)
    if sum(map(len, told)) < _FEWEST:
        return []
    able = (mark for mark in marks(outline, floor, key.line) if not mark.answers)
    best: list[Asked] = []
    for found in runs(able).values():
        matched = joined(outline, found, told, key.line)
        if count_answered(matched) > count_answered(best):
            best = matched
    if count_answered(best) < max(_FEWEST, sum(map(len, told)) * 0.6):
        return []
    open_ = [one for one in best if not _holds(answered, one.mark.line + 1, one.end)]
    if count_answered(open_) * 2 <= count_answered(best):
        return []
    questions = [keyed_question(outline, one) for one in open_]
    pairs = list(zip(open_, questions, strict=True))
    repeats = sum(repeats_question(one, question) for one, question in pairs)
    asking = sum(is_asked(outline, one, question) for one, question in pairs)
    if asking * 2 < len(pairs) or repeats * 2 > len(pairs):
        return []
    return [question for one, question in pairs if one.entry or is_asked(outline, one, question)]


def _may_count(outline: Outline, key: Key) -> bool:
    """Whether there are numbers enough in a key for two entries."""
    first = outline.lines[key.line - 1][key.column - 1 :] if key.column else ""
    count = len(_DIGITS.findall(first))
    for number in range(key.first, key.end):
        if count >= _FEWEST:
            break
        count += len(_DIGITS.findall(outline.lines[number - 1]))
    return count >= _FEWEST


_DIGITS = re.compile(r"\d+")


def _holds(lines: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(lines, start)
    return at < len(lines) and lines[at] < end
