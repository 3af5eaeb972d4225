"""Dialect E: ``**Exercise 3.** Show that …`` and ``**Solution.** …``, as in problem sets."""

from __future__ import annotations

from bisect import bisect_left

from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer
from cardwright.dialects.problem_sets import Exercise, exercises_of, parts, unmarked
from cardwright.dialects.tasks import sets_a_task
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.labelled import labelled_answer, labelled_rows
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, located, nothing_at, without_aside
from cardwright.model import Line
from cardwright.wording.words import Concept


def exercises(outline: Outline) -> tuple[Question, ...]:
    """The exercises of a document, parts with a solution of their own each for itself.

    One without a solution is found when it has a number and others of the document have one.
    A word that means more than exercises ("Problem") labels one only if its text sets a task.
    """
    found = list(exercises_of(outline, parts(outline)))
    if not any(exercise.solution for exercise in found):
        return ()
    questions = (_question(outline, exercise) for exercise in found)
    return tuple(question for question in questions if question is not None)


def _question(outline: Outline, exercise: Exercise) -> Question | None:
    label = exercise.label
    number = label.number if label else ""
    if exercise.solution is None and not (number and exercise.is_sure):
        return None
    rows = _front(outline, exercise)
    text, attributes = split_attributes("\n".join(row.text for row in rows))
    is_labelled = exercise.part is not None and exercise.is_sure
    if not text.strip() or not (is_labelled or sets_a_task(text)) or _is_quiz(outline, exercise):
        return None
    answer, ending = _answer(outline, exercise)
    return Question(
        exercise.line,
        located(text, rows),
        answer,
        number,
        is_marked=True,
        attributes=attributes,
        direct=answer.end,
        rule="the label of an exercise",
        ending=ending,
    )


def _is_quiz(outline: Outline, exercise: Exercise) -> bool:
    """Whether what is labelled "Answer" answers a question of a pair, or one with options."""
    solution = exercise.solution
    if solution is None or not solution.label or solution.label.concept is not Concept.ANSWER:
        return False
    if exercise.label and exercise.label.concept is Concept.QUESTION:
        return True
    groups, first = outline.options, exercise.front[-1].start - 1
    at = bisect_left(groups, first, key=lambda options: options[0].start)
    return at < len(groups) and groups[at][0].start < solution.line


def _front(outline: Outline, exercise: Exercise) -> tuple[Line, ...]:
    """The lines of an exercise, those of its stem and its own apart."""
    rows: list[Line] = []
    label = exercise.part.label if exercise.part else None
    for span in exercise.front:
        is_behind = label is not None and span.start - label.line in {0, 1}
        piece = without_aside(unmarked(labelled_rows(outline, label if is_behind else None, span)))
        rows += [Line("", span.start), *piece] if rows and piece else piece
    return tuple(rows)


def _answer(outline: Outline, exercise: Exercise) -> tuple[Span, EndRule]:
    """The solution up to the next exercise, or to the end of its container, quote or list item."""
    solution = exercise.solution
    if solution is None:
        return nothing_at(exercise.end), EndRule.NEXT
    if solution.box is not None:
        return solution.box.body, EndRule.CONTAINER
    label, limit = solution.label, Ending(exercise.end, EndRule.NEXT)
    if label is None:
        return nothing_at(exercise.end), EndRule.NEXT
    body = Body(label.line, label.line + 1, limit=limit, quotes=label.quotes, indent=label.indent)
    end = end_of_answer(outline, body, (EndRule.CONTAINER,))
    return labelled_answer(outline, label, end.line), end.rule
