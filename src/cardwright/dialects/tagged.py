"""Dialect X: ``What is a leaf? #card``, a heading, a list item or a paragraph with a card's tag.

So have it Logseq and the Obsidian plugins "Flashcards" and "Spaced Repetition".
"""

from __future__ import annotations

from dataclasses import replace

from cardwright.dialects.answers.stretch import quotes_of, stretched, width_of
from cardwright.dialects.flashcards.data_questions import data_questions
from cardwright.dialects.flashcards.properties import PROPERTY, without_properties
from cardwright.dialects.flashcards.tagged_fronts import TaggedFront, tagged_fronts
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span


def tagged(outline: Outline) -> tuple[Question, ...]:
    """The questions that carry a card's tag or attribute, each with what stands under it."""
    if marked := data_questions(outline):
        return marked
    fronts = list(tagged_fronts(outline))
    limits = [*(front.begin for front in fronts[1:]), len(outline.lines) + 1]
    return tuple(
        _question(outline, front, limit) for front, limit in zip(fronts, limits, strict=False)
    )


def _question(outline: Outline, front: TaggedFront, limit: int) -> Question:
    below = front.below
    while below < limit and PROPERTY.match(outline.lines[below - 1]):
        below += 1
    below, is_reverse = _below_mark(outline, below, limit)
    if front.indent >= 0:
        answer = _children(outline, front, below, limit)
    elif front.heading:
        answer = Span(below, max(min(front.heading.end, limit), below))
    else:
        end = max(min(outline.section_end(front.begin), limit), below)
        answer = stretched(outline, Span(below, end, quotes=front.quotes))
    is_reverse = is_reverse or front.tagged.is_reverse
    question = asked(front.rows, answer, line=front.begin, is_marked=True, is_reverse=is_reverse)
    tags = (*question.attributes.tags, *front.tagged.tags)
    question = replace(question, attributes=replace(question.attributes, tags=tags))
    return without_properties(outline, question)


def _below_mark(outline: Outline, below: int, limit: int) -> tuple[int, bool]:
    """The line behind a ``?`` that stands next all the same, and whether it is ``??``."""
    for at in range(below, limit):
        text = outline.lines[at - 1].strip()
        if text:
            return (at + 1, text == "??") if text in ("?", "??") else (below, False)
    return below, False


def _children(outline: Outline, front: TaggedFront, below: int, limit: int) -> Span:
    """All under a list's item that stands further right than its marker."""
    end, indent = below, 0
    for at in range(below, limit):
        quotes, text = quotes_of(outline.lines[at - 1])
        if not text.strip():
            continue
        if not outline.is_verbatim[at - 1] and width_of(text) <= front.indent:
            break
        if quotes < front.quotes:
            break
        indent = indent or width_of(text)
        end = at + 1
    return Span(below, end, indent, quotes=front.quotes)
