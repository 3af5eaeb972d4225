"""Dialect S: ``?`` alone on a line between question and answer, or ``front::back`` on one.

So have it the Obsidian plugins "Spaced Repetition" and "Flashcards"; ``??`` and ``:::`` ask in
both directions.
"""

from __future__ import annotations

from dataclasses import replace

from cardwright.dialects.answers.stretch import is_listed, width_of
from cardwright.dialects.flashcards.card_tags import begin_behind_tags
from cardwright.dialects.flashcards.inline_separators import inline_separators
from cardwright.dialects.flashcards.open_answers import is_scheduled, with_open_answers
from cardwright.dialects.flashcards.own_signs import own_signs
from cardwright.dialects.flashcards.parted_questions import parted_question
from cardwright.dialects.flashcards.separating_lines import separating_lines
from cardwright.dialects.labels import labelled_column
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, from_offset


def separators(outline: Outline) -> tuple[Question, ...]:
    """The questions that stand before a separator, with what stands behind it."""
    own = own_signs(outline)
    marks = separating_lines(outline, own.alone)
    ends = (*(mark.begin for mark in marks[1:]), len(outline.lines) + 1)
    found_at = (parted_question(outline, mark, end) for mark, end in zip(marks, ends, strict=False))
    parted = [question for question in found_at if question is not None]
    taken = {
        line
        for question in parted
        for line in range(question.line, max(question.answer.end, question.line + 1))
    }
    inline = inline_separators(outline, taken, own.inline, is_deck=bool(marks))
    found = sorted([*parted, *inline], key=lambda question: question.line)
    whole = with_open_answers(outline, found, {question.line for question in parted})
    bare = (_without_label(outline, question) for question in whole)
    return tuple(map(_without_tags, bare) if is_scheduled(outline) else bare)


def _without_tags(question: Question) -> Question:
    """The question without the tags before its text, by which a plugin's user marks cards."""
    first = question.front[0]
    offset = begin_behind_tags(first.text)
    return replace(question, front=(from_offset(first, offset), *question.front[1:]))


def _without_label(outline: Outline, question: Question) -> Question:
    """The question without ``**A:**`` before its answer, which the separator makes needless."""
    span = question.answer
    if span.start >= span.end:
        return question
    text = outline.lines[span.start - 1]
    begin = max(span.column - 1, 0)
    offset = labelled_column(text[begin:], is_answer=True)
    below = outline.lines[span.start : span.end - 1]
    is_list = is_listed(text[begin:]) and any(row.strip() for row in below)
    if not offset or span.quotes or is_list:
        return question
    until = span.until if span.until and span.end == span.start + 1 else len(text) + 1
    if text[begin + offset : until - 1].strip():
        return replace(question, answer=replace(span, column=begin + offset + 1))
    indent = width_of(outline.lines[span.start]) if span.start + 1 < span.end else 0
    return replace(question, answer=Span(span.start + 1, span.end, indent, 1, span.until))
