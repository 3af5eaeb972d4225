"""Dialect ``tagged``: ``What is a leaf? #card``, a heading, item or paragraph with a card's tag.

Logseq and the Obsidian plugins "Flashcards" and "Spaced Repetition" have this syntax.
"""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.dialects.answer import holds_text
from cardwright.dialects.endings import OF_CARDS, Body, Ending, EndRule, end_of_answer
from cardwright.dialects.flashcards.blocks import data_questions
from cardwright.dialects.flashcards.card_signs import explains_cards
from cardwright.dialects.flashcards.tagged_fronts import TaggedFront, tagged_fronts
from cardwright.dialects.flashcards.traces import answered_by, is_property, without_traces
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.signs import ARROW, QUESTION_MARK

_PARTING = re.compile(
    rf"(?<=\S)(?:[ \t]+(?::|{ARROW})[ \t]+|(?<=\w):[ \t]+|(?<={QUESTION_MARK})[ \t]+)(?=\S)"
)
_LONGEST = 2000


def tagged(outline: Outline) -> tuple[Question, ...]:
    """Return the questions with the tag of a card, answered by the text below them."""
    if outline.once(explains_cards):
        return ()
    if marked := data_questions(outline):
        return marked
    fronts = list(tagged_fronts(outline))
    return tuple(
        _question(outline, front, after.first.number if after else 0)
        for front, after in with_next(fronts)
    )


def _question(outline: Outline, front: TaggedFront, limit: int) -> Question:
    row, below = front.first, front.below
    last = limit or len(outline.lines) + 1
    while below < last and is_property(outline.lines[below - 1]):
        below += 1
    body = Body(front.below - 1, below, limit, quotes=row.quotes)
    indent = 0
    if front.is_item:
        ending = end_of_answer(outline, replace(body, indent=row.indent + 1), {EndRule.CONTAINER})
        said = (each for each in outline.rows[below - 1 : ending.line - 1] if not each.is_blank)
        indent = next((each.indent for each in said), 0)
    elif front.heading:
        section = Ending(max(front.heading.end, below), EndRule.SECTION)
        ending = end_of_answer(outline, replace(body, limit=section), ())
    else:
        ending = end_of_answer(outline, replace(body, level=6), OF_CARDS | {EndRule.BLANK})
    answer = Span(below, max(ending.line, below), indent, quotes=row.quotes)
    rows = front.rows
    is_titled = front.heading and holds_text(outline.lines[below - 1 : answer.end - 1])
    is_bare = below == last or outline.rows[below - 1].is_blank
    if row.number == below - 1 and is_bare and not is_titled:
        rows, answer = _parted(rows, answer)
    question = asked(
        rows, answer, line=row.number, is_marked=True, rule="a tag", ending=ending.rule,
        is_reverse=front.tagged.is_reverse,
    )  # fmt: skip
    tags = (*question.attributes.tags, *front.tagged.tags)
    attributes = replace(question.attributes, tags=tags)
    return _without_traces(outline, question._replace(attributes=attributes))


def _parted(rows: tuple[Line, ...], answer: Span) -> tuple[tuple[Line, ...], Span]:
    """Return the question and the answer of a tagged line that has both, as in NeuraCache."""
    last = rows[-1]
    sign = _PARTING.search(last.text) if len(last.text) < _LONGEST and len(rows) == 1 else None
    if sign is None or asks(last.text[sign.end() :]):
        return rows, answer
    column = last.column + sign.end()
    until = last.column + len(last.text)
    front = last._replace(text=last.text[: sign.start()])
    return (front,), Span(last.number, last.number + 1, 0, column, until)


def _without_traces(outline: Outline, question: Question) -> Question:
    """Return the question without properties and ids of blocks in its answer."""
    rows = cut(outline.lines, question.answer)
    kept = [
        each
        for row in rows
        for each in ([row] if outline.is_verbatim[row.number - 1] else without_traces([row]))
    ]
    return question if kept == rows else answered_by(outline, question, kept)
