"""Dialect D2: the question stands before a fold whose title says that the answer is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.answers.stretch import is_heading
from cardwright.dialects.flashcards.named_sides import without_side
from cardwright.dialects.folding.folds import Fold
from cardwright.dialects.folding.summaries import says_answer, says_hint
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.wording import asks


def folded_answers(outline: Outline) -> tuple[Question, ...]:
    """What stands before each fold of an answer, up to the one before, a heading or a rule.

    Folds of hints and of explanations that follow without text between belong to the answer.
    """
    telling = list(outline.telling_folds)
    groups = list(_together(outline, telling))
    spots = [_spot(outline, group) for group in groups]
    found = {
        question.answer: question for question in questions_above(outline, spots, is_apart=True)
    }
    questions: list[Question] = []
    for group, spot in zip(groups, spots, strict=True):
        alone = found.get(spot.answer)
        if alone and not any(fold.title for fold in group) and not _asks(alone):
            continue  # a fold that says nothing says answer only under a question
        questions += [replace(alone, front=without_side(alone.front))] if alone else []
    return tuple(questions)


def _asks(question: Question) -> bool:
    return bool(question.number) or asks(question.text)


def _together(outline: Outline, telling: list[Fold]) -> Iterator[list[Fold]]:
    """The folds that belong to one question; hints alone are no answer."""
    group: list[Fold] = []
    for fold in telling:
        if group and _has_text(outline, group[-1].end, fold):
            if not all(says_hint(each.text) for each in group):
                yield group
            group = []
        group.append(fold)
    if group and not all(says_hint(each.text) for each in group):
        yield group


def _has_text(outline: Outline, start: int, fold: Fold) -> bool:
    before = outline.lines[fold.start - 1][: fold.column - 1]
    between = (*outline.lines[start - 1 : fold.start - 1], before)
    return any(
        re.search(r"\w|^\s*[-*_]{3}", re.sub(r"<[^<>]*>", "", line)) and not _announces(line)
        for line in between
    )


def _announces(line: str) -> bool:
    """Whether a line is a heading that says hint or answer, as the folds under it do."""
    title = line.strip("# \t")
    return is_heading(line) and (says_answer(title) or says_hint(title))


def _spot(outline: Outline, group: list[Fold]) -> Spot:
    first, end = group[0], group[-1].end
    before = outline.lines[first.start - 1][: first.column - 1]
    if before.strip("> \t"):
        return Spot(first.start, Span(first.start, end, 0, first.column), end)
    quotes = before.count(">")
    indent = len(before[before.rfind(">") + 1 :].expandtabs(4)) if not quotes else 0
    return Spot(first.start, Span(first.start, end, indent, quotes=quotes), end)
