"""Dialect ``tagged``: ``What is a leaf? #card``, a heading, item or paragraph with a card's tag.

So have it Logseq and the Obsidian plugins "Flashcards" and "Spaced Repetition".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import MARKER
from cardwright.dialects.endings import OF_CARDS, Body, Ending, EndRule, end_of_answer
from cardwright.dialects.flashcards.blocks import data_questions
from cardwright.dialects.flashcards.card_signs import explains_cards, own_tag
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.tags import Tagged, bare_line, may_be_tagged, untagged
from cardwright.dialects.flashcards.traces import answered_by, is_property, without_traces
from cardwright.dialects.separators import begin_above
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import asks


def tagged(outline: Outline) -> tuple[Question, ...]:
    """The questions that carry a card's tag, each with what stands under it."""
    if explains_cards(outline):
        return ()
    if marked := data_questions(outline):
        return marked
    fronts = list(_tagged_fronts(outline))
    limits = [*(front.first.number for front in fronts[1:]), 0]
    return tuple(
        _question(outline, front, limit)
        for front, limit in zip(fronts, limits, strict=False)
        if front.rows
    )


def _question(outline: Outline, front: _TaggedFront, limit: int) -> Question:
    row, below = front.first, front.below
    last = limit or len(outline.lines) + 1
    while below < last and is_property(outline.lines[below - 1]):
        below += 1
    body = Body(front.below - 1, below, limit, quotes=row.quotes)
    indent = 0
    if front.is_item:
        ending = end_of_answer(outline, replace(body, indent=row.indent + 1), {EndRule.CONTAINER})
        said = (each for each in outline.rows[below - 1 : ending.line - 1] if not each.is_blank)
        indent = next((each.indent for each in said), 0)
    elif front.heading:
        section = Ending(max(front.heading.end, below), EndRule.SECTION)
        ending = end_of_answer(outline, replace(body, limit=section), ())
    else:
        ending = end_of_answer(outline, replace(body, level=6), OF_CARDS | {EndRule.BLANK})
    answer = Span(below, max(ending.line, below), indent, quotes=row.quotes)
    rows = front.rows
    if row.number == below - 1 and (below == last or outline.rows[below - 1].is_blank):
        rows, answer = _parted(rows, answer)
    question = asked(
        rows, answer, line=row.number, is_marked=True, rule="a tag", ending=ending.rule,
        is_reverse=front.tagged.is_reverse,
    )  # fmt: skip
    tags = (*question.attributes.tags, *front.tagged.tags)
    attributes = replace(question.attributes, tags=tags)
    return _without_traces(outline, question._replace(attributes=attributes))


_PARTING = re.compile(
    r"(?<=\S)(?:[ \t]+(?::|[-=]>|→)[ \t]+|(?<=\w):[ \t]+|(?<=[?\uff1f])[ \t]+)(?=\S)"
)
_LONGEST = 2000


def _parted(rows: tuple[Line, ...], answer: Span) -> tuple[tuple[Line, ...], Span]:
    """The question and the answer where both stand on the tagged line, as in NeuraCache."""
    last = rows[-1]
    sign = _PARTING.search(last.text) if len(last.text) < _LONGEST and len(rows) == 1 else None
    if sign is None or asks(last.text[sign.end() :]):
        return rows, answer
    column = last.column + sign.end()
    until = last.column + len(last.text)
    front = last._replace(text=last.text[: sign.start()])
    return (front,), Span(last.number, last.number + 1, 0, column, until)


def _without_traces(outline: Outline, question: Question) -> Question:
    """The question, its answer without properties and the ids of blocks, which tools keep there."""
    rows = cut(outline.lines, question.answer)
    kept = [
        each
        for row in rows
        for each in ([row] if outline.is_verbatim[row.number - 1] else without_traces([row]))
    ]
    return question if kept == rows else answered_by(outline, question, kept)


_MARKER = re.compile(MARKER)
_CLOZE = re.compile(r"\{\{(?:cloze|c\d)|==[^=]+==")
_LABEL = re.compile(r"[*_]*[\w ]{1,20}[:\uff1a][*_\s]*$")
"""The label of a line of tags, ``Tags: #card``."""


@dataclass(frozen=True, slots=True)
class _TaggedFront:
    """What asks: its first row, the lines of it, and the line that its answer begins on.

    ``heading`` is that of a heading; ``is_item`` says that the children of a list's item answer.
    """

    first: Row
    rows: tuple[Line, ...]
    tagged: Tagged
    below: int
    is_item: bool = False
    heading: Heading | None = None


def _tagged_fronts(outline: Outline) -> Iterator[_TaggedFront]:
    """Those of the document in order; where a tag names a deck, only those that ask."""
    headings = {heading.line: heading for heading in outline.headings}
    own = own_tag(outline)
    used = 0
    for row in outline.rows:
        if row.is_verbatim or row.number <= used or not may_be_tagged(row.text):
            continue
        tagged = untagged(bare_line(outline, row).text, own)
        if tagged.is_card and (not tagged.is_deck or asks(tagged.text)):
            found = _front(outline, row, tagged, headings, used)
            used = found.below - 1 if found else used
            yield from (found,) if found else ()


def _front(
    outline: Outline, row: Row, tagged: Tagged, headings: Mapping[int, Heading], used: int
) -> _TaggedFront | None:
    """The question before a tag, on its line or above; ``None`` where other signs decide."""
    number, heading = row.number, headings.get(row.number)
    below = next(iter(outline.rows[number : number + 1]), row)
    is_item = _MARKER.fullmatch(row.marker) is not None
    is_parent = is_item and not below.is_blank and below.indent > row.indent
    is_label = not (heading or is_parent) and _LABEL.match(tagged.text)
    if is_label or _CLOZE.search(tagged.text[:2000]) or has_colons(tagged.text):
        return None
    rows = [Line(tagged.text, number, row.offset + tagged.offset + 1)] if tagged.text else []
    if tagged.rest:
        text = outline.lines[number - 1][row.offset + tagged.rest :].rstrip("# \t")
        rows.append(Line(text, number, row.offset + tagged.rest + 1))
    if rows and (is_item or heading):
        return _TaggedFront(row, tuple(rows), tagged, number + 1, is_item, heading)
    begin = begin_above(outline, number, used, is_said=bool(rows))
    begin = number if used and begin == used + 1 and rows else begin
    first = outline.rows[begin - 1]
    if begin < number and not rows:
        heading, is_item = headings.get(begin), first.marker != ""
    above = cut(outline.lines, Span(begin, number, first.width, first.offset + 1, 0, row.quotes))
    asking = heading.front if heading else trimmed([*without_traces(above), *rows])
    if not asking or not (rows or is_item or heading or asks(asking[-1].text)):
        return None
    return _TaggedFront(first, asking, tagged, number + 1, is_item, heading)
