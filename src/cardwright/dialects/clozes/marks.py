"""Which marks of a document are deletions: Anki's always, others where it says so itself."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from cardwright.dialects.clozes.deletions import Marks
from cardwright.dialects.clozes.texts import Text
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.decks import Deck, deck_of
from cardwright.dialects.flashcards.traces import SCHEDULE
from cardwright.dialects.text.question import Outline

_TEMPLATE = re.compile(r"\{%|<%|\{\{(?:[#/^>!-]|\s*[\w.]+\s*(?:\||\.\w)|\s*(?:title|date|time)\b)")
"""What Jinja, Liquid, Handlebars, MediaWiki and Obsidian put into a page."""
NAME = "cloze"


def known_marks(outline: Outline) -> tuple[Marks, Deck]:
    """The marks of a document, and what it says of its cards.

    Highlights are deletions in a vault whose files are learned with a plugin of Obsidian: one
    with tags of cards, schedules, its separators (two in a line, or one beside the tag of a deck),
    or ``cards-deck`` in the front matter, where single braces are deletions too; a schedule also
    makes deletions of ``{{a}}``, but in no template. All are where the settings name this dialect.
    """
    deck = deck_of(outline)
    is_named = NAME in outline.named
    is_tagged = deck.is_whole or bool(deck.tags)
    rows = [row for row in outline.rows if not row.is_verbatim]
    fewest = 1 if is_tagged else 2
    inline = (row for row in rows if "::" in row.text and has_colons(row.text))
    has_cards = any(row.text in ("?", "??") and not row.marker for row in rows)
    has_cards = has_cards or len(list(islice(inline, fewest))) == fewest
    is_template = any("{" in line and _TEMPLATE.search(line) for line in outline.lines)
    marks = Marks(
        has_bare=(deck.has_schedule or is_named) and not is_template,
        has_highlights=is_named or deck.is_learned or has_cards,
        has_curls=is_named or deck.has_setting,
        has_short=is_tagged or any("{{cloze " in line for line in outline.lines),
    )
    return marks, replace(deck, is_whole=deck.is_whole or has_cards)


def signs_of(marks: Marks) -> list[str]:
    """What a text holds that may have a deletion."""
    signs = ["{{c", "{@{"]
    signs += (["=="] if marks.has_highlights else []) + (["{"] if marks.has_curls else [])
    return [*signs, "{{"] if marks.has_bare else signs


def marks_in(outline: Outline, text: Text, marks: Marks, deck: Deck) -> Marks:
    """The marks that count in a text: highlights only where the document's tags hold.

    Where a plugin keeps a schedule of the text they also count with blanks inside.
    """
    lines = outline.lines[text.start - 1 : text.end]
    if marks.has_highlights and any("<!--" in line and SCHEDULE.search(line) for line in lines):
        return replace(marks, has_loose_highlights=True)
    is_held = not deck.tags or NAME in outline.named or deck.holds(text.start, text.end)
    return replace(marks, has_highlights=marks.has_highlights and is_held)
