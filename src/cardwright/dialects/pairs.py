"""Dialect ``pairs``: ``Q: What is a leaf?`` over ``A: An organ.``, with any labels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer, level_above
from cardwright.dialects.labels import labels
from cardwright.dialects.pair_labels import (
    Pair,
    labelled_answer,
    labelled_rows,
    opened_before,
    pairs_of_labels,
    parted_under_label,
)
from cardwright.dialects.replied_texts import replied_texts, with_unlabelled
from cardwright.dialects.speakers import interviews
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.wording.signs import QUESTION_MARKS, has_word

_FEWEST_UNLABELLED = 3
"""From this number on, questions in a file without a labelled answer are no accident."""
_GAP_LINES = 30


def pairs(outline: Outline) -> tuple[Question, ...]:
    """Return the questions after a label, answered after another label or below.

    If no answer has a label, there must be three or more. If no question has one, the names of two
    speakers are labels, or the texts above the labels of answers ask. A line ``C:`` with a cloze
    also ends an answer.
    """
    found = pairs_of_labels(outline)
    if not found:
        return tuple(interviews(outline) or replied_texts(outline))
    if all(pair.answer is None for pair in found) and len(found) < _FEWEST_UNLABELLED:
        return ()
    lines = [pair.question.line for pair in found]
    level = level_above(outline, lines)
    stops = sorted([*_clozes(outline), *_titles(outline, lines)], key=lambda stop: stop.line)
    made = [_question(outline, pair, level, stops) for pair in found]
    return with_unlabelled(outline, [question for question in made if question])


def _clozes(outline: Outline) -> Iterator[Ending]:
    """Yield the labels ``C:`` whose paragraph holds ``[``."""
    for label in labels(outline):
        if label.word == "C" and label.has_colon:
            below = outline.lines[label.line - 1 : label.line - 1 + _GAP_LINES]
            if any("[" in text for text in below):
                yield Ending(label.line, EndRule.LABEL)


def _titles(outline: Outline, lines: Sequence[int]) -> Iterator[Ending]:
    """Yield the short lines right above a question, if most questions have a blank line there."""
    above = [outline.rows[line - 2] for line in lines if line > 1]
    if sum(row.is_blank for row in above) * 2 < len(above):
        return
    for row in above:
        is_first = row.number > 1 and outline.rows[row.number - 2].is_blank
        is_plain = not (row.marker or row.level or row.quotes or row.is_verbatim)
        is_title = has_word(row.text) and len(row.text) < _LONGEST_TITLE
        if is_first and is_plain and is_title and row.text[-1] not in _STOPS:
            yield Ending(row.number, EndRule.SECTION)


_LONGEST_TITLE = 60
_STOPS = f".!。！,;:)*`{QUESTION_MARKS}"


def _question(outline: Outline, pair: Pair, level: int, stops: Sequence[Ending]) -> Question | None:
    question, answer = pair.question, pair.answer
    end = _end(outline, pair, level, stops)
    if answer is None:
        front, span = parted_under_label(outline, question, end.line)
    else:
        front = question.behind(opened_before(outline, question.line, answer.line))
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
    """Return where an answer ends."""
    question, last = pair.question, pair.answer or pair.question
    body = Body(last.line, last.line + 1, pair.next, level=level)
    limit = end_of_answer(outline, body, [EndRule.SECTION, EndRule.HEADING])
    is_loose = limit.rule is EndRule.NEXT and pair.answer is not None
    at = bisect_right(stops, last.line, key=lambda stop: stop.line)
    if at < len(stops) and stops[at].line < limit.line:
        limit = stops[at]
    around = outline.rows[question.line - 1].indent
    indent = around or (0 if is_loose else min(question.indent, last.indent))
    body = replace(body, next=0, limit=limit, quotes=last.quotes, indent=indent)
    return end_of_answer(outline, body, [EndRule.CONTAINER, EndRule.RULE, EndRule.CLOSED])
