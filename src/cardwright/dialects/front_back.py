"""Dialect ``front-back``: ``## Front`` over ``## Back``, or other names of the two sides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cardwright.dialects.flashcards.blocks import asking_blocks
from cardwright.dialects.flashcards.card_signs import explains_cards
from cardwright.dialects.labels import Label, labels
from cardwright.dialects.side_cards import card_below, card_beside
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks
from cardwright.wording.words import Concept


def front_and_back(outline: Outline) -> tuple[Question, ...]:
    """Return the cards with names of their two sides, and the blocks of another tool."""
    if outline.once(explains_cards):
        return ()
    found = [*asking_blocks(outline)]
    taken = {line for block in found for line in range(block.line, block.answer.end)}
    found += (card for card in sides(outline) if card.line not in taken)
    return tuple(sorted(found, key=lambda question: question.line))


_FRONT = (Concept.FRONT, Concept.QUESTION, Concept.ASKING_LETTER)
_BACK = (Concept.BACK, Concept.ANSWER, Concept.ANSWERING_LETTER)
_CARDS = (Concept.FRONT, Concept.BACK)
_LETTERS = (Concept.ASKING_LETTER, Concept.ANSWERING_LETTER)


def sides(outline: Outline) -> Iterator[Question]:
    """Yield the pairs of a front and a back of the same kind. The next name of a side ends a back.

    Pairs of ``Front: …`` count if there are two, or one that asks. A site has a front, too, and a
    player a back.
    """
    found = [label for label in labels(outline) if _kind(outline, label)]
    nexts = [*(label.line for label in found[1:]), 0]
    beside: list[Question] = []
    for at, (front, back) in enumerate(pairwise(found)):
        kind = _kind(outline, front)
        numbers = {label.number for label in (front, back) if label.number}
        is_pair = back.concept in _BACK and len(numbers) < 2 and kind == _kind(outline, back)
        if not is_pair or front.concept not in _FRONT:
            continue
        if kind == ":":
            beside += card_beside(outline, front, back, nexts[at + 1])
        else:
            yield from card_below(outline, front, back, nexts[at + 1])
    yield from (card for card in beside if len(beside) > 1 or asks(card.text))


def _kind(outline: Outline, label: Label) -> str:
    """Return how a side is named: ``:`` before text, or hashes, bold or signs around the name.

    A heading with a number may have text after it (``Q1: What is a leaf?``).
    """
    if label.concept in _CARDS and label.has_colon and not label.level:
        return ":"
    is_letter = label.concept in _LETTERS and label.word not in "QA"
    is_counted = label.level and label.number and label.mark
    if (label.has_text and not is_counted) or is_letter or label.concept not in (*_FRONT, *_BACK):
        return ""
    if label.level:
        return "#" * label.level
    is_ruled = "===" in outline.lines[label.line - 1]
    return "=" if is_ruled else label.opening[:2] if len(label.opening) > 1 else ""
