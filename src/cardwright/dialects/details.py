"""Dialect D1: the title of a fold is the question, what it hides the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.boxes.asking import inside, question_of
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.groups import asks_for, is_section
from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks, read_wording
from cardwright.wording.section_titles import names_a_section


def folded_questions(outline: Outline) -> tuple[Question, ...]:
    """The folds with a title of their own, whether it asks or not.

    Those in a fold that is a question are parts of it. A fold that holds some that ask and asks
    nothing itself is a section.
    """
    is_named = "details" in outline.named
    found = tuple(_proposed(outline, is_named=is_named))
    return found if is_named else _likely(outline, found)


def _proposed(outline: Outline, *, is_named: bool) -> Iterator[Question]:
    end = 0
    for at, box in enumerate(outline.folds):
        if box.start < end or not (box.is_fold and box.title) or box.is_asking_kind:
            continue
        if is_section(outline, box):
            continue
        if box.says is Says.QUESTION:
            question = question_of(outline, at, "a fold that says 'Question'", is_marked=True)
            if question.answer.start == question.answer.end:
                continue
        elif box.says is not Says.TEXT or _is_section(outline, at):
            continue
        else:
            is_marked = is_named or asks_for(outline, box) > 0
            question = question_of(outline, at, "the title of a fold", is_marked=is_marked)
        yield question
        end = box.end


def _is_section(outline: Outline, at: int) -> bool:
    return not _asks(outline.folds[at]) and any(map(_asks, inside(outline, at)))


def _asks(box: Box) -> bool:
    return bool(box.title) and (box.says is Says.QUESTION or _is_worded(box.text))


def _is_worded(text: str) -> bool:
    wording = read_wording(text)
    return bool(wording.number) or wording.has_label or asks(text)


def _likely(outline: Outline, found: tuple[Question, ...]) -> tuple[Question, ...]:
    """Of the folds those that ask, with the terms among them where these are no sections.

    That is where most of them ask, or where some do and the document is little else than folds.
    To be left to the choice among the dialects.
    """
    asking = tuple(each for each in found if each.number or each.is_marked or asks(each.text))
    if len(asking) * 2 > len(found):
        return found
    if asking and _is_deck(outline, found):
        return tuple(replace(question, is_marked=True) for question in found)
    return asking


_FEWEST = 3


def _is_deck(outline: Outline, found: Sequence[Question]) -> bool:
    """Whether three or more folds, few of them sections of a manual, take half of the text."""
    titles = {question.text for question in found}
    sections = sum(map(names_a_section, titles))
    if len(titles) < _FEWEST or len(titles) * 4 < len(found) * 3 or sections * 2 > len(titles):
        return False
    count = sum(
        bool(line.strip())
        for question in found
        for line in outline.lines[question.line - 1 : question.answer.end]
    )
    return count * 2 >= sum(bool(line.strip()) for line in outline.lines)
