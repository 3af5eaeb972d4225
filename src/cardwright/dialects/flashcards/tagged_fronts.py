"""Finds the text that a card's tag makes a question: ``What is a leaf? #card``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cardwright.blocks.rows import Row
from cardwright.dialects.flashcards.card_signs import own_tag
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.separator_signs import begin_above
from cardwright.dialects.flashcards.tags import Tagged, bare_line, may_be_tagged, untagged
from cardwright.dialects.flashcards.traces import without_traces
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.signs import COLON, MARKER

_MARKER = re.compile(MARKER)
_CLOZE = re.compile(r"\{\{(?:cloze|c\d)|==[^=]+==")
_LABEL = re.compile(rf"[*_]*[\w ]{{1,20}}{COLON}[*_\s]*$")
"""The label of a line of tags, ``Tags: #card``."""


@dataclass(frozen=True, slots=True)
class TaggedFront:
    """The text that asks: its first row, its lines, and the line on which its answer begins.

    ``heading`` is its heading, if it is one. ``is_item`` says that the children of a list item
    answer.
    """

    first: Row
    rows: tuple[Line, ...]
    tagged: Tagged
    below: int
    is_item: bool = False
    heading: Heading | None = None


def tagged_fronts(outline: Outline) -> Iterator[TaggedFront]:
    """Yield those of the document in order. If a tag names a deck, only those that ask."""
    headings = {heading.line: heading for heading in outline.headings}
    own = outline.once(own_tag)
    used = 0
    for row in outline.rows:
        if row.is_verbatim or row.number <= used or not may_be_tagged(row.text):
            continue
        tagged = untagged(bare_line(row).text, own)
        if tagged.is_card and (not tagged.is_deck or asks(tagged.text)):
            found = _front(outline, row, tagged, headings, used)
            used = found.below - 1 if found else used
            yield from (found,) if found else ()


def _front(
    outline: Outline, row: Row, tagged: Tagged, headings: Mapping[int, Heading], used: int
) -> TaggedFront | None:
    """Return the question before a tag, on its line or above; ``None`` if other signs decide."""
    number, heading = row.number, headings.get(row.number)
    below = next(iter(outline.rows[number : number + 1]), row)
    is_item = _MARKER.fullmatch(row.marker) is not None
    is_parent = is_item and not below.is_blank and below.indent > row.indent
    is_label = not (heading or is_parent) and _LABEL.match(tagged.text)
    if is_label or _CLOZE.search(tagged.text[:2000]) or has_colons(tagged.text):
        return None
    rows = [Line(tagged.text, number, row.offset + tagged.offset + 1)] if tagged.text else []
    if tagged.rest:
        text = row.raw[row.offset + tagged.rest :].rstrip("# \t")
        rows.append(Line(text, number, row.offset + tagged.rest + 1))
    if rows and (is_item or heading):
        return TaggedFront(row, tuple(rows), tagged, number + 1, is_item, heading)
    begin = begin_above(outline, number, used, is_said=bool(rows))
    begin = number if used and begin == used + 1 and rows else begin
    first = outline.rows[begin - 1]
    if begin < number and not rows:
        heading, is_item = headings.get(begin), first.marker != ""
    above = cut(outline.lines, Span(begin, number, first.width, first.offset + 1, 0, row.quotes))
    asking = heading.front if heading else trimmed([*without_traces(above), *rows])
    able = (each for each in asking if not outline.is_verbatim[each.number - 1])
    said = [each for each in able if each.text.strip()]
    if not asking or not (rows or is_item or heading or asks(said[-1].text if said else "")):
        return None
    return TaggedFront(first, asking, tagged, number + 1, is_item, heading)
