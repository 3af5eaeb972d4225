"""Reads the terms of MyST's directive ``{glossary}`` (MyST's guide, "Glossaries and terms").

In it, a term begins at the left margin, and its definition is indented below it. Several terms may
share one definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cardwright.blocks.rows import Row
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, width_of
from cardwright.model import Line
from cardwright.wording.signs import FENCE

_OPENS = re.compile(rf"(?P<marks>{FENCE}|:{{3,}})[ \t]*\{{glossary\}}[ \t]*$")
_OPTION = re.compile(r":[a-z][\w-]*:(?:[ \t]|$)")


def of_directives(outline: Outline) -> Iterator[Question]:
    """Yield each term of all directives with its definition."""
    end = 0
    fences = {start for start, _ in outline.document.verbatim}
    for number, text in outline.lines_with("{glossary}"):
        opening = _OPENS.match(text)
        is_shown = outline.is_verbatim[number - 1] and number not in fences  # in other code
        if opening is None or number < end or is_shown:
            continue
        closing = re.compile(rf"{re.escape(opening['marks'])}{opening['marks'][0]}*[ \t]*$")
        below = range(number, len(outline.lines))
        end = next((at + 1 for at in below if closing.match(outline.lines[at])), 0)
        if end:
            yield from _terms(outline.rows[number : end - 1])


def _terms(rows: Sequence[Row]) -> Iterator[Question]:
    terms: list[Line] = []
    meaning: list[Row] = []
    for row in (*rows, Row(rows[-1].number + 1, raw="end")) if rows else ():
        is_term = row.raw[:1].strip() != ""
        if is_term and meaning:
            width = width_of(meaning[0].raw)
            span = Span(meaning[0].number, row.number, width)
            yield asked(terms, span, rule="a term of a glossary", ending=EndRule.PIECE)
            terms, meaning = [], []
        if is_term and not _OPTION.match(row.raw):
            terms.append(Line(row.raw.rstrip(), row.number, 1))
        elif terms and (meaning or row.raw.strip()):
            meaning.append(row)
