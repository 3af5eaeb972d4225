"""Cloze notes that a label begins: ``C:`` of hashcards, ``START`` of "Obsidian to Anki"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.clozes.deletions import Marks, find_deletions
from cardwright.dialects.clozes.texts import Text
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.flashcards.blocks import anki_blocks
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, nothing_at

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
        for row in outline.rows
        if not row.is_verbatim
        and (_NEXT.match(row.text) or ("{{c" in row.text and _is_other(outline, row.number)))
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


def _is_other(outline: Outline, number: int) -> bool:
    """Whether a text with marks of its own begins."""
    text = outline.lines[number - 1]
    is_marked = "{{c1::" in text or "{{cloze " in text
    return is_marked and not outline.lines[number - 2].strip()
