"""Which marks of a document are deletions: Anki's always, others where it says so itself."""

from __future__ import annotations

import re

from cardwright.dialects.card_tags import untagged
from cardwright.dialects.colons import has_sure_separator
from cardwright.dialects.deletions import Marks
from cardwright.dialects.question import Outline

_DECK = re.compile(r"(?i)cards-deck\s*:")
_SCHEDULE = "<!--SR:"
_SIGN = re.compile(r"\s*\?\??\s*")
_FEWEST_INLINE = 2
"""So many lines ``a :: b`` are no accident."""
_TAGS = frozenset({"flashcards", "flashcard", "cards", "card"})
NAME = "cloze"


def known_marks(outline: Outline) -> Marks:
    """The marks of a document.

    Highlights are deletions in a vault whose files are learned with a plugin of Obsidian: one
    with tags of cards, the schedule that a plugin keeps in comments, its separators, or
    ``cards-deck`` in the front matter, where single braces are deletions too; a schedule also
    makes deletions of ``{{a}}``. All of them are where the settings name this dialect. Anywhere
    else a highlight is a highlight.
    """
    front = outline.document.source.front_matter
    head = outline.lines[: front.length]
    is_named = NAME in outline.named
    has_deck = any(_DECK.match(line) for line in head)
    has_tags = any(tag.split("/")[0].lower() in _TAGS for tag in front.tags) or _has_tag(outline)
    has_schedule = any(_SCHEDULE in line for line in outline.lines)
    return Marks(
        has_bare=has_schedule or is_named,
        has_highlights=is_named or has_deck or has_tags or has_schedule or _has_cards(outline),
        has_curls=is_named or has_deck,
        has_short=has_tags or any("{{cloze " in line for line in outline.lines),
    )


def _has_tag(outline: Outline) -> bool:
    return any(
        "#" in line and not is_verbatim and untagged(line).is_card
        for line, is_verbatim in zip(outline.lines, outline.is_verbatim, strict=True)
    )


def _has_cards(outline: Outline) -> bool:
    inline = 0
    for line, is_verbatim in zip(outline.lines, outline.is_verbatim, strict=True):
        if not is_verbatim and _SIGN.fullmatch(line):
            return True
        inline += not is_verbatim and has_sure_separator(line)
    return inline >= _FEWEST_INLINE
