"""Finds cards in code that is called ``anki`` or ``flashcard``: ``front: …`` over ``back: …``.

Several plugins of Obsidian have them. They read the code as YAML, so the text of a field may be
quoted, or indented below ``front: |``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cardwright.blocks.fences import fenced_blocks
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.wording.signs import COLON, FENCE
from cardwright.wording.words import Concept, alternatives, lazy_pattern

_NAMES = ("anki", "card")
_OPENING = re.compile(rf"(?i) {{0,3}}(?:{FENCE})[ \t]*(?:anki|(?:flash)?cards?)[ \t]*")
_FIELD = lazy_pattern(
    rf"(?i)(?:(?P<front>{alternatives(Concept.FRONT, Concept.QUESTION, Concept.ASKING_LETTER)})"
    rf"|(?P<back>{alternatives(Concept.BACK, Concept.ANSWER, Concept.ANSWERING_LETTER)})"
    rf"|(?:note[ _]?)?type|deck|tags?|topic|n?id){COLON}[ \t]*(?:[|>][+-]?[ \t]*$)?|-{{3}}[ \t]*$"
)
_QUOTED = re.compile(r"([\"'])(?P<text>.*)\1\s*$")
_RULE = "a field in code for flashcards"


def fenced_cards(outline: Outline) -> Iterator[Question]:
    """Yield the cards of all such code."""
    for start, end in fenced_blocks(outline.lines) if outline.holds(*_NAMES) else ():
        if _OPENING.fullmatch(outline.lines[start]):
            yield from _cards(outline, start + 2, end)


def _cards(outline: Outline, first: int, end: int) -> Iterator[Question]:
    """Yield the cards in the lines of some code, each a front with the back that follows it."""
    texts = enumerate(outline.lines[first - 1 : end - 1], first)
    fields = [(at, named) for at, text in texts if (named := _FIELD.match(text))]
    placed = [
        (named, _text_of(outline, at, named, below[0] if below else end))
        for (at, named), below in with_next(fields)
    ]
    for (front, asking), (back, answer) in pairwise(placed):
        rows = trimmed(cut(outline.lines, asking))
        if front["front"] and back["back"] and rows:
            yield asked(
                rows, answer, line=asking.start, is_marked=True, rule=_RULE, ending=EndRule.PIECE
            )


def _text_of(outline: Outline, line: int, named: re.Match[str], end: int) -> Span:
    """Return the text of a field that begins on ``line``, without quotation marks around it."""
    text, column = outline.lines[line - 1], named.end() + 1
    if quoted := _QUOTED.match(text, named.end()):
        return Span(line, line + 1, column=column + 1, until=quoted.end("text") + 1)
    if text[named.end() :].strip():
        return Span(line, end, column=column)
    below = (row.indent for row in outline.rows[line : end - 1] if row.text)
    return Span(line + 1, end, next(below, 0))
