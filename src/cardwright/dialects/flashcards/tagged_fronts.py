"""What asks where a card's tag stands: a heading, a paragraph, a list's item, or what is above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.answers.stretch import is_boundary, is_listed, quotes_of, width_of
from cardwright.dialects.flashcards.card_tags import Tagged, untagged
from cardwright.dialects.flashcards.colons import begin_of_text, has_sure_separator
from cardwright.dialects.flashcards.own_signs import own_tag
from cardwright.dialects.flashcards.properties import PROPERTY
from cardwright.dialects.text.masks import LONGEST_MARKED
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line
from cardwright.wording import asks


@dataclass(frozen=True, slots=True)
class TaggedFront:
    """What asks: the line its question begins on, the lines of it, and where its answer begins.

    ``heading`` is that of a heading, ``indent`` the columns before the marker of a list's item
    whose answer is its children, -1 for a paragraph.
    """

    begin: int
    rows: tuple[Line, ...]
    tagged: Tagged
    below: int
    indent: int = -1
    quotes: int = 0
    heading: Heading | None = None


def tagged_fronts(outline: Outline) -> Iterator[TaggedFront]:
    headings = {heading.line: heading for heading in outline.headings}
    own = own_tag(outline)
    used = 0
    is_scheduled = any("card-repeats::" in line for line in outline.lines)
    for number, text in enumerate(outline.lines, 1):
        text = _hashed(text) if is_scheduled and text.endswith("]]") else text
        if "#" not in text or number <= used or outline.is_verbatim[number - 1]:
            continue
        found = _front(outline, number, text, headings, used, own)
        if found is None:
            continue
        # To "Spaced Repetition" the tag #flashcards names a deck and marks no question.
        if not found.tagged.is_deck or asks(found.tagged.text):
            used = found.below - 1
            yield found


def _hashed(text: str) -> str:
    """The line with ``#card`` for ``[[card]]`` at its end, as wide; to Logseq they are the same."""
    return _LINK.sub(lambda found: "#card".ljust(len(found.group())), text)


_LINK = re.compile(r"(?<=\s)#?\[\[(?i:card)\]\]$")


def _front(
    outline: Outline,
    number: int,
    text: str,
    headings: dict[int, Heading],
    used: int,
    own: str,
) -> TaggedFront | None:
    """What the tags of a line make a question of, ``None`` where they make none of anything."""
    heading = headings.get(number)
    hashes = re.match(r"[\s>]*(?:[-*+][ \t]+)?#{1,6}[ \t]+", text) if heading else None
    begin = hashes.end() if hashes else begin_of_text(text)
    tagged, end = _untagged(text[begin:], own)
    if not tagged.is_card:
        return None
    if not tagged.text:
        return _front_above(outline, number, tagged, headings, used)
    rows: tuple[Line, ...] = (Line(tagged.text, number, begin + tagged.offset + 1),)
    if begin + end < len(text):
        rows = (*rows, Line(text[begin + end :].rstrip(), number, begin + end + 1))
    quotes, inside = quotes_of(text)
    is_parent = is_listed(inside) and _holds_more(outline, number)
    is_label = not heading and not is_parent and _LABEL.match(tagged.text)
    if is_label or _is_of_another_dialect(tagged.text):
        return None
    if is_listed(inside):
        return TaggedFront(number, rows, tagged, number + 1, width_of(inside), quotes)
    if heading:
        return TaggedFront(number, rows, tagged, number + 1, heading=heading)
    first, above = _paragraph_above(outline, number, used)
    return TaggedFront(first, (*above, *rows), tagged, number + 1, quotes=quotes)


def _untagged(text: str, own: str) -> tuple[Tagged, int]:
    """The text without the tags at its ends, and where images or attributes behind them begin."""
    tagged = untagged(text, own)
    if tagged.is_card or len(text) > LONGEST_MARKED:
        return tagged, len(text)
    first = min((at for at in (text.find("!["), text.rfind("{")) if at > 0), default=0)
    end = _END.search(text, first - 1) if first else None
    if end is None:
        return tagged, len(text)
    return untagged(text[: end.start()], own), len(text) - len(end.group().lstrip())


_END = re.compile(r"(?:\s*(?:!\[[^\[\]]*\]\([^()]*\)|!\[\[[^\[\]]*\]\]|\{[^{}]*\}(?=\s*$)))+\s*$")

_CLOZE = re.compile(r"\{\{(?:cloze|c\d)|==[^=]+==")

_LABEL = re.compile(r"[*_]*[\w ]{1,20}[:：][*_\s]*$")
"""The label of a line of tags, ``Tags: #card``."""


def _holds_more(outline: Outline, number: int) -> bool:
    """Whether the line below an item stands deeper than its marker."""
    below = outline.lines[number] if number < len(outline.lines) else ""
    width = width_of(quotes_of(outline.lines[number - 1])[1])
    return bool(below.strip()) and width_of(quotes_of(below)[1]) > width


def _is_of_another_dialect(text: str) -> bool:
    """Whether a cloze or ``::`` decides."""
    return _CLOZE.search(text[:2000]) is not None or has_sure_separator(text)


def _front_above(
    outline: Outline, number: int, tagged: Tagged, headings: dict[int, Heading], used: int
) -> TaggedFront | None:
    """The question that tags alone on a line belong to: the item or the text right above."""
    if tagged.is_deck:
        return None
    quotes, text = quotes_of(outline.lines[number - 1])
    if is_listed(text) or width_of(text):
        return _parent(outline, number, tagged, used)
    first, rows = _paragraph_above(outline, number, used)
    heading = headings.get(number - 1)
    if heading and not rows:
        return TaggedFront(heading.line, heading.front, tagged, number + 1, heading=heading)
    below = outline.lines[number] if number < len(outline.lines) else ""
    if not rows or not below.strip():
        return None
    return TaggedFront(first, rows, tagged, number + 1, quotes=quotes)


def _paragraph_above(outline: Outline, number: int, used: int) -> tuple[int, tuple[Line, ...]]:
    """The first line of the paragraph that ``number`` goes on with, and its lines above that.

    None of those that answer the question before, whose last line is ``used``.
    """
    quotes = quotes_of(outline.lines[number - 1])[0]
    first = number
    while first - 1 > max(used, number - _MOST_LINES):
        around, text = quotes_of(outline.lines[first - 2])
        if not text.strip() or around != quotes or is_boundary(text) or is_listed(text):
            break
        first -= 1
    if used and first - 1 == used:
        return number, ()
    return first, tuple(cut(outline.lines, Span(first, number, quotes=quotes)))


_MOST_LINES = 40
"""So many lines of a question stand above its tag."""


def _parent(outline: Outline, number: int, tagged: Tagged, used: int) -> TaggedFront | None:
    """The list's item that ``number`` is a child or a further line of."""
    quotes, text = quotes_of(outline.lines[number - 1])
    for at in range(number - 1, max(used, number - _MOST_LINES), -1):
        around, above = quotes_of(outline.lines[at - 1])
        if around != quotes or not (is_listed(above) and width_of(above) < width_of(text)):
            continue
        begin = begin_of_text(outline.lines[at - 1])
        rows = cut(outline.lines, Span(at, number, begin, begin + 1, quotes=quotes))
        kept = [row for row in rows if not PROPERTY.match(row.text)]
        kept = [row for row in kept if row.text.strip() and not _EMPTY_ITEM.match(row.text)]
        if kept:
            return TaggedFront(at, tuple(kept), tagged, number + 1, width_of(above), quotes)
        return None
    return None


_EMPTY_ITEM = re.compile(r"\s*[-*+]\s*$")
