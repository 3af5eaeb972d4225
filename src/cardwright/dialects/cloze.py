"""Dialect ``cloze``: a text that hides pieces of itself, ``A {{c1::leaf}} makes sugar.``"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from cardwright.blocks import Block, title_of
from cardwright.dialects.answers.answer import kept_lines, problem_with
from cardwright.dialects.deletions import Marks, find_deletions
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.flashcards.blocks import anki_blocks
from cardwright.dialects.flashcards.card_signs import CardSigns, card_signs_of, explains_cards
from cardwright.dialects.flashcards.colons import colons_in, has_colons
from cardwright.dialects.flashcards.tags import untagged
from cardwright.dialects.flashcards.traces import answered_by, without_traces
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, cut, nothing_at, trimmed
from cardwright.model import Line


@dataclass(frozen=True, slots=True)
class Text:
    """Lines ``start`` to ``end`` (not included) of a file that make one note, as ``rows``.

    ``below`` is what comes with it; ``is_labelled`` says that a label makes a cloze note of it.
    """

    start: int
    end: int
    rows: tuple[Line, ...]
    below: Span
    is_labelled: bool = False


_LEAVES = frozenset({"paragraph", "heading", "formula", "table"})
_LISTS = frozenset({"bullet_list", "ordered_list"})
_HINT = re.compile(r"(?i)\[!(?:hint|extra)\]")


def texts(outline: Outline, signs: Sequence[str]) -> Iterator[Text]:
    """They are paragraphs with the formulas next to them, tables and headings. Only those that
    hold one of ``signs`` are returned.
    """
    waiting = [(outline.document.blocks, Span(0, 0))] if outline.holds(*signs) else []
    while waiting:
        blocks, around = waiting.pop()
        end = 0
        for at, block in enumerate(blocks):
            if at < end:
                continue
            end = _glued(blocks, at)
            last = blocks[end - 1].end
            lines = outline.lines[block.start - 1 : last - 1]
            if not any(sign in line for line in lines for sign in signs):
                continue
            if block.kind in _LEAVES:
                rows = tuple(_rows(outline, blocks[at:end], around))
                if not any(row.text.strip() in ("?", "??") for row in rows):  # no card as well
                    below = _below(blocks, at, end, around)
                    yield Text(block.start, last, rows, below)
            elif block.kind == "blockquote":
                waiting.append((block.children, Span(0, 0, quotes=around.quotes + 1)))
            elif block.kind in _LISTS:
                waiting += (
                    (item.children, Span(0, item.end, item.indent, quotes=around.quotes))
                    for item in block.children
                )


def _glued(blocks: Sequence[Block], at: int) -> int:
    """The index behind the last block that makes one text with block ``at``: a formula in the
    lines of a paragraph does.
    """
    for end in range(at + 1, len(blocks)):
        one, other = blocks[end - 1], blocks[end]
        if one.end < other.start or "formula" not in (one.kind, other.kind):
            return end
    return len(blocks)


def _rows(outline: Outline, blocks: Sequence[Block], around: Span) -> Iterator[Line]:
    """The lines of blocks without the marks of the containers around them."""
    for block in blocks:
        if block.kind not in ("paragraph", "heading"):
            span = Span(block.start, block.end, around.indent, quotes=around.quotes)
            yield from cut(outline.lines, span)
            continue
        for number, part in enumerate(block.text.split("\n"), block.start):
            column = outline.lines[number - 1].rfind(part.strip()) + 1
            yield Line(part.lstrip(), number, max(column, 1))


def _below(blocks: Sequence[Block], at: int, end: int, around: Span) -> Span:
    """The rest of a list item that begins with the text, else the hints right behind it."""
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
_OPTION = re.compile(r"\s*B[:.)]\s")


def labelled_texts(outline: Outline, marks: Marks) -> Iterator[tuple[Text, Marks]]:
    """The texts behind ``C:`` with brackets for deletions, and those of the blocks of clozes with
    braces, each with the marks that count in it.
    """
    labels = frozenset(each.label for each in outline.document.definitions)
    brackets = replace(marks, has_brackets=True, labels=labels)
    hashcards = list(_hashcards(outline))
    if any(find_deletions(text.rows, brackets).deletions for text in hashcards):
        yield from ((text, brackets) for text in hashcards)
    curls = replace(marks, has_curls=True, has_bare=True)
    for block in anki_blocks(outline):
        if block.is_cloze:
            below = block.back or nothing_at(block.end)
            yield Text(block.start, block.end, block.text, below, is_labelled=True), curls


def _hashcards(outline: Outline) -> Iterator[Text]:
    """A card goes to the next one, to a rule or to the next heading (hashcards' README)."""
    definitions = outline.document.definitions
    defining = {line for each in definitions for line in range(each.start, each.end)}
    stops = [
        row.number
        for row in (outline.rows if outline.holds("C:") else ())
        if not row.is_verbatim and _NEXT.match(row.text)
    ]
    for number, following in zip(stops, [*stops[1:], 0], strict=False):
        label = _LABEL.match(outline.lines[number - 1])
        above = outline.rows[max(number - 4, 0) : number - 1]
        if label is None or any(_OPTION.match(row.text) for row in above):
            continue
        body = Body(number, number + 1, following, level=6)
        end = end_of_answer(outline, body, {EndRule.RULE, EndRule.HEADING}).line
        rows = cut(outline.lines, Span(number, end, column=label.end() + 1))
        rows = [row for row in rows if row.number not in defining]
        kept = kept_lines([row.text for row in rows])
        yield Text(number, end, tuple(rows[at] for at in kept), nothing_at(end), is_labelled=True)


_TEMPLATE = re.compile(r"\{%|<%|\{\{(?:[#/^>!-]|\s*[\w.]+\s*(?:\||\.\w)|\s*(?:title|date|time)\b)")
"""What Jinja, Liquid, Handlebars, MediaWiki and Obsidian put into a page."""
NAME = "cloze"


def known_marks(outline: Outline) -> tuple[Marks, CardSigns]:
    """The marks of a document, and what it says of its cards.

    Highlights are deletions in a vault whose files are learned with a plugin of Obsidian: one
    with tags of cards, schedules, its separators (two in a line, or one beside the tag of a deck),
    or ``cards-deck`` in the front matter, where single braces are deletions too; a schedule also
    makes deletions of ``{{a}}``, but in no template. All are where the settings name this dialect.
    """
    deck = card_signs_of(outline)
    is_named = NAME in outline.named
    is_tagged = deck.is_whole or bool(deck.tags)
    rows = [row for row in outline.rows if not row.is_verbatim]
    fewest = 1 if is_tagged else 2
    inline = (row for row in rows if "::" in row.text and has_colons(row.text))
    has_cards = any(row.text in ("?", "??") and not row.marker for row in rows)
    has_cards = has_cards or len(list(islice(inline, fewest))) == fewest
    is_template = outline.holds("{%", "<%", "{{") and any(map(_TEMPLATE.search, outline.lines))
    marks = Marks(
        has_bare=(deck.has_schedule or is_named) and not is_template,
        has_highlights=is_named or deck.is_learned or has_cards,
        has_curls=is_named or deck.has_setting,
    )
    return marks, replace(deck, is_whole=deck.is_whole or has_cards)


def signs_of(marks: Marks) -> list[str]:
    """What a text holds that may have a deletion."""
    signs = ["{{c"]
    signs += (["=="] if marks.has_highlights else []) + (["{"] if marks.has_curls else [])
    return [*signs, "{{"] if marks.has_bare else signs


def marks_in(outline: Outline, text: Text, marks: Marks, deck: CardSigns) -> Marks:
    """The marks that count in a text: highlights only where the document's tags hold."""
    is_held = not deck.tags or NAME in outline.named or deck.holds(text.start, text.end)
    return replace(marks, has_highlights=marks.has_highlights and is_held)


def cloze(outline: Outline) -> tuple[Question, ...]:
    """The texts with a deletion: paragraphs, list items, tables, and what a label begins.

    What stands under one in its list item comes with it, up to the next.
    """
    return outline.once(_cloze)


def _cloze(outline: Outline) -> tuple[Question, ...]:
    if explains_cards(outline):
        return ()
    marks, deck = known_marks(outline)
    labelled = list(labelled_texts(outline, marks))
    taken = {line for text, _ in labelled for line in range(text.start, text.end)}
    others = (
        (text, marks_in(outline, text, marks, deck))
        for text in texts(outline, signs_of(marks))
        if text.start not in taken
    )
    found = (_question(text, its_marks) for text, its_marks in (*labelled, *others))
    questions = sorted((each for each in found if each), key=lambda question: question.line)
    nexts = [*(question.line for question in questions[1:]), len(outline.lines) + 1]
    return tuple(
        question.until(following) if following < question.answer.end else question
        for question, following in zip(questions, nexts, strict=False)
    )


_CALLOUT = re.compile(r"\s*\[![\w-]+\]")
_BOX = re.compile(r"\s*\[[ xX]\][ \t]+(?=\S)")


def _bare_rows(text: Text) -> tuple[list[Line], tuple[str, ...]]:
    """The rows without a callout's title, a task's box, and what tools keep in them; their tags."""
    rows = text.rows[1:] if _CALLOUT.match(text.rows[0].text) else text.rows
    kept: list[Line] = []
    tags: list[str] = []
    for row in trimmed(without_traces(rows)):
        box = None if kept else _BOX.match(row.text)
        begin = box.end() if box else 0
        tagged = untagged(row.text[begin:])
        tags += tagged.tags if tagged.is_card else ()
        if tagged.text.strip() or not tagged.is_card:
            column = row.column + begin + (tagged.offset if tagged.is_card else 0)
            kept.append(Line(tagged.text, row.number, column))
    return kept, tuple(dict.fromkeys(tags))


def _question(text: Text, marks: Marks) -> Question | None:
    """The question of a text, ``None`` where nothing in it is or was meant to be hidden."""
    rows, tags = _bare_rows(text) if text.rows else ([], ())
    if not rows:
        return None
    last, attributes = split_attributes(rows[-1].text)
    rows[-1] = rows[-1]._replace(text=last)
    if marks.has_highlights and any(colons_in(_HIGHLIGHT.sub("==", row.text)) for row in rows):
        marks = replace(marks, has_highlights=False)
    hidden = find_deletions(rows, marks)
    if not (hidden.deletions or hidden.flaws or text.is_labelled):
        return None
    return Question(
        text.start,
        tuple(rows),
        text.below,
        is_marked=True,
        attributes=replace(attributes, tags=tuple(dict.fromkeys((*attributes.tags, *tags)))),
        direct=text.below.end,
        cloze=hidden,
        rule="a label" if text.is_labelled else "marks of deletions in it",
        ending=EndRule.PIECE,
    )


_HIGHLIGHT = re.compile(r"==[^=]+==")


_ANKIS = re.compile(r"\{\{c\d{1,3}::")
_FEWEST = 2


def with_clozes(outline: Outline, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions; of those that headings ask, what hides a piece of itself becomes a note.

    The rest of the text still answers, where there is any. A heading that hides a piece is the
    note, and what stands under it comes with it.
    """
    sure = _sure(outline)
    if not sure:
        return questions
    lines = [each.line for each in sure]
    ends = {heading.line: heading.end for heading in outline.headings}
    nexts = [*(question.line for question in questions if not question.is_cloze), 0]
    found = {question.line: question for question in questions if question.is_cloze}
    for question in questions:
        if question.is_cloze:
            continue
        following = nexts[bisect_left(nexts, question.line, hi=len(nexts) - 1) + 1]
        end = min(ends.get(question.line, 0), following or len(outline.lines) + 1)
        inside = sure[bisect_left(lines, question.line) : bisect_left(lines, end)]
        if inside and inside[0].line == question.line:
            first = inside.pop(0)
            end = inside[0].line if inside else end
            answer = question.until(end).answer
            found[first.line] = first._replace(answer=answer, direct=answer.end)
        elif inside:
            answer = question.answer._replace(end=end, until=0)
            rest = _without(outline, question._replace(answer=answer), inside)
            if rest is not None:
                found[question.line] = rest
                outer = (title_of(question.front[0]),)
                inside = [each._replace(outer=outer) for each in inside]
        else:
            found[question.line] = question
        found.update((each.line, each) for each in inside)
    return tuple(found[line] for line in sorted(found))


def _sure(outline: Outline) -> list[Question]:
    """The notes with Anki's own marks, and those behind ``C:`` where that is no accident."""
    notes = [each for each in cloze(outline) if each.cloze and each.cloze.deletions]
    ankis = {each.line for each in notes if _ANKIS.search(each.text)}
    labelled = {each.line for each in notes if outline.rows[each.line - 1].text.startswith("C:")}
    cards = sum(row.text.startswith("Q:") and not row.is_verbatim for row in outline.rows)
    if ankis or len(labelled) + cards >= _FEWEST:
        ankis |= labelled
    return [note for note in notes if note.line in ankis]


def _without(outline: Outline, question: Question, inside: Sequence[Question]) -> Question | None:
    """The question, its answer without the notes in it, ``None`` where nothing else answers."""
    taken = {
        line
        for note in inside
        for line in range(note.line, max(note.front[-1].number + 1, note.answer.end))
    }
    rows = cut(outline.lines, question.answer)
    kept = [row for row in rows if row.number not in taken]
    if problem_with("\n".join(row.text for row in kept)) is not None:
        return None
    return answered_by(outline, question, kept)
