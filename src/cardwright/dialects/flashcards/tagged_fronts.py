"""What asks where a card's tag stands: a heading, a paragraph, a list's item, or what is above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import MARKER
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.decks import own_tag
from cardwright.dialects.flashcards.lone_signs import begin_above
from cardwright.dialects.flashcards.tags import Tagged, bare_line, may_be_tagged, untagged
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
    """Those of the document in order; where a tag names a deck, only those that ask."""
    headings = {heading.line: heading for heading in outline.headings}
    own = own_tag(outline)
    is_logseq = any("card-repeats::" in line for line in outline.lines)
    used = 0
    for row in outline.rows:
        if row.is_verbatim or row.number <= used or not (is_logseq or may_be_tagged(row.text)):
            continue
        text = bare_line(outline, row).text
        tagged = untagged(_LINK.sub(_hashed, text) if is_logseq else text, own)
        if not tagged.is_card or (tagged.is_deck and not asks(tagged.text)):
            continue
        find = _on_line if tagged.text else _above
        found = find(outline, row, tagged, headings, used)
        if found is not None:
            used = found.below - 1
            yield found


def _hashed(link: re.Match[str]) -> str:
    """``#card`` for ``[[card]]``, as wide; to Logseq they are the same."""
    return "#card".ljust(len(link[0]))


def _on_line(
    outline: Outline, row: Row, tagged: Tagged, headings: Mapping[int, Heading], used: int
) -> TaggedFront | None:
    """The question before a tag, ``None`` for a label, and where other signs decide."""
    number, heading = row.number, headings.get(row.number)
    below = next(iter(outline.rows[number : number + 1]), row)
    is_item = _MARKER.fullmatch(row.marker) is not None
    is_parent = is_item and not below.is_blank and below.indent > row.indent
    is_label = not (heading or is_parent) and _LABEL.match(tagged.text)
    if is_label or _CLOZE.search(tagged.text[:2000]) or has_colons(tagged.text):
        return None
    rows = [Line(tagged.text, number, row.offset + tagged.offset + 1)]
    if tagged.rest:
        text = outline.lines[number - 1][row.offset + tagged.rest :].rstrip("# \t")
        rows.append(Line(text, number, row.offset + tagged.rest + 1))
    if is_item or heading:
        return TaggedFront(row, tuple(rows), tagged, number + 1, is_item, heading)
    begin = begin_above(outline, number, used, is_said=True)
    begin = number if used and begin == used + 1 else begin
    above = cut(outline.lines, Span(begin, number, quotes=row.quotes))
    return TaggedFront(outline.rows[begin - 1], (*above, *rows), tagged, number + 1)


def _above(
    outline: Outline, row: Row, tagged: Tagged, headings: Mapping[int, Heading], used: int
) -> TaggedFront | None:
    """The question that tags alone on a line belong to: the item or the text right above.

    Blank lines around the tags stand only behind a paragraph that asks.
    """
    begin = begin_above(outline, row.number, used)
    if begin == row.number:
        return None
    first, heading = outline.rows[begin - 1], headings.get(begin)
    if row.marker or row.indent:
        span = Span(begin, row.number, first.width, first.offset + 1, 0, row.quotes)
        kept = without_traces(cut(outline.lines, span))
        rows = trimmed([each for each in kept if each.text.strip() not in ("", "-", "*", "+")])
        is_front = first.marker != ""
    elif heading is not None:
        rows, is_front = heading.front, True
    else:
        rows = tuple(cut(outline.lines, Span(begin, row.number, quotes=row.quotes)))
        rows = trimmed(rows)
        is_apart = outline.rows[row.number - 2].is_blank
        is_front = asks(rows[-1].text) if is_apart else _is_answered(outline, row)
    if not (rows and is_front):
        return None
    return TaggedFront(first, rows, tagged, row.number + 1, first.marker != "", heading)


def _is_answered(outline: Outline, row: Row) -> bool:
    return any(not below.is_blank for below in outline.rows[row.number : row.number + 1])
