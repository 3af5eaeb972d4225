"""Dialect N: ``1. What is a token?``, a list item or a counted line asks, what follows answers."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.dialects.answers.endings import answer_ends
from cardwright.dialects.flashcards.named_sides import without_side
from cardwright.dialects.lines.asking_items import best_by_rules, best_kind, items_by_section
from cardwright.dialects.lines.list_answers import answer_spans, parted, with_headed_answers
from cardwright.dialects.lines.list_questions import ListQuestion
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, nothing_at

_BARELY = 30
"""Where only one of so many items holds anything, that is a part of its question."""


def list_items(outline: Outline) -> tuple[Question, ...]:
    """The items that ask, of every list whose items mostly do; unanswered ones as well.

    A list is what has one kind of marker under one heading, however many lists CommonMark makes
    of it. Items that say "Answer", or count anew without asking, are parts of an answer.
    """
    found: list[ListQuestion] = []
    for items in items_by_section(outline):
        found += best_kind(outline, items) or best_by_rules(outline, items)
    found.sort(key=lambda question: question.item.number)
    found = [_with_code(outline, question) for question in found]
    ends = answer_ends(outline, [question.item.number for question in found])
    ends = with_headed_answers(outline, found, ends)
    spans = answer_spans(outline, found, ends)
    answered = [_is_answer(outline, each, span) for each, span in zip(found, spans, strict=True)]
    if sum(answered) * _BARELY <= len(found):
        answered = [False] * len(found)
    questions = (
        _question(
            *(parted(outline, each, span) if is_answer else (each, nothing_at(each.rest.start)))
        )
        for each, span, is_answer in zip(found, spans, answered, strict=True)
        if is_answer or not each.item.is_task
    )
    return tuple(questions)


def _with_code(outline: Outline, question: ListQuestion) -> ListQuestion:
    """The question with the code that it announces (``Say what this does:``)."""
    if question.tail or not question.lines[-1].text.endswith((":", "：")):
        return question
    start = question.rest.start
    while start <= len(outline.lines) and not outline.lines[start - 1].strip():
        start += 1
    end = start
    while end <= len(outline.lines) and outline.is_verbatim[end - 1]:
        end += 1
    if end == start:
        return question
    item = question.item
    code = cut(outline.lines, Span(question.rest.start, end, item.width, quotes=item.quotes))
    return replace(question, lines=(*question.lines, *code), rest=Span(end, end))


_REMARK = re.compile(
    r"(?i)\s*\*(?:[^*:]{1,25}:[^*]*|[^*]*[?？])\*\s*"
    r"|[\s*_]{0,4}[(\[]?[\s*_]{0,3}(?:frequently |often )?"
    r"(?:asked|easy|medium|hard|important|must.know|beginner|intermediate|advanced|difficulty)\b[^()\[\].!?]{0,80}[)\]]?[\s*_]{0,4}"
)


def _is_answer(outline: Outline, found: ListQuestion, span: Span) -> bool:
    """Whether a span holds more than further questions, or a remark in italics (``*Tip: …*``)."""
    lines = [line for line in cut(outline.lines, span) if line.text.strip()]
    if not lines or (len(lines) == 1 and _REMARK.fullmatch(lines[0].text)):
        return False
    return found.tail != "" or not all(_ASKING_ITEM.match(line.text[:300]) for line in lines)


_ASKING_ITEM = re.compile(
    r"(?i)\s*(?:[-*+]|\d+[.)])\s.*[?？؟][\W_]*$|\W*follow[- ]?ups?(?: questions?)?\W*$"
)
_LINK = re.compile(r"\W*\[[^\[\]]*\]\([^()]*\)\W*")


def _question(found: ListQuestion, span: Span) -> Question:
    """The question with its answer; what an item that is one link leads to is its answer."""
    item = found.item
    if span.start == span.end and _LINK.fullmatch(item.text):
        span = Span(item.number, item.number + 1, column=item.offset + 1)
    question = asked(without_side(found.lines), span, line=item.number, is_marked=found.is_marked)
    return replace(question, number=str(item.ordinal or question.number))
