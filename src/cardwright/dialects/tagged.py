"""Dialect X: ``What is a leaf? #card``, a heading, a list item or a paragraph with a card's tag.

So have it Logseq and the Obsidian plugins "Flashcards" and "Spaced Repetition".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.answers.stretch import (
    is_boundary,
    is_listed,
    quotes_of,
    stretched,
    width_of,
)
from cardwright.dialects.flashcards.card_tags import Tagged, untagged
from cardwright.dialects.flashcards.colons import begin_of_text, has_sure_separator
from cardwright.dialects.flashcards.data_questions import data_questions
from cardwright.dialects.flashcards.own_signs import own_tag
from cardwright.dialects.text.masks import LONGEST_MARKED
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line
from cardwright.wording import asks


@dataclass(frozen=True, slots=True)
class _Front:
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


def tagged(outline: Outline) -> tuple[Question, ...]:
    """The questions that carry a card's tag or attribute, each with what stands under it."""
    if marked := data_questions(outline):
        return marked
    fronts = list(_fronts(outline))
    limits = [*(front.begin for front in fronts[1:]), len(outline.lines) + 1]
    return tuple(
        _question(outline, front, limit) for front, limit in zip(fronts, limits, strict=False)
    )


def _fronts(outline: Outline) -> Iterator[_Front]:
    headings = {heading.line: heading for heading in outline.headings}
    own = own_tag(outline)
    used = 0
    for number, text in enumerate(outline.lines, 1):
        if "#" not in text or number <= used or outline.is_verbatim[number - 1]:
            continue
        found = _front(outline, number, headings, used, own)
        if found is None:
            continue
        # To "Spaced Repetition" the tag #flashcards names a deck and marks no question.
        if not found.tagged.is_deck or asks(found.tagged.text):
            used = found.below - 1
            yield found


def _front(
    outline: Outline, number: int, headings: dict[int, Heading], used: int, own: str
) -> _Front | None:
    """What the tags of a line make a question of, ``None`` where they make none of anything."""
    text = outline.lines[number - 1]
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
    if _is_of_another_dialect(tagged.text) or (not heading and _LABEL.match(tagged.text)):
        return None
    quotes, inside = quotes_of(text)
    if is_listed(inside):
        return _Front(number, rows, tagged, number + 1, width_of(inside), quotes)
    if heading:
        return _Front(number, rows, tagged, number + 1, heading=heading)
    first, above = _paragraph_above(outline, number, used)
    return _Front(first, (*above, *rows), tagged, number + 1, quotes=quotes)


_END = re.compile(r"(?:\s*(?:!\[[^\[\]]*\]\([^()]*\)|!\[\[[^\[\]]*\]\]|\{[^{}]*\}(?=\s*$)))+\s*$")


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


_CLOZE = re.compile(r"\{\{(?:cloze|c\d)|==[^=]+==")
_LABEL = re.compile(r"[*_]*[\w ]{1,20}[:：][*_\s]*$")
"""The label of a line of tags, ``Tags: #card``."""


def _is_of_another_dialect(text: str) -> bool:
    """Whether a cloze or ``::`` decides."""
    return _CLOZE.search(text[:2000]) is not None or has_sure_separator(text)


def _front_above(
    outline: Outline, number: int, tagged: Tagged, headings: dict[int, Heading], used: int
) -> _Front | None:
    """The question that tags alone on a line belong to: the item or the text right above."""
    if tagged.is_deck:
        return None
    quotes, text = quotes_of(outline.lines[number - 1])
    if is_listed(text) or width_of(text):
        return _parent(outline, number, tagged, used)
    first, rows = _paragraph_above(outline, number, used)
    heading = headings.get(number - 1)
    if heading and not rows:
        return _Front(heading.line, heading.front, tagged, number + 1, heading=heading)
    below = outline.lines[number] if number < len(outline.lines) else ""
    if not rows or not below.strip():
        return None
    return _Front(first, rows, tagged, number + 1, quotes=quotes)


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
_PROPERTY = re.compile(r"\s*(?:[-*+]\s+)?[a-z][a-z0-9_-]{0,40}::(?:\s|$)")
_EMPTY_ITEM = re.compile(r"\s*[-*+]\s*$")


def _parent(outline: Outline, number: int, tagged: Tagged, used: int) -> _Front | None:
    """The list's item that ``number`` is a child or a further line of."""
    quotes, text = quotes_of(outline.lines[number - 1])
    for at in range(number - 1, max(used, number - _MOST_LINES), -1):
        around, above = quotes_of(outline.lines[at - 1])
        if around != quotes or not (is_listed(above) and width_of(above) < width_of(text)):
            continue
        begin = begin_of_text(outline.lines[at - 1])
        rows = cut(outline.lines, Span(at, number, begin, begin + 1, quotes=quotes))
        kept = [row for row in rows if not _PROPERTY.match(row.text)]
        kept = [row for row in kept if row.text.strip() and not _EMPTY_ITEM.match(row.text)]
        if kept:
            return _Front(at, tuple(kept), tagged, number + 1, width_of(above), quotes)
        return None
    return None


def _question(outline: Outline, front: _Front, limit: int) -> Question:
    below = front.below
    while below < limit and _PROPERTY.match(outline.lines[below - 1]):
        below += 1
    below, is_reverse = _below_mark(outline, below, limit)
    if front.indent >= 0:
        answer = _children(outline, front, below, limit)
    elif front.heading:
        answer = Span(below, max(min(front.heading.end, limit), below))
    else:
        end = max(min(outline.section_end(front.begin), limit), below)
        answer = stretched(outline, Span(below, end, quotes=front.quotes))
    is_reverse = is_reverse or front.tagged.is_reverse
    question = asked(front.rows, answer, line=front.begin, is_marked=True, is_reverse=is_reverse)
    tags = (*question.attributes.tags, *front.tagged.tags)
    question = replace(question, attributes=replace(question.attributes, tags=tags))
    return _without_properties(outline, question)


def _below_mark(outline: Outline, below: int, limit: int) -> tuple[int, bool]:
    """The line behind a ``?`` that stands next all the same, and whether it is ``??``."""
    for at in range(below, limit):
        text = outline.lines[at - 1].strip()
        if text:
            return (at + 1, text == "??") if text in ("?", "??") else (below, False)
    return below, False


def _without_properties(outline: Outline, question: Question) -> Question:
    """The question, its answer without the properties and the ids of the blocks in it."""
    rows = cut(outline.lines, question.answer)
    kept = [row for row in rows if not _is_property(outline, row)]
    if len(kept) == len(rows):
        return question
    if problem_with("\n".join(row.text for row in kept)) is not None:
        start = question.answer.start
        return replace(question, answer=replace(question.answer, end=start), direct=start)
    defining = {
        line for each in outline.document.definitions for line in range(each.start, each.end)
    }
    return replace(question, given=tuple(row for row in kept if row.number not in defining))


def _is_property(outline: Outline, row: Line) -> bool:
    is_one = _PROPERTY.match(row.text) or _BLOCK_ID.fullmatch(row.text)
    return is_one is not None and not outline.is_verbatim[row.number - 1]


_BLOCK_ID = re.compile(r"\s*\^[A-Za-z0-9-]+\s*")


def _children(outline: Outline, front: _Front, below: int, limit: int) -> Span:
    """All under a list's item that stands further right than its marker."""
    end, indent = below, 0
    for at in range(below, limit):
        quotes, text = quotes_of(outline.lines[at - 1])
        if not text.strip():
            continue
        if not outline.is_verbatim[at - 1] and width_of(text) <= front.indent:
            break
        if quotes < front.quotes:
            break
        indent = indent or width_of(text)
        end = at + 1
    return Span(below, end, indent, quotes=front.quotes)
