"""Which marks of a document are deletions: Anki's always, others where it says so itself."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.dialects.answers.stretch import SCHEDULE
from cardwright.dialects.clozes.cloze_blocks import Text
from cardwright.dialects.clozes.deletions import Marks
from cardwright.dialects.flashcards.colons import has_sure_separator
from cardwright.dialects.flashcards.decks import Deck, deck_of
from cardwright.dialects.text.question import Outline

_SIGN = re.compile(r"\s*\?\??\s*")
_FEWEST_INLINE = 2
"""So many lines ``a :: b`` are no accident; beside the tag of a deck one is none."""
NAME = "cloze"


def known_marks(outline: Outline) -> tuple[Marks, Deck]:
    """The marks of a document, and what it says of its cards.

    Highlights are deletions in a vault whose files are learned with a plugin of Obsidian: one
    with tags of cards, the schedule that a plugin keeps in comments, its separators, or
    ``cards-deck`` in the front matter, where single braces are deletions too; a schedule also
    makes deletions of ``{{a}}``. All of them are where the settings name this dialect. Anywhere
    else a highlight is a highlight.
    """
    deck = deck_of(outline)
    is_named = NAME in outline.named
    has_cards = _has_cards(outline, 1 if deck.has_tags else _FEWEST_INLINE)
    is_learned = deck.has_setting or deck.has_tags or deck.has_schedule
    marks = Marks(
        has_bare=deck.has_schedule or is_named,
        has_highlights=is_named or is_learned or has_cards,
        has_curls=is_named or deck.has_setting,
        has_short=deck.has_tags or any("{{cloze " in line for line in outline.lines),
    )
    return marks, replace(deck, is_whole=deck.is_whole or has_cards)


def marks_in(outline: Outline, text: Text, marks: Marks, deck: Deck) -> Marks:
    """The marks that count in a text: highlights only where the document's tags hold.

    Where a plugin keeps a schedule of the text, or its own tag makes a card of it, they also
    count with blanks inside.
    """
    if not marks.has_highlights or text.is_labelled:
        return marks
    below = outline.lines[text.end - 1 : text.end]
    its_own = (*outline.lines[text.start - 1 : text.end - 1], *below)
    if any("<!--" in line and SCHEDULE.search(line) for line in its_own):
        return replace(marks, has_loose_highlights=True)
    if not deck.tags or NAME in outline.named or deck.holds(text.start, text.end):
        return marks
    return replace(marks, has_highlights=False)


def _has_cards(outline: Outline, fewest: int) -> bool:
    inline = 0
    for line, is_verbatim in zip(outline.lines, outline.is_verbatim, strict=True):
        if not is_verbatim and _SIGN.fullmatch(line):
            return True
        inline += not is_verbatim and has_sure_separator(line)
    return inline >= fewest
