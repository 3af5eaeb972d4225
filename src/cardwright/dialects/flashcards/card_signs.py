"""Reads what a document says about its cards: settings, schedules and ``#flashcards``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from cardwright.dialects.flashcards.tags import is_tags_alone, parted_tags, untagged
from cardwright.dialects.flashcards.traces import SCHEDULE, is_property
from cardwright.dialects.text.question import Outline
from cardwright.wording.signs import ends_asking, has_question_mark, leads_on
from cardwright.wording.words import Concept, alternatives, lazy_pattern

_TAGS = frozenset({"flashcards", "flashcard", "cards", "card"})
_COMMON = frozenset({"todo", "wip", "important", "question", "questions", "exam", "idea"})
_ID = re.compile(r"<!--\s*ID:\s*\d")
_MARK = re.compile(
    r"`+ ?(?:[^`]{0,40}?(?:::{1,2}|;;|==[^=`]+==|\{\{c\d)[^`]{0,40}?"
    r"|\?{1,2}|[QAC]:[^`]{0,40}?|#(?:flash)?cards?[^\s`]{0,30}) ?`+"
    r"|\*\*#(?:flash)?cards?[^\s*]{0,30}\*\*"
)
"""A card's mark, shown as code, or a tag in bold."""
_CARD = lazy_pattern(
    rf"(?i)\b(?:{alternatives(Concept.CARD)}|cloze|anki|deletions?|separators?|tags?)"
)


@dataclass(frozen=True, slots=True)
class CardSigns:
    """What a document says about its cards.

    ``has_setting`` is the key ``cards-deck`` of its front matter. ``has_schedule`` is a comment in
    which a plugin keeps when a card is due. ``has_ids`` says that comments keep the numbers of
    cards, not more than there are lines with highlights. ``is_whole`` says that a tag of the front
    matter, or one above all text, applies to the whole document. ``tags`` are the lines of the
    other tags, and ``ends`` the lines at which their sections end.
    """

    has_setting: bool
    has_schedule: bool
    has_ids: bool
    is_whole: bool
    tags: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    @property
    def is_learned(self) -> bool:
        """Whether anything says that the document is learned with flashcards."""
        has_comment = self.has_schedule or self.has_ids
        return self.has_setting or has_comment or self.is_whole or bool(self.tags)

    def holds(self, start: int, end: int = 0) -> bool:
        """Whether a tag or the setting applies to line ``start``, or to a line up to ``end``."""
        last = bisect_left(self.tags, end or start + 1) - 1
        is_tagged = last >= 0 and start < self.ends[last]
        return self.has_setting or self.is_whole or is_tagged


def card_signs_of(outline: Outline) -> CardSigns:
    """Return what a document says about its cards."""
    front = outline.document.source.front_matter
    ids = sum(_ID.search(line) is not None for _, line in outline.lines_with("ID:"))
    found = [row for row in outline.rows if "#" in row.text and not row.is_verbatim]
    found = [row for row in found if untagged(row.text).is_card]
    merged: dict[int, int] = {}
    over = 0
    for row in found:
        if row.number >= over:
            merged[row.number] = over = outline.section_end(row.number)
    above = outline.rows[front.length : found[0].number] if found else ()
    is_on_top = bool(found) and all(
        row.is_blank
        or row.level
        or row.text.startswith(("[", "!["))
        or is_tags_alone(row.text)
        or is_property(row.text)
        for row in above
    )
    return CardSigns(
        any(line.lower().startswith("cards-deck") for line in outline.lines[: front.length]),
        any(SCHEDULE.search(line) for _, line in outline.lines_with("SR:")),
        0 < ids <= sum(1 for _ in outline.lines_with("==")),
        is_on_top or any(tag.split("/")[0].lower() in _TAGS for tag in front.tags),
        tuple(merged),
        tuple(merged.values()),
    )


def own_tag(outline: Outline) -> str:
    """Return the tag that makes cards in a document without a known tag of cards, or ``""``.

    Most lines that ask end with it.
    """
    if outline.once(card_signs_of).tags or not outline.holds("#"):
        return ""
    able = (row.text for row in outline.rows if not row.is_verbatim and has_question_mark(row.text))
    asking = [each.names for each in map(parted_tags, able) if ends_asking(each.text.rstrip("*_ "))]
    for name, count in Counter(name for names in asking for name in names).most_common(1):
        if count > 1 and count * 2 > len(asking) and name.lower() not in _COMMON:
            return name
    return ""


def explains_cards(outline: Outline) -> bool:
    """Whether a page explains how to write cards, so that the cards on it are samples.

    Such a page has lines that speak of cards and show a mark as code, or a tag in the middle of a
    sentence. Two such lines are enough, or one that ends with a colon above the sample.
    """
    own = re.escape(outline.once(own_tag)) or "anki"
    mention = re.compile(rf"\w [*_]*#(?:(?:flash)?cards?|{own})\b[*_]*,? [\w-]")
    found = [
        row.text
        for row in outline.rows
        if ("`" in row.text or "#" in row.text)
        and not row.is_verbatim
        and (_MARK.search(row.text) or ("#" in row.text and mention.search(row.text)))
        and _CARD.search(row.text)
    ]
    return len(found) > 1 or any(map(leads_on, found))
