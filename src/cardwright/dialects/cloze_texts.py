"""Finds the texts that can be a cloze note, and the marks that hide words in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from cardwright.blocks import Block
from cardwright.blocks.rows import Row
from cardwright.dialects.answer import kept_lines
from cardwright.dialects.deletions import Marks, find_deletions
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.flashcards.blocks import anki_blocks
from cardwright.dialects.flashcards.card_signs import CardSigns, card_signs_of
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.text.order import count_between, with_next
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.model import Line
from cardwright.wording import read_wording
from cardwright.wording.signs import COLON, SECOND_OPTION
from cardwright.wording.words import Concept, concepts_of, phrases


@dataclass(frozen=True, slots=True)
class Text:
    """Lines ``start`` to ``end`` (not included) of a file that make one note, as ``rows``.

    ``below`` is the text that belongs to it, and ``marks`` are those that count in it.
    ``is_labelled`` says that a label makes it a cloze note.
    """

    start: int
    end: int
    rows: tuple[Line, ...]
    below: Span
    marks: Marks
    is_labelled: bool = False


NAME = "cloze"
_TEMPLATE = re.compile(r"\{%|<%|\{\{(?:[#/^>!-]|\s*[\w.]+\s*(?:\||\.\w)|\s*(?:title|date|time)\b)")
"""Tags that Jinja, Liquid, Handlebars, MediaWiki and Obsidian put into a page."""


def cloze_texts(outline: Outline) -> Iterator[Text]:
    """Yield the texts after a label, those to fill in, and the others with a sign of a deletion.

    Highlights are deletions in a file that is learned with a plugin of Obsidian, where its tags
    apply. Such a file has cards, tags of cards or schedules. Or its front matter has
    ``cards-deck``. Then single braces are deletions, too. A schedule or ``{{1;;a}}`` also makes
    deletions of ``{{a}}``, but not in a template. If the settings name this dialect, all of these
    are deletions.
    """
    deck, is_named = outline.once(card_signs_of), NAME in outline.named
    has_cards = _has_cards(outline, deck)
    is_template = outline.holds("{%", "<%", "{{") and any(map(_TEMPLATE.search, outline.lines))
    is_bare = deck.has_schedule or is_named or (deck.is_learned and outline.holds("{{1;;"))
    marks = Marks(
        has_bare=is_bare and not is_template,
        has_highlights=is_named or deck.is_learned or has_cards,
        has_curls=is_named or deck.has_setting,
    )
    sure = [*_labelled(outline, marks), *_fill_in_texts(outline)]
    yield from sure
    taken = {line for text in sure for line in range(text.start, text.end)}
    is_whole = not deck.tags or has_cards or is_named
    for text in _unlabelled(outline, marks):
        if text.start not in taken:
            is_held = is_whole or deck.holds(text.start, text.end)
            yield text if is_held else replace(text, marks=replace(marks, has_highlights=False))


def _has_cards(outline: Outline, deck: CardSigns) -> bool:
    """Whether a file has separators of Obsidian's plugin: two in a line, or one beside a tag."""
    rows = [row for row in outline.rows if not row.is_verbatim]
    fewest = 1 if deck.is_whole or deck.tags else 2
    inline = (row for row in rows if "::" in row.text and has_colons(row.text))
    is_alone = any(row.text in ("?", "??") and not row.marker for row in rows)
    return is_alone or len(list(islice(inline, fewest))) == fewest


_LEAVES = frozenset({"paragraph", "heading", "formula", "table"})
_LISTS = frozenset({"bullet_list", "ordered_list"})
_HINT = re.compile(r"(?i)\[!(?:hint|extra)\]")


def _unlabelled(outline: Outline, marks: Marks) -> Iterator[Text]:
    """Yield tables, headings, and paragraphs with the formulas beside them, if they have a sign."""
    signs = ["{{" if marks.has_bare else "{{c"]
    signs += (["=="] if marks.has_highlights else []) + (["{"] if marks.has_curls else [])
    able = [number for number, _ in outline.lines_with(*signs)]
    waiting = [(outline.document.blocks, Span(0, 0))] if able else []
    while waiting:
        blocks, around = waiting.pop()
        end = 0
        for at, block in enumerate(blocks):
            if at < end:
                continue
            end = _glued(blocks, at)
            last = blocks[end - 1].end
            if not count_between(able, block.start, last):
                continue
            if block.kind in _LEAVES:
                rows = tuple(_rows(outline, blocks[at:end], around))
                if not any(row.text.strip() in ("?", "??") for row in rows):  # no card as well
                    below = _below(blocks, at, end, around)
                    yield Text(block.start, last, rows, below, marks)
            elif block.kind == "blockquote":
                waiting.append((block.children, Span(0, 0, quotes=around.quotes + 1)))
            elif block.kind in _LISTS:
                waiting += (
                    (item.children, Span(0, item.end, item.indent, quotes=around.quotes))
                    for item in block.children
                )


def _glued(blocks: Sequence[Block], at: int) -> int:
    """Return the index after the blocks that form one text with block ``at``, such as formulas."""
    for end in range(at + 1, len(blocks)):
        one, other = blocks[end - 1], blocks[end]
        if one.end < other.start or "formula" not in (one.kind, other.kind):
            return end
    return len(blocks)


def _rows(outline: Outline, blocks: Sequence[Block], around: Span) -> Iterator[Line]:
    """Yield the lines of blocks without the marks of the containers around them."""
    for block in blocks:
        if block.kind not in ("paragraph", "heading"):
            span = Span(block.start, block.end, around.indent, quotes=around.quotes)
            yield from cut(outline.lines, span)
            continue
        for number, part in enumerate(block.text.split("\n"), block.start):
            column = outline.lines[number - 1].rfind(part.strip()) + 1
            yield Line(part.lstrip(), number, max(column, 1))


def _below(blocks: Sequence[Block], at: int, end: int, around: Span) -> Span:
    """Return the rest of a list item that begins with the text, else the hints right after it."""
    start = last = blocks[end - 1].end
    if at == 0 and around.end > start:
        last = around.end
    for block in (blocks[index] for index in range(end, len(blocks))):
        is_quote = block.kind == "blockquote" and bool(block.children)
        if last == around.end or not (is_quote and _HINT.match(block.children[0].text)):
            break
        last = block.end
    return (
        Span(start, last, around.indent, quotes=around.quotes)
        if last > start
        else nothing_at(start)
    )


_LABEL = re.compile(r"C:(?:[ \t]+|$)")
_NEXT = re.compile(r"[QC]:(?:\s|$)")
_OPTION = re.compile(SECOND_OPTION)


def _labelled(outline: Outline, marks: Marks) -> Iterator[Text]:
    """Yield the texts after ``C:`` and those of cloze blocks."""
    brackets = replace(marks, has_brackets=True, labels=outline.document.definitions.keys())
    hashcards = list(_hashcards(outline, brackets))
    if any(find_deletions(text.rows, brackets).deletions for text in hashcards):
        yield from hashcards
    curls = replace(marks, has_curls=True, has_bare=True)
    for block in outline.once(anki_blocks):
        if block.is_cloze:
            below = block.back or nothing_at(block.end)
            yield Text(block.start, block.end, block.text, below, curls, is_labelled=True)


def _hashcards(outline: Outline, marks: Marks) -> Iterator[Text]:
    """Yield the cards of hashcards (its README), each up to the next one, a rule or a heading."""
    able = (outline.rows[number - 1] for number, _ in outline.lines_with("Q:", "C:"))
    stops = [row.number for row in able if not row.is_verbatim and _NEXT.match(row.text)]
    for number, following in with_next(stops):
        label = _LABEL.match(outline.lines[number - 1])
        above = outline.rows[max(number - 4, 0) : number - 1]
        if label is None or any(_OPTION.match(row.text) for row in above):
            continue
        body = Body(number, number + 1, following or 0, level=6)
        end = end_of_answer(outline, body, {EndRule.RULE, EndRule.HEADING}).line
        rows = cut(outline.lines, Span(number, end, column=label.end() + 1))
        rows = [row for row in rows if row.number not in outline.document.defining_lines]
        kept = kept_lines([row.text for row in rows])
        text = tuple(rows[at] for at in kept)
        yield Text(number, end, text, nothing_at(end), marks, is_labelled=True)


_FILLED = Marks(has_filled=True)
_REMARK = re.compile(r"[（(][^()（）]*[)）]\s*$")
_LONGEST_TITLE = 60


def _fill_in_texts(outline: Outline) -> Iterator[Text]:
    """Yield the items of sections titled "Fill in the blanks" in which most have a filled gap."""
    for start, end in _fill_in_sections(outline):
        rows = outline.rows[start - 1 : end - 1]
        items = [row for row in rows if row.marker and not row.level]
        least = min((row.indent for row in items), default=0)
        items = [row for row in items if row.indent == least]
        texts = [
            _paragraph(outline, row, after.number if after else end)
            for row, after in with_next(items)
        ]
        able = [text for text in texts if find_deletions(text.rows, _FILLED).deletions]
        if len(able) > 1 and len(able) * 2 > len(texts):
            yield from able


def _fill_in_sections(outline: Outline) -> Iterator[tuple[int, int]]:
    """Yield the lines from below a title to its section's end.

    A title is a heading, or a short line that is counted like the parts of an exam.
    """
    short = (row for row in outline.rows if 0 < len(row.text) <= _LONGEST_TITLE)
    able = [row for row in short if not row.is_verbatim and (row.level or not row.marker)]
    text = "\n".join([row.text for row in able]).casefold()
    if not any(words in text for words in _shortest_titles()):
        return  # as in most files
    titles = [row for row in able if row.level or read_wording(row.text).number]
    for row, after in with_next(titles):
        end = after.number if after else len(outline.lines) + 1
        title = _REMARK.sub("", read_wording(row.text).text)
        names = {title, re.split(COLON, title)[-1]}
        if any(Concept.FILL_IN in concepts_of(name) for name in names):
            yield row.number + 1, end


@cache
def _shortest_titles() -> tuple[str, ...]:
    """Return the titles that contain no other one: "fill in", but not "fill in the blanks"."""
    titles = phrases(Concept.FILL_IN)
    return tuple(t for t in titles if not any(each in t for each in titles - {t}))


def _paragraph(outline: Outline, row: Row, end: int) -> Text:
    """Return the paragraph of an item."""
    last = row.number + 1
    while last < end and not outline.rows[last - 1].is_blank:
        last += 1
    rows = cut(outline.lines, Span(row.number, last, row.width, row.offset + 1, 0, row.quotes))
    return Text(row.number, last, tuple(rows), nothing_at(last), _FILLED)
