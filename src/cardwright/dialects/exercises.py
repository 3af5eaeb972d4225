"""Dialect ``exercises``: ``**Exercise 3.** Show that …`` over ``**Solution.** …``."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from cardwright.dialects.asked_above import Spot, questions_above
from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer
from cardwright.dialects.labels import Label, labels
from cardwright.dialects.pair_labels import labelled_rows
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.order import count_between
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import located, nothing_at
from cardwright.wording import sets_a_task
from cardwright.wording.words import Concept

_EXERCISES = (Concept.EXERCISE, Concept.TASK, Concept.QUESTION)
_OTHERS = (Concept.EXAMPLE, Concept.THEOREM, Concept.DEFINITION)
_SOLUTIONS = (Concept.SOLUTION, Concept.PROOF, Concept.ANSWER)
_RULE = "the label of an exercise"
_ENDS = (EndRule.HEADING, EndRule.CONTAINER, EndRule.RULE)


def exercises(outline: Outline) -> Sequence[Question]:
    """Return the labelled exercises that have a solution, and those that follow after a rule.

    A word with other meanings ("Problem") is a label if its text sets a task, if that of another
    counted one does, or if most texts after this word do.
    """
    boxed = {at for box in outline.answer_boxes for at in range(box.start, box.end)}
    boxed.add(outline.title.line if outline.title else 0)
    found = [each for each in labels(outline) if _is_label(each) and each.line not in boxed]
    starts = [each for each in found if each.concept not in _SOLUTIONS]
    found = [each for each in found if not _answers_a_question(each, starts)]
    spots: list[Spot] = []
    endings: list[Ending] = []
    for label in found:
        if label.concept in _SOLUTIONS and not (spots and label.line < spots[-1].end):
            endings.append(_end(outline, label, starts))
            answer = label.behind(endings[-1].line)
            spots.append(Spot(label.line, answer, endings[-1].line))
    above = {each.answer: each for each in questions_above(outline, spots)} if starts else {}
    looks = next((each.opening for each in found if each.concept is Concept.SOLUTION), "")
    replies = [e.line for e in found if e.concept is Concept.SOLUTION and e.opening == looks]
    solved = [box.start for box in outline.answer_boxes]
    rules = {*outline.rules}
    floors = [0, *(spot.end for spot in spots)]
    able: list[tuple[Question, str, bool]] = []
    tasks: Counter[str] = Counter()
    for spot, ending, floor in zip(spots, endings, floors, strict=False):
        at = bisect_right(starts, spot.line, key=lambda each: each.line)
        named = starts[at - 1] if at and starts[at - 1].line >= floor else None
        question = _behind(outline, named, spot) if named else above.get(spot.answer)
        is_far = named and not named.level and spot.line > outline.section_end(named.line)
        is_other = is_far or (named is not None and named.concept in _OTHERS)
        if is_other or count_between(replies, spot.line, spot.end) > 1:
            continue  # that of another section, or several of parts that have no label
        solved.append(spot.line)
        is_sure = named is not None and named.concept is Concept.EXERCISE
        if question and at > 0 and (named is not None or floor in rules):
            word, is_task = named.word if named else "", is_sure or sets_a_task(question.text)
            tasks[word] += 1 if is_task else -1
            able.append((question._replace(rule=_RULE, ending=ending.rule), word, is_task))
    is_counted = any(question.number and is_task for question, _, is_task in able)
    questions = [
        question
        for question, word, is_task in able
        if is_task or (is_counted and question.number) or tasks[word] > 0
    ]
    if questions:
        questions += _unsolved(outline, starts, sorted(solved))
    return questions


def _unsolved(outline: Outline, starts: Sequence[Label], solved: Sequence[int]) -> list[Question]:
    """Return the labelled exercises without a solution on any of the lines ``solved``."""
    found: list[Question] = []
    for label in starts:
        end = _end(outline, label, starts).line
        is_open = label.concept is Concept.EXERCISE and not count_between(solved, label.line, end)
        if is_open and (question := _behind(outline, label, Spot(end, nothing_at(end), end))):
            found.append(question._replace(rule=_RULE))
    return found


def _is_label(label: Label) -> bool:
    """Whether it names an exercise, a solution or, outside of lists, a statement."""
    if label.concept in _SOLUTIONS:
        return bool(label.number or label.mark or label.opening or not label.has_text)
    is_one = label.concept in _EXERCISES or (label.concept in _OTHERS and not label.indent)
    return is_one and bool(label.number or (label.mark or (label.opening and not label.level)))


def _answers_a_question(label: Label, starts: Sequence[Label]) -> bool:
    """Whether it says "Answer" after no exercise. Pairs of labels are another dialect."""
    at = bisect_right(starts, label.line, key=lambda each: each.line)
    is_exercise = at > 0 and starts[at - 1].concept in (Concept.EXERCISE, Concept.TASK)
    return label.concept is Concept.ANSWER and not is_exercise


def _end(outline: Outline, label: Label, starts: Sequence[Label]) -> Ending:
    """Return where a solution ends. Another one before the next exercise is part of it."""
    at = bisect_right(starts, label.line, key=lambda each: each.line)
    following = starts[at].line if at < len(starts) else 0
    level, quotes, indent = label.level or 6, label.quotes, label.indent
    body = Body(label.line, label.line + 1, following, None, level, quotes, indent)
    return end_of_answer(outline, body, _ENDS)


def _behind(outline: Outline, label: Label, spot: Spot) -> Question | None:
    """Return the exercise after a label."""
    rows = labelled_rows(outline, label, label.behind(spot.line))
    text, attributes = split_attributes("\n".join(row.text for row in rows))
    if not text.strip():
        return None
    front, end = located(text, rows), spot.answer.end
    return Question(label.line, front, spot.answer, label.number, True, attributes, end)
