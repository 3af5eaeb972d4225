"""Where a document says that it is learned with flashcards: in all of it, or from a tag on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.answers.stretch import SCHEDULE, is_heading
from cardwright.dialects.flashcards.card_tags import is_tags_alone, untagged
from cardwright.dialects.text.question import Outline

_DECK = re.compile(r"(?i)cards-deck\s*:")
_TAGS = frozenset({"flashcards", "flashcard", "cards", "card"})


@dataclass(frozen=True, slots=True)
class Deck:
    """What a document says of its cards.

    ``has_setting`` is the key ``cards-deck`` of its front matter, ``has_schedule`` a comment in
    which a plugin keeps when a card is due. ``is_whole`` says that a tag of the front matter, or
    one above all text, holds for all of it; ``tags`` are the lines of the others, ``ends`` the
    lines at which their sections are over.
    """

    has_setting: bool
    has_schedule: bool
    is_whole: bool
    tags: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    @property
    def has_tags(self) -> bool:
        return self.is_whole or bool(self.tags)

    def holds(self, start: int, end: int) -> bool:
        """Whether a tag or the setting holds for one of the lines ``start`` to ``end``."""
        if self.has_setting or self.is_whole:
            return True
        return any(
            tag < end and start < over for tag, over in zip(self.tags, self.ends, strict=True)
        )


def deck_of(outline: Outline) -> Deck:
    """What a document says of its cards."""
    return outline.once(_deck_of)


def _deck_of(outline: Outline) -> Deck:
    front = outline.document.source.front_matter
    has_setting = any(_DECK.match(line) for line in outline.lines[: front.length])
    has_schedule = any("<!--" in line and SCHEDULE.search(line) for line in outline.lines)
    is_whole = any(tag.split("/")[0].lower() in _TAGS for tag in front.tags)
    tags = tuple(_tags(outline))
    is_whole = is_whole or bool(tags and _is_on_top(outline, tags[0]))
    merged: list[tuple[int, int]] = []
    for tag in tags:
        if not merged or tag >= merged[-1][1]:
            merged.append((tag, outline.section_end(tag)))
    return Deck(
        has_setting,
        has_schedule,
        is_whole,
        tuple(tag for tag, _ in merged),
        tuple(end for _, end in merged),
    )


def _tags(outline: Outline) -> Iterator[int]:
    for number, line in enumerate(outline.lines, 1):
        if "#" in line and not outline.is_verbatim[number - 1] and untagged(line).is_card:
            yield number


_ASIDE = re.compile(
    r"[\w-]{1,40}::?\s"
    r"|(?:[^\w\[(!]{0,20}(?:!?\[\[[^\[\]]{1,200}\]\]|\[[^\[\]]{0,200}\]\([^()]{0,500}\)))++[^\w]{0,20}$"
)
"""A property, or links alone."""


def _is_on_top(outline: Outline, number: int) -> bool:
    """Whether tags stand alone on a line above all text but headings, properties and links."""
    if not is_tags_alone(outline.lines[number - 1]):
        return False
    above = outline.lines[outline.document.source.front_matter.length : number - 1]
    return all(
        not text.strip() or is_heading(text) or is_tags_alone(text) or _ASIDE.match(text)
        for text in above
    )
