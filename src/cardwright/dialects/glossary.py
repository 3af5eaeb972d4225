"""Finds terms: ``- **Leaf**: an organ``, ``- Leaf - an organ``, an item over its meaning."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise, takewhile
from pathlib import PurePath
from statistics import median

from cardwright.blocks.rows import Row
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording import bare_words
from cardwright.wording.signs import ARROW, BOLD_SIGN, COLON, COLONS, differ_in_script
from cardwright.wording.titles import names_questions, names_terms
from cardwright.wording.words import Concept, phrases

_FEWEST = 3
_FEWEST_LETTERS = 5
_MOST = 0.6
"""The fewest terms of a glossary. If fewer are bold, they are also this share of the items."""
_OPENS = rf"(?:(?P<sign>{BOLD_SIGN}|[*_`]|==)|<(?P<tag>b|strong|u|mark)>|\[\[)"
_CLOSES = r"(?(sign)(?P=sign)|(?(tag)</(?P=tag)>|\]\]))"
_MARKED_TERM = re.compile(
    rf"{_OPENS}(?P<term>(?=\S)(?(sign)[^*\n]{{1,80}}?|[^\[\]<>\n]{{1,80}}?))"
    rf"(?:{COLON}\s*{_CLOSES}\s*|{_CLOSES}(?:\s*{COLON}\s*|\s+[-–—=|]+\s+|[ \t]*(?:\\|<br\s*/?>)?$"
    rf"|[ \t]*(?=[`\[/]\S|[*_]?\([^()\n]{{1,40}}\)[*_]?(?:\s*{COLON}|\s+[-–—]\s))|\.[ \t]+(?=\w)))"
)
"""A term in bold, in italics, as code, highlighted, or in a link to a note."""
_INSIDE = r"[^()*\n]{1,40}\)"
_IN_BRACKETS = rf"\({_INSIDE}"
_PLAIN_TERM = re.compile(
    rf"(?:-(?=[^\W_]))?(?P<open>\[)?(?P<term>(?(open)[^\[\]\n]{{1,80}}"
    rf"|[\"“„«(¿¡]?[^\W_](?:[^.!?{COLONS}*\n(]|{_IN_BRACKETS}|\((?!{_INSIDE})){{0,59}}?[.!?]?))(?(open)\]\([^()\s]+\))"
    rf"(?:(?P<colon>\s*{COLON}\s+|：)|\s+(?:[-–—]|--|(?P<equal>=)|(?P<pipe>\|))\s+"
    rf"|[ ]*\t\s*|\s*;\s*(?!.*(?:;|\s[-–—=]\s))|\s*(?P<arrow>{ARROW})\s*)(?=\S)"
)
_LED = re.compile(rf"({BOLD_SIGN})(?P<term>(?=\S)[^*\n]{{1,80}}?)\1[ \t]+(?=\w)")
"""``**Bark** is a skin`` counts if nearly all items begin with a term in bold."""


def is_glossary(outline: Outline) -> bool:
    """Whether a title, or the name of the file or its folder, says that it holds terms.

    So do headings from A to Z.
    """
    folder = PurePath(outline.document.source.path).parent.name
    is_named = names_glossary(folder) or any(map(names_terms, outline.names))
    return is_named or _is_alphabetical(outline)


def _is_alphabetical(outline: Outline) -> bool:
    """Whether nearly all headings are single letters in their order, over few items with links."""
    titles = [heading.text.strip().upper() for heading in outline.headings]
    letters = [title for title in titles if len(title) == 1 and title.isalpha()]
    if len(letters) < _FEWEST_LETTERS or len(letters) * 5 < len(titles) * 4:
        return False
    items = [row for row in outline.rows if row.marker]
    links = sum(row.text.startswith("[") for row in items)
    return links * 2 <= len(items) and all(a < b for a, b in pairwise(letters))


def of_a_glossary(outline: Outline) -> list[Question]:
    """Return items and paragraphs that begin with a term, if settings or a title ask for that.

    The title of a section does so for its own terms, and nearly all lines of a file without titles
    for themselves. A term that was a question in an earlier build counts, too.
    """
    if "definitions" in outline.named or outline.once(is_glossary) or _is_all_terms(outline):
        found = _terms(outline, outline.rows)
    else:
        found = _terms(outline, outline.once(_rows_of_sections)) or _between_rules(outline)
    if not found and outline.knows_any():
        every = _terms(outline, outline.rows)
        found = every if any(outline.knows(match["term"]) for _, match in every) else []
    packed = sum(row.number + 1 == after.number for (row, _), (after, _) in pairwise(found))
    ends = _ENDS_OF_LINE if packed * 2 > len(found) else _ENDS
    return [
        _defined(outline, row, match, after[0].number if after else 0, ends)
        for (row, match), after in with_next(found)
    ]


def _rows_of_sections(outline: Outline) -> list[Row]:
    """Return the rows below headings such as "Definitions"."""
    named = [each for each in outline.headings if names_glossary(each.text)]
    lines = sorted({line for each in named for line in range(each.body, each.end)})
    return [outline.rows[line - 1] for line in lines]


def _between_rules(outline: Outline) -> list[tuple[Row, re.Match[str]]]:
    """Return the terms alone on the first lines between rules, if every part begins with one.

    With headings, longer parts or few of them, it is another text: poems, slides, recipes.
    """
    bounds = [outline.first_line - 1, *outline.rules, len(outline.rows) + 1]
    parts = (outline.rows[start : end - 1] for start, end in pairwise(bounds))
    firsts = [row for part in parts if (row := next((row for row in part if row.text), None))]
    found = [
        (row, match)
        for row in firsts
        if (match := _MARKED_TERM.match(row.text)) and match.end() == len(row.text)
    ]
    texts = sum(bool(row.text) for row in outline.rows)
    is_short = not outline.headings and texts <= _LONGEST_PART * len(firsts)
    return found if is_short and len(found) == len(firsts) >= _MANY else []


_LONGEST_PART = 8
"""Lines with text."""
_NAMES = phrases(Concept.GLOSSARY)


def names_glossary(title: str) -> bool:
    """Whether a title of at most three words says "Definitions", or ends so."""
    words = bare_words(title).split()
    ends = (" ".join(words[at:]) for at in range(len(words)))
    return len(words) < 4 and any(end in _NAMES for end in ends)


def _plain(row: Row) -> re.Match[str] | None:
    """Match a plain term at the start of a row. Only behind a list marker can a pipe follow it."""
    match = _PLAIN_TERM.match(row.text)
    return match if match and (row.marker or not match["pipe"]) else None


def _is_all_terms(outline: Outline) -> bool:
    """Whether nine of ten lines are a term and its meaning, with no colon between them.

    Few terms may repeat. With ``=``, an arrow, or a pipe in a list, the meaning may have any
    length: ``der Baum = tree``. So it is in a long list without capitals: ``der Baum - tree``.
    Otherwise, it is longer than the term, and there are no headings: ``Bark - what covers a tree``.
    Names with a number or a name beside them are another list.
    """
    rows = [row for row in outline.rows if row.text and not row.level]
    found: list[re.Match[str]] = []
    for seen, row in enumerate(rows):
        if (seen - len(found)) * 10 > len(rows):
            return False
        match = _plain(row)
        is_able = match and not match["colon"] and bool(row.marker) == bool(match["pipe"])
        found += [match] if match and is_able else []
    terms = {bare_words(match["term"]) for match in found}
    if len(found) < _MANY or len(found) * 10 < len(rows) * 9 or len(terms) * 4 < len(found) * 3:
        return False
    if all(match["equal"] or match["arrow"] or match["pipe"] for match in found):
        return not any(row.is_verbatim for row in rows)
    capitals = sum(match.string[match.end()].isupper() for match in found)
    if len(found) >= 2 * _MANY and capitals * 5 < len(found):
        return True
    length = median(len(match["term"].split()) for match in found)
    meaning = median(len(match.string.split()) for match in found) - length
    return not outline.headings and meaning > 2 * length


_MANY = 10


def _terms(outline: Outline, rows: Sequence[Row]) -> list[tuple[Row, re.Match[str]]]:
    """Return the rows that begin with a term: items, and lines if few are items."""
    lines = _lines_of_terms(outline, rows)
    starts = [row for row in rows if _begins(outline, row)]
    items = [row for row in starts if row.marker]
    bold = [(row, match) for row in starts if (match := _MARKED_TERM.match(row.text))]
    known = {row.number for row, _ in bold}
    others = [row for row in items or starts if row.number not in known]
    led = [(row, match) for row in others if (match := _LED.match(row.text))]
    if (len(others) - len(led)) * 5 <= len(items or starts):
        bold += led
    equal = sum((match := _plain(row)) is not None and not match["colon"] for row in lines)
    if len(bold) >= _FEWEST and equal <= len(bold):
        # below a bold term, a plain line is a part of its meaning
        lines = [row for row in lines if _begins(outline, row)]
    able = items if len(items) >= _FEWEST else [*lines, *items]
    plain = [(row, match) for row in able if (match := _plain(row))]
    found = sorted([*bold, *plain], key=lambda each: each[0].number)
    if len(bold) < _FEWEST and len(found) < _MOST * len(items):
        found = [(row, match) for row, match in plain if match["equal"]]
    return found if len(found) >= _FEWEST else []


def _lines_of_terms(outline: Outline, rows: Sequence[Row]) -> list[Row]:
    """Return the lines that are terms with their meaning, ``Baum = tree``, if most lines are.

    Further lines of a paragraph do not count.
    """
    rows = [row for row in rows if row.text and not (row.is_verbatim or row.level)]
    pairs = [(row, _plain(row)) for row in rows if not row.indent]
    found = [(row, match["term"]) for row, match in pairs if match]
    first = sum(row.number == 1 or outline.rows[row.number - 2].is_blank for row in rows)
    is_most = len(found) >= _MOST * first or any(outline.knows(term) for _, term in found)
    return [row for row, _ in found] if is_most else []


def _begins(outline: Outline, row: Row) -> bool:
    """Whether an outermost item, or a paragraph, begins with a row."""
    if row.is_verbatim or row.level or row.indent or row.quotes or not row.text:
        return False
    above = outline.rows[row.number - 2] if row.number > 1 else None
    is_first = above is None or above.is_blank or above.level
    return bool(row.marker or is_first or _MARKED_TERM.match(row.text))


def _defined(
    outline: Outline, row: Row, term: re.Match[str], following: int, ends: Collection[EndRule]
) -> Question:
    is_below = term.end() == len(row.text)
    start = row.number + is_below
    body = Body(row.number, start, following, level=6, indent=row.indent + 1 if row.marker else 0)
    ending = end_of_answer(outline, body, _ENDS_OF_ITEM if row.marker else ends)
    column = 1 if is_below else row.offset + term.end() + 1
    begin, until = term.span("term")
    front = Line(row.text[begin:until], row.number, row.offset + begin + 1)
    span = Span(start, max(ending.line, start), row.width if row.marker else 0, column)
    return asked([front], span, rule="a term with its meaning after it", ending=ending.rule)


_ENDS = (EndRule.SECTION,)
_ENDS_OF_LINE = (EndRule.SECTION, EndRule.HEADING, EndRule.BLANK)
_ENDS_OF_ITEM = (EndRule.SECTION, EndRule.CONTAINER)


def nested_terms(outline: Outline) -> list[Question]:
    """Return each outermost item with the one item below it, if nine of ten have just one.

    Without any items, they are lines with one indented line below each, or paragraphs of two lines
    in two scripts. If a title says that the items are questions, four of five must, and they may be
    long. If a title says that they are terms, three are enough, and each may be over paragraphs.
    The title of a section says so for its own items.
    """
    found = _nested(outline, outline.once(_rows_of_sections), is_named=True)
    return found or _nested(outline, outline.rows, is_named=outline.once(is_glossary))


def _nested(outline: Outline, rows: Sequence[Row], *, is_named: bool) -> list[Question]:
    asks = any(map(names_questions, outline.names))
    rows = [row for row in rows if not (row.is_blank or row.quotes or row.is_verbatim)]
    items = [row for row in rows if row.marker] or [row for row in rows if _begins(outline, row)]
    least = min((row.indent for row in items), default=0)
    outer = [row for row in items if row.indent == least]
    found: list[Question] = []
    for row, after in with_next(outer):
        end = after.number if after else len(outline.rows) + 1
        below = [each for each in outline.rows[row.number : end - 1] if each.text]
        below = [*takewhile(lambda each: not each.level, below)]
        meaning = below[0] if below else row
        is_apart = is_named and meaning.number > row.number + 1 and meaning.indent == least
        last = meaning.number + 1
        for each in below[1:]:
            if each.indent <= meaning.indent and not is_apart:
                break
            last = each.number + 1
        is_one = all(each.indent <= least for each in below if each.number >= last)
        is_listed = bool(meaning.marker) == bool(row.marker) or is_named
        is_pair = not row.marker and len(below) == 1 and meaning.number == row.number + 1
        is_pair = is_pair and differ_in_script(row.text, meaning.text)  # a word and its translation
        is_able = is_apart or (is_listed and meaning.indent > least) or is_pair
        is_able = is_able and not (meaning.box or row.box)
        if is_able and is_one and (asks or len(row.text) <= _LONGEST_NESTED):
            front = Line(row.text, row.number, row.offset + 1)
            span = Span(meaning.number, last, meaning.width, meaning.offset + 1)
            rule = "an item with its meaning below it"
            found.append(asked([front], span, rule=rule, ending=EndRule.PIECE))
    are_lines = not any(row.marker for row in items)
    is_most = len(found) * 10 >= len(outer) * (8 if asks or are_lines else 9)
    fewest = _FEWEST if is_named else _FEWEST_NESTED
    return found if len(found) >= fewest and is_most else []


_FEWEST_NESTED = 10
_LONGEST_NESTED = 100
"""The fewest items of such a list, and the most characters of a term."""
