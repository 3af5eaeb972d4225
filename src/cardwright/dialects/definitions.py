"""Dialect ``definitions``: a term and its meaning, as in definition lists and glossaries.

These are ``<dt>``, a line with ``: `` under a term as in Pandoc, MkDocs and PHP Markdown Extra,
the entries of a glossary or of MyST's directive, and items over one item each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cardwright.dialects.endings import EndRule
from cardwright.dialects.glossary import nested_terms, of_a_glossary
from cardwright.dialects.glossary_directive import of_directives
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line

_TAG = re.compile(r"(?i)<d(?P<kind>[td])\b[^<>]*>\s*")
_CLOSING = re.compile(r"(?i)</d[dlt]>|<d[dt]\b")
_COLON = re.compile(r" {0,3}[:~][ \t]+(?=\S)")
_COLONS = (":", "~")
_INDENT = 4  # of further paragraphs of a definition
_LONGEST = 100
_CONTAINER = ":::"  # begins or ends a directive or a div


def definitions(outline: Outline) -> Sequence[Question]:
    """Return each term with its meaning. Several meanings are paragraphs of one answer."""
    found = [*_of_html(outline), *_of_colons(outline), *of_directives(outline)]
    return found or of_a_glossary(outline) or nested_terms(outline)


def _of_html(outline: Outline) -> Iterator[Question]:
    term, spans = Line("", 0), list[Span]()
    for number, line in outline.lines_with("<d", "<D"):
        for tag in _TAG.finditer("" if outline.is_verbatim[number - 1] else line):
            if tag["kind"] in "dD":
                spans.append(_to_the_end(outline, number, tag.end()))
                continue
            yield from _questions(outline, term, spans)
            over = _CLOSING.search(line, tag.end())
            text = line[tag.end() : over.start() if over else None].rstrip()
            term, spans = Line(text, number, tag.end() + 1), []
    yield from _questions(outline, term, spans)


def _to_the_end(outline: Outline, first: int, column: int) -> Span:
    """Return the text of a ``<dd>``, up to its end tag or a blank line below it."""
    indent = outline.rows[first].indent if first < len(outline.rows) else 0
    begin, said = column, ""
    for number in range(first, len(outline.lines) + 1):
        text = outline.lines[number - 1]
        if closing := _CLOSING.search(text, begin):
            until = begin + len(text[begin : closing.start()].rstrip()) + 1
            return Span(first, number + 1, indent, column + 1, until)
        if said and not text.strip():
            return Span(first, number, indent, column + 1)
        begin, said = 0, said or text[begin:].strip()
    return Span(first, len(outline.lines) + 1, indent, column + 1)


def _of_colons(outline: Outline) -> Iterator[Question]:
    over = 1
    for number, row in enumerate(outline.rows, 1):
        if row.text[:1] not in _COLONS or number < max(over, 2) or not _colon(outline, number):
            continue
        above = outline.rows[number - 2]
        above = outline.rows[number - 3] if above.is_blank and number > 2 else above
        if not _is_term(outline, above.number, over):
            continue
        over = _end(outline, number)
        starts = [at for at in range(number, over) if _colon(outline, at)]
        spans = [
            Span(start, end, _INDENT, _colon(outline, start) + 1)
            for start, end in pairwise([*starts, over])
        ]
        yield from _questions(outline, Line(above.text, above.number, above.offset + 1), spans)


def _colon(outline: Outline, number: int) -> int:
    """Return the number of characters that the mark before a definition takes, 0 for no mark."""
    colon = _COLON.match(outline.lines[number - 1])
    return colon.end() if colon and not outline.is_verbatim[number - 1] else 0


def _is_term(outline: Outline, number: int, over: int) -> bool:
    """Whether a line can be a term: alone or below a definition, short, at the left margin."""
    row = outline.rows[number - 1]
    is_plain = not (row.is_verbatim or row.marker or row.level or row.indent or row.quotes)
    is_first = number in (1, over) or outline.rows[number - 2].text[:3] in ("", _CONTAINER)
    return is_plain and is_first and 0 < len(row.text) < _LONGEST and row.text[0] not in ":|<"


def _end(outline: Outline, first: int) -> int:
    """Return the line after the definitions of a term that begin on line ``first``."""
    end, last = first + 1, len(outline.lines)
    for number in range(first + 1, last + 1):
        text = outline.lines[number - 1]
        if not text.strip():
            continue
        is_outside = text[0] not in " \t" and not _colon(outline, number)
        is_next = text.startswith(_CONTAINER) or (number < last and _colon(outline, number + 1))
        if is_outside and (number > end or is_next):
            return end
        end = number + 1
    return end


def _questions(outline: Outline, term: Line, spans: Sequence[Span]) -> Iterator[Question]:
    if not (term.text and spans):
        return
    first, *further = spans
    given = list(trimmed(cut(outline.lines, first))) if further else []
    for span in further:
        given += [Line("", span.start), *trimmed(cut(outline.lines, span))]
        first = first._replace(end=span.end, until=span.until, indent=0)
    rule = "a term of a definition list"
    yield asked([term], first, given=tuple(given), rule=rule, ending=EndRule.PIECE)
