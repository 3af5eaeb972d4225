"""A question whose answer is the entry of a key, and whether it asks or only repeats that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cardwright.dialects.asked_above import asked_from
from cardwright.dialects.keys.entries import Entry
from cardwright.dialects.keys.joined import Asked, heading_at
from cardwright.dialects.answer_lines import is_judged
from cardwright.dialects.options import options_in
from cardwright.dialects.tasks.exercise_labels import sets_a_task
from cardwright.dialects.text.question import Outline, Question, under
from cardwright.dialects.text.span import Span, cut, nothing_at, trimmed
from cardwright.model import Line
from cardwright.wording import asks, bare_words


def keyed_question(outline: Outline, asked: Asked) -> Question:
    mark, entry = asked.mark, asked.entry or Entry(asked.mark.number, nothing_at(asked.end))
    heading = heading_at(outline, mark.line)
    if mark.level and heading is not None:
        question = under(heading)
        rows = trimmed(cut(outline.lines, Span(heading.body, asked.end)))
        title = _unlabelled(question.front)
        gap = (Line("", rows[0].number),) if title and rows else ()
        question = replace(question, front=(*title, *gap, *rows))
    else:
        column = 0 if mark.opening else mark.column
        question = asked_from(outline, mark.line, asked.end, entry.answer, column)
    return replace(
        question,
        number=str(mark.number),
        answer=entry.answer,
        given=entry.given,
        is_marked=True,
        direct=entry.answer.end,
    )


_LABEL = re.compile(
    r"(?i)\W*(?:exercise|problem|task|aufgabe|ejercicio|exercice)\W{0,2}\d{1,3}(?:\W+|$)"
)


def _unlabelled(front: Sequence[Line]) -> tuple[Line, ...]:
    """The text of a heading without "Problem 3:", ``()`` where nothing is left of it."""
    label = _LABEL.match(front[0].text) if front else None
    begin = label.end() if label else 0
    first = [
        replace(line, text=line.text[begin:], column=line.column + begin) for line in front[:1]
    ]
    return (*first, *front[1:]) if any(line.text.strip() for line in first) else ()


_GAP = re.compile(r"_{2,}|(?:\\_){2,}|\.{3}|…|[(（]\s*[)）]|[:：]\s*$")


def is_asked(outline: Outline, asked: Asked, question: Question) -> bool:
    """Whether a text asks, sets a task, has a gap or options, or is judged true or false."""
    texts = [line.text for line in question.front]
    if asked.mark.has_word or sets_a_task(question.text) or _GAP.search(question.text):
        return True
    if asked.entry and not question.given and is_judged(outline, question):
        return True
    return bool(options_in(texts))


def repeats_question(asked: Asked, question: Question) -> bool:
    """Whether an entry of the key begins with the question once more."""
    entry = asked.entry
    if entry is None or entry.says_answer or not entry.title:
        return False
    words = bare_words(question.text)
    return asks(entry.title) or (bool(words) and words.startswith(bare_words(entry.title)))
