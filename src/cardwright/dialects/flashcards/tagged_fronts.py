"""What asks where a card's tag stands: a heading, a paragraph, a list's item, or what is above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import MARKER
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.decks import own_tag
from cardwright.dialects.flashcards.fronts import bare_line
from cardwright.dialects.flashcards.lone_signs import is_border
from cardwright.dialects.flashcards.tags import Tagged, untagged
from cardwright.dialects.flashcards.traces import without_traces
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import asks

_MARKER = re.compile(MARKER)
_LINK = re.compile(r"(?<=\s)#?\[\[(?i:card)\]\]$")
_CLOZE = re.compile(r"\{\{(?:cloze|c\d)|==[^=]+==")
_LABEL = re.compile(r"[*_]*[\w ]{1,20}[:\uff1a][*_\s]*$")
"""The label of a line of tags, ``Tags: #card``."""
_MOST_LINES = 40
"""So many lines of a question stand above its tag."""


@dataclass(frozen=True, slots=True)
class TaggedFront:
    """What asks: its first row, the lines of it, and the line that its answer begins on.

    ``heading`` is that of a heading; ``is_item`` says that the children of a list's item answer.
    """

    first: Row
    rows: tuple[Line, ...]
    tagged: Tagged
    below: int
    is_item: bool = False
    heading: Heading | None = None


def tagged_fronts(outline: Outline) -> Iterator[TaggedFront]:
    """Those of the document in order; to "Spaced Repetition" ``#flashcards`` names a deck and
    marks no question, but where one asks.
    """
    headings = {heading.line: heading for heading in outline.headings}
    own = own_tag(outline)
    is_logseq = any("card-repeats::" in line for line in outline.lines)
    used = 0
    for row in outline.rows:
        if row.is_verbatim or row.number <= used:
            continue
        text = bare_line(outline, row).text
        text = _LINK.sub(_hashed, text) if is_logseq else text
        tagged = untagged(text, own)
        if tagged.is_card:
            found = _front(outline, row, text, tagged, headings, used)
            if found is not None and (not tagged.is_deck or asks(tagged.text)):
                used = found.below - 1
                yield found


def _hashed(link: re.Match[str]) -> str:
    """``#card`` for ``[[card]]``, as wide; to Logseq they are the same."""
    return "#card".ljust(len(link[0]))


def _front(
    outline: Outline,
    row: Row,
    text: str,
    tagged: Tagged,
    headings: dict[int, Heading],
    used: int,
) -> TaggedFront | None:
    """What the tags of a row make a question of, ``None`` where they make none of anything."""
    if not tagged.text:
        return None if tagged.is_deck else _front_above(outline, row, tagged, headings, used)
    number, heading = row.number, headings.get(row.number)
    below = next(iter(outline.rows[number : number + 1]), row)
    is_item = _MARKER.fullmatch(row.marker) is not None
    is_parent = is_item and not below.is_blank and below.indent > row.indent
    is_label = not (heading or is_parent) and _LABEL.match(tagged.text)
    if is_label or _CLOZE.search(tagged.text[:2000]) or has_colons(tagged.text):
        return None  # a cloze or a separator decides
    rows = [Line(tagged.text, number, row.offset + tagged.offset + 1)]
    if tagged.rest:
        rows.append(Line(text[tagged.rest :], number, row.offset + tagged.rest + 1))
    if is_item or heading:
        return TaggedFront(row, tuple(rows), tagged, number + 1, is_item, heading)
    first, above = _paragraph_above(outline, row, used)
    return TaggedFront(first, (*above, *rows), tagged, number + 1)


def _front_above(
    outline: Outline, row: Row, tagged: Tagged, headings: dict[int, Heading], used: int
) -> TaggedFront | None:
    """The question that tags alone on a line belong to: the item or the text right above.

    Blank lines around the tags stand only behind a paragraph that asks.
    """
    if row.marker or row.indent:
        return _parent(outline, row, tagged, used)
    below = next(iter(outline.rows[row.number : row.number + 1]), row)
    first, rows = _paragraph_above(outline, row, used)
    heading = headings.get(row.number - 1)
    if heading is not None and not rows:
        return TaggedFront(outline.rows[heading.line - 1], heading.front, tagged, row.number + 1,
                           heading=heading)  # fmt: skip
    if not rows and row.number > 2 and outline.rows[row.number - 2].is_blank:
        first, rows = _paragraph_above(outline, outline.rows[row.number - 2], used)
        rows = rows if rows and asks(rows[-1].text) else ()
    elif below is row or below.is_blank:
        rows = ()
    return TaggedFront(first, rows, tagged, row.number + 1) if rows else None


def _paragraph_above(outline: Outline, row: Row, used: int) -> tuple[Row, tuple[Line, ...]]:
    """The first row of the paragraph that ``row`` goes on with, and its lines above that.

    None of those that answer the question before, whose last line is ``used``.
    """
    first = row
    while first.number - 1 > max(used, row.number - _MOST_LINES):
        above = outline.rows[first.number - 2]
        is_other = above.is_blank or above.quotes != row.quotes or above.marker or above.level
        if is_other or is_border(above):
            break
        first = above
    if used and first.number - 1 == used:
        return row, ()
    span = Span(first.number, row.number, quotes=row.quotes)
    return first, tuple(cut(outline.lines, span))


def _parent(outline: Outline, row: Row, tagged: Tagged, used: int) -> TaggedFront | None:
    """The list's item that ``row`` is a child or a further line of."""
    for above in reversed(outline.rows[max(used, row.number - _MOST_LINES - 1) : row.number - 1]):
        if above.quotes == row.quotes and above.marker and above.indent < row.indent:
            begin = Span(above.number, row.number, above.width, above.offset + 1, 0, row.quotes)
            kept = [each for each in without_traces(cut(outline.lines, begin)) if _says(each)]
            front = TaggedFront(above, trimmed(kept), tagged, row.number + 1, is_item=True)
            return front if kept else None
    return None


def _says(row: Line) -> bool:
    return row.text.strip() not in ("", "-", "*", "+")
