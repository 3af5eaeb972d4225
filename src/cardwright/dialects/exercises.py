"""Dialect E: ``**Exercise 3.** Show that …`` and ``**Solution.** …``, as in problem sets."""

from __future__ import annotations

import re

from cardwright.dialects.tasks.exercise_labels import parts, sets_a_task
from cardwright.dialects.tasks.problem_sets import Stretch, stretches
from cardwright.dialects.tasks.subparts import Exercise, in_stretch
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.labelled import labelled_answer, labelled_rows
from cardwright.dialects.text.labels import Label, container_end
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, located, nothing_at
from cardwright.model import Line


def exercises(outline: Outline) -> tuple[Question, ...]:
    """The exercises of a document, parts with a solution of their own each for itself.

    One without a solution is found when it has a number and others of the document have one.
    A word that means more than exercises ("Problem") labels one only if its text sets a task.
    """
    found = [
        (stretch, exercise)
        for stretch in stretches(outline, parts(outline))
        for exercise in in_stretch(outline, stretch)
    ]
    if not any(exercise.solution for _, exercise in found):
        return ()
    questions = (_question(outline, stretch, exercise) for stretch, exercise in found)
    return tuple(question for question in questions if question is not None)


def _question(outline: Outline, stretch: Stretch, exercise: Exercise) -> Question | None:
    label = exercise.label
    number = label.number if label else ""
    if exercise.solution is None and not (number and stretch.is_sure):
        return None
    rows = _front(outline, stretch, exercise)
    text, attributes = split_attributes("\n".join(row.text for row in rows))
    is_labelled = stretch.label is not None and stretch.is_sure
    if exercise.solution and exercise.solution.kind == "answer" and _is_quiz(text, label):
        return None
    if not text.strip() or not (is_labelled or sets_a_task(text)):
        return None
    answer = _answer(outline, exercise)
    front = located(text, rows)
    return Question(exercise.line, front, answer, number, True, attributes, answer.end)


_QUESTION = re.compile(r"(?i)questions?|frage|pregunta|вопрос|问题|题目|問題|문제")
_OPTION = re.compile(r"(?m)^[ \t]*(?:[-*+][ \t]+)?(?:\[[ xX]\]|\(?[A-D][.):])[ \t]")


def _is_quiz(text: str, label: Label | None) -> bool:
    """Whether what an answer's label answers is a question to choose from or of a pair."""
    is_question = label is not None and _QUESTION.fullmatch(label.word) is not None
    return is_question or len(_OPTION.findall(text)) > 1


def _front(outline: Outline, stretch: Stretch, exercise: Exercise) -> tuple[Line, ...]:
    """The lines of an exercise, those of its stem and its own apart."""
    rows: list[Line] = []
    for span in exercise.front:
        label = stretch.label
        is_behind = label is not None and span.start - label.line in {0, 1}
        piece = labelled_rows(outline, label if is_behind else None, span)
        if len(piece) > 1 and _ASIDE.fullmatch(piece[0].text):
            piece = piece[1:] if piece[1].text.strip() else piece[2:]
        rows += [Line("", span.start), *piece] if rows and piece else piece
    return tuple(rows)


_ASIDE = re.compile(r"[(（][^()（）]{1,40}[)）][.:]?")
"""What stands behind a number on its line and is no text: "(hard)", "(10 points)"."""


def _answer(outline: Outline, exercise: Exercise) -> Span:
    """The solution up to the next exercise, or to the end of its container, quote or list item."""
    solution = exercise.solution
    if solution is None or solution.label is None:
        return nothing_at(exercise.end)
    label = solution.label
    if solution.is_fold:
        return Span(label.line, solution.end + 1, label.indent, quotes=label.quotes)
    if solution.end:
        return Span(label.line + 1, solution.end, label.indent, quotes=label.quotes)
    end = container_end(outline, label, label.indent, exercise.end)
    return labelled_answer(outline, label, end)
