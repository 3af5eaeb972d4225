"""Dialect ``definitions``: a term and what it means, as definition lists and glossaries have them.

That is ``<dt>`` and ``<dd>`` of HTML, and a line with ``: `` under a term, as Pandoc, MkDocs and
PHP Markdown Extra write it. Where the title or the file's name says that it has terms, it is
``**Term**: meaning`` and its like as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath

from cardwright.blocks.rows import Row
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording.titles import names_terms

_TAG = re.compile(r"(?i)<d(?P<kind>[td])\b[^<>]*>\s*")
_CLOSING = re.compile(r"(?i)</d[dlt]>|<d[dt]\b")
_COLON = re.compile(r" {0,3}[:~][ \t]+(?=\S)")
_COLONS = (":", "~")
_INDENT = 4  # of further paragraphs of a definition
_LONGEST = 100


def definitions(outline: Outline) -> tuple[Question, ...]:
    """Each term with its meaning; several meanings are paragraphs of one answer."""
    found = [*_of_html(outline), *_of_colons(outline)]
    found = found or _of_a_glossary(outline)
    return tuple(sorted(found, key=lambda question: question.line))


def _of_html(outline: Outline) -> Iterator[Question]:
    term, spans = Line("", 0), list[Span]()
    for row in outline.rows if outline.holds("<d", "<D") else ():
        line = outline.lines[row.number - 1]
        for tag in _TAG.finditer("" if row.is_verbatim else line):
            if tag["kind"] in "dD":
                spans.append(_to_the_end(outline, row.number, tag.end()))
                continue
            yield from _questions(outline, term, spans)
            over = _CLOSING.search(line, tag.end())
            text = line[tag.end() : over.start() if over else None].rstrip()
            term, spans = Line(text, row.number, tag.end() + 1), []
    yield from _questions(outline, term, spans)


def _to_the_end(outline: Outline, first: int, column: int) -> Span:
    """The text of a ``<dd>``, to its end tag or to a blank line below it."""
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
    for row in outline.rows:
        number = row.number
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
    """How many characters before a definition its mark takes, 0 where a line has none."""
    row = outline.rows[number - 1]
    is_one = row.text[:1] in _COLONS and not row.is_verbatim
    colon = _COLON.match(outline.lines[number - 1]) if is_one else None
    return colon.end() if colon else 0


def _is_term(outline: Outline, number: int, over: int) -> bool:
    """Whether a line can be a term: alone or below a definition, short, at the left margin."""
    row = outline.rows[number - 1]
    is_plain = not (row.is_verbatim or row.marker or row.level or row.indent or row.quotes)
    is_first = number in (1, over) or outline.rows[number - 2].is_blank
    return is_plain and is_first and 0 < len(row.text) < _LONGEST and row.text[0] not in ":|<"


def _end(outline: Outline, first: int) -> int:
    """The line at which the definitions of a term are over that begin on line ``first``."""
    end, last = first + 1, len(outline.lines)
    for number in range(first + 1, last + 1):
        text = outline.lines[number - 1]
        if not text.strip():
            continue
        is_outside = text[0] not in " \t" and not _colon(outline, number)
        if is_outside and (number > end or (number < last and _colon(outline, number + 1))):
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


_FEWEST = 3
_MOST = 0.6
"""So many terms make a glossary. With fewer in bold, they are also this share of the items."""
_BOLD_TERM = re.compile(
    r"(\*\*|__)(?P<term>(?=\S)[^*\n]{1,80}?)"
    r"(?:[:：]\s*\1\s*|\1(?:\s*[:：]\s*|\s+[-–—=]+\s+|[ \t]*(?:\\|<br\s*/?>)?$))"
)
_PLAIN_TERM = re.compile(r"(?P<term>[^\W_][^.!?:：*\n]{0,59}?)(?:\s*[:：]\s+|\s+[-–—=]\s+)(?=\S)")


def is_glossary(outline: Outline) -> bool:
    """Whether a title or the name of the file says that it holds terms."""
    source, heading = outline.document.source, outline.title
    names = (source.front_matter.title, heading.text if heading else "", PurePath(source.path).stem)
    return any(map(names_terms, names))


def _of_a_glossary(outline: Outline) -> list[Question]:
    """Items and paragraphs that begin with a term, if settings or a title say that."""
    if "definitions" not in outline.named and not is_glossary(outline):
        return []
    starts = [row for row in outline.rows if _begins(outline, row)]
    items = [row for row in starts if row.marker]
    bold = [(row, match) for row in starts if (match := _BOLD_TERM.match(row.text))]
    plain = [(row, match) for row in items if (match := _PLAIN_TERM.match(row.text))]
    found = sorted([*bold, *plain], key=lambda each: each[0].number)
    if len(found) < _FEWEST or (len(bold) < _FEWEST and len(found) < _MOST * len(items)):
        return []
    return [
        _defined(outline, row, match, after[0].number if after else 0)
        for (row, match), after in zip(found, [*found[1:], None], strict=False)
    ]


def _begins(outline: Outline, row: Row) -> bool:
    """Whether an item of no other one, or a paragraph, begins with a row."""
    if row.is_verbatim or row.level or row.indent or row.quotes or not row.text:
        return False
    is_first = row.number == 1 or outline.rows[row.number - 2].is_blank
    return bool(row.marker or is_first or _BOLD_TERM.match(row.text))


def _defined(outline: Outline, row: Row, term: re.Match[str], following: int) -> Question:
    is_below = term.end() == len(row.text)
    start = row.number + is_below
    body = Body(row.number, start, following, indent=row.indent + 1 if row.marker else 0)
    ending = end_of_answer(outline, body, _ENDS_OF_ITEM if row.marker else _ENDS)
    column = 1 if is_below else row.offset + term.end() + 1
    begin, until = term.span("term")
    front = Line(row.text[begin:until], row.number, row.offset + begin + 1)
    span = Span(start, max(ending.line, start), row.width if row.marker else 0, column)
    return asked([front], span, rule="a term before what it means", ending=ending.rule)


_ENDS = (EndRule.SECTION,)
_ENDS_OF_ITEM = (EndRule.SECTION, EndRule.CONTAINER)
