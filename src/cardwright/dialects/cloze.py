"""Dialect ``cloze``: a text that hides some of its words, ``A {{c1::leaf}} makes sugar.``"""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.dialects.cloze_texts import Text, cloze_texts
from cardwright.dialects.deletions import find_deletions
from cardwright.dialects.endings import EndRule
from cardwright.dialects.flashcards.card_signs import explains_cards
from cardwright.dialects.flashcards.colons import colons_in
from cardwright.dialects.flashcards.tags import untagged
from cardwright.dialects.flashcards.traces import without_traces
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.question import Outline, Question, ended_at_next
from cardwright.dialects.text.span import trimmed
from cardwright.model import Line

_CALLOUT = re.compile(r"\s*\[![\w-]+\]")
_HIGHLIGHT = re.compile(r"==[^=]+==")


def cloze(outline: Outline) -> tuple[Question, ...]:
    """Return the texts with a deletion: paragraphs, list items, tables, and texts after a label.

    The text below such a text in its list item belongs to it, up to the next one.
    """
    if outline.once(explains_cards):
        return ()
    return tuple(ended_at_next(filter(None, map(_question, cloze_texts(outline)))))


def _bare_rows(text: Text) -> tuple[list[Line], list[str]]:
    """Return the rows without titles of callouts and traces; and their tags."""
    rows = text.rows[1:] if _CALLOUT.match(text.rows[0].text) else text.rows
    kept: list[Line] = []
    tags: list[str] = []
    for row in trimmed(without_traces(rows)):
        tagged = untagged(row.text)
        tags += tagged.tags
        if tagged.text.strip() or not tagged.is_card:
            kept.append(Line(tagged.text, row.number, row.column + tagged.offset))
    return kept, tags


def _question(text: Text) -> Question | None:
    """Return the question of a text, ``None`` if it hides nothing and was not meant to."""
    rows, tags = _bare_rows(text) if text.rows else ([], [])
    if not rows:
        return None
    last, attributes = split_attributes(rows[-1].text)
    rows[-1] = rows[-1]._replace(text=last)
    marks = text.marks
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
        rule="a label" if text.is_labelled else text.marks.rule,
        ending=EndRule.PIECE,
    )
