"""Dialect ``pairs``: ``Q: What is a leaf?`` over ``A: An organ.``, with whatever labels."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.asking import asking_lines
from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer, level_above
from cardwright.dialects.labels import labels
from cardwright.dialects.pair_labels import (
    Pair,
    labelled_answer,
    labelled_rows,
    pairs_of_labels,
    parted_under_label,
)
from cardwright.dialects.speakers import interviews
from cardwright.dialects.text.question import Outline, Question, asked

_FEWEST_UNLABELLED = 3
"""So many questions without a single labelled answer in the file are no accident."""
_GAP_LINES = 30


def pairs(outline: Outline) -> tuple[Question, ...]:
    """Return the questions behind a label, answered behind another one or below.

    Where no answer has a label they are three or more. Where no question has one, names of
    speakers are labels. What ends an answer besides: a line
    ``C:`` that holds a cloze, or a question of another kind that the file repeats.
    """
    found = pairs_of_labels(outline)
    if not found:
        return tuple(interviews(outline))
    if all(pair.answer is None for pair in found) and len(found) < _FEWEST_UNLABELLED:
        return ()
    level = level_above(outline, [pair.question.line for pair in found])
    stops = [*_clozes(outline), *_other_questions(outline, found)]
    stops.sort(key=lambda stop: stop.line)
    questions = (_question(outline, pair, level, stops) for pair in found)
    return tuple(question for question in questions if question is not None)


def _clozes(outline: Outline) -> Iterator[Ending]:
    """Yield the labels ``C:`` whose paragraph holds ``[``."""
    for label in labels(outline):
        if label.word == "C" and label.has_colon:
            below = outline.lines[label.line - 1 : label.line - 1 + _GAP_LINES]
            if any("[" in text for text in below):
                yield Ending(label.line, EndRule.LABEL)


def _other_questions(outline: Outline, found: Sequence[Pair]) -> Iterator[Ending]:
    """Yield the questions of each shape that is no regular part of the answers behind labels."""
    starts = [pair.question.line for pair in found]
    shapes: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for heading in outline.headings:
        if "?" in heading.text[-20:]:
            shapes[heading.level,].append(heading.line)
    for each in asking_lines(outline):
        if each.has_mark and not (each.is_label or each.tail):
            row = each.row
            shapes[row.kind, row.quotes, row.indent, each.is_bold].append(each.line)
    for lines in shapes.values():
        inside = [bisect_right(starts, line) for line in lines]
        most = max(map(inside.count, {*inside} - {0}), default=0)
        is_part = len(found) > 1 and len({*inside} - {0}) * 2 > len(found)
        if not is_part and max(inside.count(0), most - 1) > 1:
            yield from (Ending(line, EndRule.OTHER) for line in lines)


def _question(outline: Outline, pair: Pair, level: int, stops: Sequence[Ending]) -> Question | None:
    question, answer = pair.question, pair.answer
    end = _end(outline, pair, level, stops)
    if answer is None:
        front, span = parted_under_label(outline, question, end.line)
    else:
        front = question.behind(answer.line)
        if answer.is_inline:
            front = question.behind(answer.line + 1, answer.start)
        span = labelled_answer(outline, answer, end.line)
    rows = labelled_rows(outline, question, front)
    if not rows:
        return None
    if question.has_text:
        made = asked(rows, span, line=question.line, is_marked=True)
    else:
        # What begins on the next line may be a list, whose first number is no question's.
        made = Question(question.line, rows, span, question.number, True, direct=span.end)
    return made._replace(
        number=question.number or made.number,
        rule=f"a line that begins with '{question.word}{question.mark}'",
        ending=end.rule,
    )


def _end(outline: Outline, pair: Pair, level: int, stops: Sequence[Ending]) -> Ending:
    """Return where an answer is over."""
    question, last = pair.question, pair.answer or pair.question
    body = Body(last.line, last.line + 1, pair.next, level=level)
    limit = end_of_answer(outline, body, [EndRule.SECTION, EndRule.HEADING])
    is_loose = limit.rule is EndRule.NEXT and pair.answer is not None
    at = bisect_right(stops, last.line, key=lambda stop: stop.line)
    if at < len(stops) and stops[at].line < limit.line:
        limit = stops[at]
    indent = 0 if is_loose else min(question.indent, last.indent)
    body = replace(body, next=0, limit=limit, quotes=last.quotes, indent=indent)
    return end_of_answer(outline, body, [EndRule.CONTAINER, EndRule.RULE, EndRule.CLOSED])
