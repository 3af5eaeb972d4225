"""Dialect F, in two parts: ``## Front`` and ``## Back``, or other names of the two sides."""

from __future__ import annotations

from cardwright.dialects.flashcards.blocks import asking_blocks
from cardwright.dialects.flashcards.decks import explains_cards
from cardwright.dialects.flashcards.sides import sides, titled_sides
from cardwright.dialects.text.question import Outline, Question


def front_and_back(outline: Outline) -> tuple[Question, ...]:
    """The cards with names of their two sides, the blocks of another tool, and the headings that
    are repeated with "Answer".
    """
    if explains_cards(outline):
        return ()
    found = [*asking_blocks(outline), *titled_sides(outline)]
    taken = {line for block in found for line in range(block.line, block.answer.end)}
    found += (card for card in sides(outline) if card.line not in taken)
    return tuple(sorted(found, key=lambda question: question.line))
