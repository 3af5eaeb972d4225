"""What a document says of its cards: settings, schedules, tags, or how such cards are written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.blocks.rows import Row
from cardwright.dialects.flashcards.tags import is_tags_alone, parted_tags, untagged
from cardwright.dialects.flashcards.traces import SCHEDULE
from cardwright.dialects.text.question import Outline
from cardwright.wording.words import Concept, alternatives

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
    def is_learned(self) -> bool:
        """Whether anything says that the document is learned with flashcards."""
        return self.has_setting or self.has_schedule or self.is_whole or bool(self.tags)

    def holds(self, start: int, end: int) -> bool:
        """Whether a tag or the setting holds for one of the lines ``start`` to ``end``."""
        last = bisect_left(self.tags, end) - 1
        is_tagged = last >= 0 and start < self.ends[last]
        return self.has_setting or self.is_whole or is_tagged


def deck_of(outline: Outline) -> Deck:
    """What a document says of its cards."""
    return outline.once(_deck_of)


def _deck_of(outline: Outline) -> Deck:
    front = outline.document.source.front_matter
    found = [row for row in outline.rows if "#" in row.text and not row.is_verbatim]
    tags = [row.number for row in found if untagged(row.text).is_card]
    merged: dict[int, int] = {}
    over = 0
    for tag in tags:
        if tag >= over:
            merged[tag] = over = outline.section_end(tag)
    return Deck(
        any(_DECK.match(line) for line in outline.lines[: front.length]),
        any("<!--" in line and SCHEDULE.search(line) for line in outline.lines),
        any(tag.split("/")[0].lower() in _TAGS for tag in front.tags)
        or (bool(tags) and _is_on_top(outline, tags[0])),
        tuple(merged),
        tuple(merged.values()),
    )


_ASIDE = re.compile(
    r"[\w-]{1,40}::?\s"
    r"|(?:[^\w\[(!]{0,20}(?:!?\[\[[^\[\]]{1,200}\]\]|\[[^\[\]]{0,200}\]\([^()]{0,500}\)))++[^\w]{0,20}$"
)
"""A property, or links alone."""


def _is_on_top(outline: Outline, number: int) -> bool:
    """Whether tags stand alone on a line above all text but headings, properties and links."""
    above = outline.rows[outline.document.source.front_matter.length : number - 1]
    return is_tags_alone(outline.rows[number - 1].text) and all(
        row.is_blank or row.level or is_tags_alone(row.text) or _ASIDE.match(row.text)
        for row in above
    )


_FEWEST = 3
_COMMON = frozenset({"todo", "wip", "important", "question", "questions", "exam", "idea"})
_ASKED = ("?", "\uff1f", "\u061f")


def own_tag(outline: Outline) -> str:
    """The tag that makes cards in a document without one of those known, ``""`` for none.

    It stands at the end of most lines that ask, or of three or more with text under them, more
    than of any other tag. Where all headings have it it makes no difference.
    """
    return outline.once(_own_tag)


def _own_tag(outline: Outline) -> str:
    if deck_of(outline).tags or not any("#" in row.text for row in outline.rows):
        return ""
    asking, asked, over = 0, Counter[str](), Counter[str]()
    on_headings: Counter[tuple[str, int]] = Counter()
    for row in outline.rows:
        if row.is_verbatim:
            continue
        found = parted_tags(row.text)
        is_question = found.text.rstrip("*_ ").endswith(_ASKED)
        asking += is_question
        for name in found.names if found.text else ():
            asked[name] += is_question
            over[name] += _holds_more(outline, row)
            on_headings[name, row.level] += 1
    total = sum(over.values())
    for name, count in over.most_common(1):
        is_most = asked[name] > 1 and asked[name] * 2 > asking
        is_repeated = count >= _FEWEST and count * 2 > total
        if (is_most or is_repeated) and name.lower() not in _COMMON:
            levels = [level for tag, level in on_headings if tag == name]
            same = sum(heading.level in levels for heading in outline.headings)
            marked = sum(on_headings[name, level] for level in levels)
            return "" if 0 not in levels and marked >= same else name
    return ""


def _holds_more(outline: Outline, row: Row) -> bool:
    """Whether text stands right under a line, or deeper than it where it is a list's item."""
    below = next(iter(outline.rows[row.number : row.number + 1]), row)
    if row.level and below.is_blank:
        below = next(iter(outline.rows[row.number + 1 : row.number + 2]), row)
    is_inside = not row.marker or row.level > 0 or below.indent > row.indent
    return below is not row and not below.is_blank and not below.level and is_inside


_MARK = re.compile(
    r"`+ ?(?:[^`]{0,40}?(?:::{1,2}|;;|==[^=`]+==|\{\{c\d)[^`]{0,40}?"
    r"|\?{1,2}|[QAC]:[^`]{0,40}?|#(?:flash)?cards?[^\s`]{0,30}) ?`+"
)
"""A card's mark, shown as code."""
_CARD = re.compile(
    rf"(?i)\b(?:{alternatives(Concept.CARD)}|cloze|anki|deletions?|separators?|tags?)"
)
_FEWEST_LINES = 2


def explains_cards(outline: Outline) -> bool:
    """Whether a page tells how cards are written, so that those on it are samples.

    Two lines show a mark as code, or a tag in the middle of a sentence, and speak of cards; or one
    does, and a colon at its end leads in to the sample.
    """
    return outline.once(_explains)


def _explains(outline: Outline) -> bool:
    found = list(_explaining(outline))
    return len(found) >= _FEWEST_LINES or any(row.text.endswith((":", "\uff1a")) for row in found)


def _explaining(outline: Outline) -> Iterator[Row]:
    own = own_tag(outline)
    mention = re.compile(rf"\w [*_]*#(?:(?:flash)?cards?|{re.escape(own) or 'anki'})\b[*_]*,? \w")
    for row in outline.rows:
        if row.is_verbatim or not ("`" in row.text or "#" in row.text):
            continue
        if (_MARK.search(row.text) or mention.search(row.text)) and _CARD.search(row.text):
            yield row
