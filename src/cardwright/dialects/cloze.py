"""Dialect C: ``A {{c1::leaf}} makes sugar.``, a text that hides pieces of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.clozes.cloze_blocks import Text, texts
from cardwright.dialects.clozes.cloze_labels import labelled_texts
from cardwright.dialects.clozes.cloze_lines import bare_rows, without_card_tags
from cardwright.dialects.clozes.cloze_marks import known_marks, marks_in
from cardwright.dialects.clozes.deletions import Marks, find_deletions
from cardwright.dialects.flashcards.colons import separators_in
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.masks import masked
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, nothing_at
from cardwright.model import Line


def cloze(outline: Outline) -> tuple[Question, ...]:
    """The texts with a deletion: paragraphs, list items, tables, and what a label begins.

    What stands under one in its list item comes with it, up to the next.
    """
    marks, deck = known_marks(outline)
    labelled = list(labelled_texts(outline, marks))
    taken = {line for text, _ in labelled for line in range(text.start, text.end)}
    others = (
        (text, marks_in(outline, text, marks, deck))
        for text in texts(outline, marks)
        if text.start not in taken
    )
    found = (_question(text, its_marks) for text, its_marks in (*labelled, *others))
    questions = sorted((each for each in found if each), key=lambda question: question.line)
    return tuple(_apart(questions))


def _question(text: Text, marks: Marks) -> Question | None:
    """The question of a text, ``None`` where nothing in it is or was meant to be hidden."""
    rows, tags = without_card_tags(bare_rows(text.rows))
    if not rows:
        return None
    last, attributes = split_attributes(rows[-1].text)
    rows[-1] = replace(rows[-1], text=last)
    start = text.start
    if marks.has_highlights and any(_is_card(row.text) for row in rows):
        plain = replace(marks, has_highlights=False)
        below = _below_cards(rows)
        if below and not find_deletions(rows, plain).deletions:
            start, rows = below[0].number, below
        else:
            marks = plain
    hidden = find_deletions(rows, marks)
    if not (hidden.deletions or hidden.flaws or text.is_labelled):
        return None
    return Question(
        start,
        tuple(rows),
        text.below,
        is_marked=True,
        attributes=replace(attributes, tags=tuple(dict.fromkeys((*attributes.tags, *tags)))),
        direct=text.below.end,
        cloze=hidden,
    )


_HIGHLIGHT = re.compile(r"==[^=]+==")
_SEMICOLONS = re.compile(r"\S[ \t]*;;[ \t]*\S")


def _is_card(text: str) -> bool:
    """Whether a line is a question and its answer; what is highlighted in it is not hidden."""
    text = _HIGHLIGHT.sub("==", text)
    return bool(separators_in(text)) or (";;" in text and bool(_SEMICOLONS.search(masked(text))))


def _below_cards(rows: Sequence[Line]) -> list[Line]:
    """The rows of a paragraph below the last that is a card of its own."""
    last = max(at for at, row in enumerate(rows) if _is_card(row.text))
    return list(rows[last + 1 :])


def _apart(questions: Sequence[Question]) -> Iterator[Question]:
    """The questions, what comes with one ending where the next one begins."""
    for question, following in zip(questions, [*questions[1:], None], strict=False):
        span: Span = question.answer
        if following is not None and span.start < span.end and following.line < span.end:
            end = max(following.line, span.start)
            span = replace(span, end=end) if end > span.start else nothing_at(span.start)
        yield replace(question, answer=span, direct=span.end)
