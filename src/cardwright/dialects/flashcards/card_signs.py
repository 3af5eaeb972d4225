"""What a document says of its cards: settings, schedules, tags, and which signs are its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cardwright.blocks.rows import Row
from cardwright.dialects.flashcards.tags import is_tags_alone, parted_tags, untagged
from cardwright.dialects.flashcards.traces import SCHEDULE, is_property
from cardwright.dialects.text.question import Outline
from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import Concept, alternatives

FEWEST = 3
"""So many lines with a sign or a tag are no accident."""
_TAGS = frozenset({"flashcards", "flashcard", "cards", "card"})


@dataclass(frozen=True, slots=True)
class CardSigns:
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
    def is_learned(self) -> bool:
        """Whether anything says that the document is learned with flashcards."""
        return self.has_setting or self.has_schedule or self.is_whole or bool(self.tags)

    def holds(self, start: int, end: int = 0) -> bool:
        """Whether a tag or the setting holds for line ``start``, or one of those up to ``end``."""
        last = bisect_left(self.tags, end or start + 1) - 1
        is_tagged = last >= 0 and start < self.ends[last]
        return self.has_setting or self.is_whole or is_tagged


def card_signs_of(outline: Outline) -> CardSigns:
    """What a document says of its cards."""
    return outline.once(_card_signs_of)


def _card_signs_of(outline: Outline) -> CardSigns:
    front = outline.document.source.front_matter
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
        is_on_top or any(tag.split("/")[0].lower() in _TAGS for tag in front.tags),
        tuple(merged),
        tuple(merged.values()),
    )


@dataclass(frozen=True, slots=True)
class SignUse:
    """A sign of the document's own: its row, whether a schedule is below, whether what is before it
    asks. ``is_sure`` says that the sign means nothing else, ``is_alone`` that no text is right
    above it.
    """

    row: Row
    sign: str
    is_due: bool
    is_asked: bool
    is_sure: bool
    is_alone: bool = False


def own_separators(outline: Outline, uses: Iterable[SignUse]) -> set[int]:
    """The lines with a sign that parts, where the document tells that it does."""
    same: defaultdict[str, list[SignUse]] = defaultdict(list)
    for use in uses:
        same[use.sign].append(use)
    found: set[int] = set()
    for those in same.values():
        listed = {bool(use.row.marker) for use in _proven(outline, those)}
        found |= {use.row.number for use in those if bool(use.row.marker) in listed}
    return found


def _proven(outline: Outline, uses: Sequence[SignUse]) -> Sequence[SignUse]:
    """Those of the uses of a sign that tell that it parts, if they are enough.

    A line tells it by its schedule or, with a sign that means nothing else, by the tag of a deck
    above it. Of three lines or more, two of such a sign are enough, and half or three of another.
    So are half of them, two or more, if no text is right above their lines. So are three lines
    that ask, if most do, and many lines with a sign that means nothing else.
    """
    deck = card_signs_of(outline)
    told = [use for use in uses if use.is_due or (use.is_sure and deck.holds(use.row.number))]
    asked = [use for use in uses if use.is_asked]
    enough = 2 if uses[0].is_sure else min(FEWEST, len(uses) // 2 + 1)
    if len(uses) >= FEWEST and len(told) >= enough:
        return told
    if len(told) > 1 and len(told) * 2 >= len(uses) and all(use.is_alone for use in told):
        return uses
    if len(asked) >= FEWEST and len(asked) * 2 > len(uses):
        return asked
    return uses if uses[0].is_sure and len(uses) >= _MANY else ()


_MANY = 8
_COMMON = frozenset({"todo", "wip", "important", "question", "questions", "exam", "idea"})
_ASKED = ("?", "\uff1f", "\u061f")


def own_tag(outline: Outline) -> str:
    """The tag that makes cards in a document without one of those known, ``""`` for none.

    Most lines that ask end with it.
    """
    return outline.once(_own_tag)


def _own_tag(outline: Outline) -> str:
    if card_signs_of(outline).tags or not outline.holds("#"):
        return ""
    rows = (parted_tags(row.text) for row in outline.rows if not row.is_verbatim)
    asking = [row.names for row in rows if row.text.rstrip("*_ ").endswith(_ASKED)]
    for name, count in Counter(name for names in asking for name in names).most_common(1):
        if count > 1 and count * 2 > len(asking) and name.lower() not in _COMMON:
            return name
    return ""


_MARK = re.compile(
    r"`+ ?(?:[^`]{0,40}?(?:::{1,2}|;;|==[^=`]+==|\{\{c\d)[^`]{0,40}?"
    r"|\?{1,2}|[QAC]:[^`]{0,40}?|#(?:flash)?cards?[^\s`]{0,30}) ?`+"
    r"|\*\*#(?:flash)?cards?[^\s*]{0,30}\*\*"
)
"""A card's mark, shown as code, or a tag in bold."""
_CARD = lazy_pattern(
    rf"(?i)\b(?:{alternatives(Concept.CARD)}|cloze|anki|deletions?|separators?|tags?)"
)
_FEWEST_LINES = 2


def explains_cards(outline: Outline) -> bool:
    """Whether a page tells how cards are written, so that those on it are samples.

    Such a line speaks of cards and shows a mark as code, or a tag in the middle of a sentence. Two
    such lines are enough, or one that ends with a colon above the sample.
    """
    return outline.once(_explains)


def _explains(outline: Outline) -> bool:
    found = list(_explaining(outline))
    return len(found) >= _FEWEST_LINES or any(row.text.endswith((":", "\uff1a")) for row in found)


def _explaining(outline: Outline) -> Iterator[Row]:
    own = re.escape(own_tag(outline)) or "anki"
    mention = re.compile(rf"\w [*_]*#(?:(?:flash)?cards?|{own})\b[*_]*,? [\w-]")
    for row in outline.rows:
        if ("`" in row.text or "#" in row.text) and not row.is_verbatim:
            is_shown = _MARK.search(row.text) or mention.search(row.text)
            if is_shown and _CARD.search(row.text):
                yield row
