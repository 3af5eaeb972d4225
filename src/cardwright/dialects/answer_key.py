"""Dialect ``answer-key``: ``1. What is a leaf?``, and ``1. An organ.`` under ``## Answers``."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.dialects.answer import answer_text
from cardwright.dialects.asked_above import Spot, asked_by, asked_from
from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer
from cardwright.dialects.key_entries import (
    Entries,
    Entry,
    Key,
    Mark,
    Run,
    are_questions,
    entries,
    keys,
    runs,
    says_only_answers,
    unnumbered,
)  # fmt: skip
from cardwright.dialects.statements import is_verdict
from cardwright.dialects.text.order import first_from
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import nothing_at
from cardwright.wording import sets_a_task
from cardwright.wording.words import Concept, concepts_of

_FEWEST = 2
_ENDS = (EndRule.RULE, EndRule.HEADING)
_EXERCISES = frozenset({Concept.EXERCISE, Concept.QUESTION})
_MOST_PASSED = 50  # sections that are read again with the ones below them


def answer_key(outline: Outline) -> list[Question]:
    """Return the questions that a key below them answers by number, each with its entry."""
    found: list[Question] = []
    floor, passed = outline.first_line, 0
    for key in keys(outline):
        forms = entries(outline, key)
        first = next(forms)
        is_sure = says_only_answers(outline.rows[key.line - 1].text)
        if passed < _MOST_PASSED and not is_sure and are_questions(outline, first):
            passed += 1
            continue
        able = [answers for answers in (first, *forms) if sum(map(len, answers)) >= _FEWEST]
        found += next(filter(None, (_by_key(outline, floor, key, each) for each in able)), [])
        if able or not key.column:  # else it is a field, "**Answer type:** one"
            floor = key.end
    return found


def _by_key(outline: Outline, floor: int, key: Key, answers: Entries) -> list[Question]:
    count = sum(map(len, answers))
    for shapes in (runs(outline, floor, key.line), unnumbered(outline, floor, key.line, count)):
        able = (_joined(found, answers) for found in shapes)
        pairs = max(able, key=lambda each: (_count_answered(each), each[0][0].has_word), default=[])
        if _count_answered(pairs) >= max(_FEWEST, count * 0.6):
            break
    else:
        return []
    ends = _ends(outline, [m for m, _ in pairs], shapes, key.line)
    spans = [*zip(pairs, ends, strict=True)]
    titles = ((m.level, outline.headings_between(m.line + 1, end)) for (m, _), end in spans)
    if sum(any(h.level > level > 0 for h in below) for level, below in titles) * 2 > len(pairs):
        return []  # the numbers are those of chapters
    found = [_question(outline, *pair, end) for pair, end in spans]
    asking = sum(sets_a_task(q.text) or any(outline.options_in(q.front)) for q in found)
    above = (outline.heading_above(question.line) for question in found)
    is_named = all(each and _EXERCISES & concepts_of(each.text) for each in above)
    texts = (q.given[0].text if q.given else answer_text(outline.lines, q.answer) for q in found)
    return found if is_named or (asking + sum(map(is_verdict, texts))) * 2 >= len(found) else []


_Pairs = list[tuple[Mark, Entry | None]]


def _joined(found: Sequence[Run], answers: Entries) -> _Pairs:
    """Return all marks, each with the entry of its number if there is one."""
    joined = list(zip(found[-len(answers) :], answers[-len(found) :], strict=True))
    if len(answers) == 1:
        numbers = {entry.number for entry in answers[0]}
        best = max(found, key=lambda run: (sum(m.number in numbers for m in run), run[0].line))
        joined = [(best, answers[0])]
    by_run = [(run, {entry.number: entry for entry in these}) for run, these in joined]
    return [(mark, by_number.get(mark.number)) for run, by_number in by_run for mark in run]


def _count_answered(pairs: _Pairs) -> int:
    return sum(entry is not None for _, entry in pairs)


def _ends(
    outline: Outline, marks: Sequence[Mark], shapes: Sequence[Sequence[Run]], limit: int
) -> list[int]:
    """Return the lines at which the texts of the questions end: the next mark of the same shape."""
    same = next(found for found in shapes if any(marks[-1] in run for run in found))
    starts = [*(mark.line for run in same for mark in run), limit]
    bodies = (
        Body(mark.line, mark.line + 1, first_from(starts, mark.line + 1),
             Ending(outline.section_end(mark.line), EndRule.SECTION), mark.level or 6)
        for mark in marks
    )  # fmt: skip
    return [end_of_answer(outline, body, _ENDS).line for body in bodies]


def _question(outline: Outline, mark: Mark, entry: Entry | None, end: int) -> Question:
    spot = Spot(end, nothing_at(end), end)
    answer = entry.answer if entry else spot.answer
    heading = outline.heading_above(mark.line)
    if mark.level and heading and heading.line == mark.line:
        question = asked_by(outline, heading, spot)
    else:
        question = asked_from(outline, mark.line, spot, 0 if mark.opening else mark.column)
    return question._replace(
        number=str(mark.number), answer=answer, given=entry.given if entry else (),
        direct=answer.end, ending=EndRule.PIECE,
        rule="a number with an answer in a section of answers",
    )  # fmt: skip
