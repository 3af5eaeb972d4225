"""Dialect ``definitions``: a term and what it means, as definition lists have them.

That is ``<dt>`` and ``<dd>`` of HTML, and a line with ``: `` under a term, as Pandoc and PHP
Markdown Extra write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.model import Line

_TERM = re.compile(r"(?i)<dt\b[^<>]*>(?P<text>.*?)\s*(?=</dt>|<dd\b|$)")
_MEANING = re.compile(r"(?i)<dd\b[^<>]*>\s*")
_CLOSING = re.compile(r"(?i)\s*(?:</dd>|</dl>|<dt\b)")
_COLON = re.compile(r" {0,3}[:~][ \t]+(?=\S)")


def definitions(outline: Outline) -> tuple[Question, ...]:
    """Each term with its meaning."""
    found = [*_of_html(outline), *_of_colons(outline)]
    return tuple(sorted(found, key=lambda question: question.line))


def _of_html(outline: Outline) -> Iterator[Question]:
    term: Line | None = None
    for row in outline.rows:
        line = outline.lines[row.number - 1]
        if row.is_verbatim or "<" not in line:
            continue
        opening = _TERM.search(line)
        if opening is not None:
            term = Line(opening["text"].strip(), row.number, opening.start("text") + 1)
        meaning = _MEANING.search(line)
        if meaning is not None and term is not None and term.text:
            yield _question(term, _to_the_end(outline, row.number, meaning.end()))
            term = None


def _to_the_end(outline: Outline, first: int, column: int) -> Span:
    """The text of a ``<dd>``, to its end tag or to what follows it."""
    for number in range(first, len(outline.lines) + 1):
        text = outline.lines[number - 1]
        closing = _CLOSING.search(text, column if number == first else 0)
        if closing is not None:
            return Span(first, number + 1, column=column + 1, until=closing.start() + 1)
        if not text.strip():
            return Span(first, number, column=column + 1)
    return Span(first, len(outline.lines) + 1, column=column + 1)


def _of_colons(outline: Outline) -> Iterator[Question]:
    rows = outline.rows
    for above, row in pairwise(rows):
        colon = _COLON.match(outline.lines[row.number - 1]) if row.text[:1] in ":~" else None
        if colon is None or row.is_verbatim or not _is_term(outline, above.number):
            continue
        end = row.number + 1
        while end <= len(rows) and not rows[end - 1].is_blank and not _starts_term(outline, end):
            end += 1
        span = Span(row.number, end, column=colon.end() + 1)
        yield _question(Line(above.text, above.number, above.offset + 1), span)


def _is_term(outline: Outline, number: int) -> bool:
    """Whether a line can be a term: alone, short, at the left margin."""
    row = outline.rows[number - 1]
    is_plain = not (row.is_verbatim or row.marker or row.level or row.indent or row.quotes)
    is_first = number == 1 or outline.rows[number - 2].is_blank
    return is_plain and is_first and 0 < len(row.text) < _LONGEST and row.text[0] not in ":|<"


_LONGEST = 100


def _starts_term(outline: Outline, number: int) -> bool:
    return _COLON.match(outline.lines[number - 1]) is not None


def _question(term: Line, span: Span) -> Question:
    return asked([term], span, rule="a term of a definition list", ending=EndRule.PIECE)
