"""Dialect F, in two parts: ``## Front`` and ``## Back``, or other names of the two sides."""

from __future__ import annotations

from cardwright.dialects.flashcards.blocks import asking_blocks
from cardwright.dialects.flashcards.decks import explains_cards
from cardwright.dialects.flashcards.named_sides import named_sides
from cardwright.dialects.flashcards.sides import titled_sides, under_sides
from cardwright.dialects.text.question import Outline, Question


def front_and_back(outline: Outline) -> tuple[Question, ...]:
    """The cards with names of their two sides, the blocks of another tool, and the headings that
    are repeated with "Answer".
    """
    if explains_cards(outline):
        return ()
    found = [*asking_blocks(outline), *titled_sides(outline)]
    taken = {line for block in found for line in range(block.line, block.answer.end)}
    cards = (*under_sides(outline), *named_sides(outline))
    by_line = {card.line: card for card in (*cards, *found) if card.line not in taken}
    by_line |= {block.line: block for block in found}
    return tuple(by_line[line] for line in sorted(by_line))
