"""Finds statements to judge: list items with ``(True)`` or ``**F**`` after each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from cardwright.blocks.rows import Row
from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, joined, trimmed
from cardwright.model import Line
from cardwright.wording.signs import ARROW, CROSSES, TICKS
from cardwright.wording.words import Concept, alternatives, lazy_pattern

_WORD = rf"(?i:{alternatives(Concept.TRUE, Concept.FALSE)})|[TFVRW]"
_JUDGED = lazy_pattern(
    rf"[ \t]*(?:(?<=[ \t])(?:[–—-]+|{ARROW})[ \t]+[*_]{{0,2}}"
    r"|[*_]{0,2}(?P<bracket>[(\[（])[ \t]*[*_]{0,2}|[*_]{1,2})"
    rf"(?P<verdict>{_WORD}|(?(bracket)[√×tfXxYN{TICKS}{CROSSES}]\ufe0f?|(?!)))"
    rf"[*_]{{0,2}}[ \t]*[)\]）]?[*_]{{0,2}}[.!。]?$"
)
"""A verdict after a statement: ``(True)``, ``**F**``, ``（√）``."""
_ALONE = lazy_pattern(rf"[\s*_(\[]*(?:{_WORD})(?![^\W\d_])")
_SENTENCE = re.compile(r"\w[.!。…][*_\"”’')]*$")
_LONGEST_MARK = 40


def is_verdict(text: str) -> bool:
    """Whether a text begins with the word for true or false, or its letter."""
    return _ALONE.match(text) is not None


def statements(outline: Outline) -> Iterator[Question]:
    """Yield the items of each list in which most have a verdict at their end, after a sentence.

    One item that was a question in an earlier build is enough.
    """
    lists: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    begun = 0  # the parts of an exam count from 1, whatever is above them
    items = [row for row in outline.rows if row.marker]
    for row in items if any(map(_mark, items)) else ():
        if not row.level:
            begun += row.ordinal == 1
            section = outline.section_end(row.number)
            lists[section, begun, row.kind, row.indent, row.quotes].append(row)
    for rows in lists.values():
        found = [(row, mark) for row in rows if (mark := _mark(row))]
        sentences = sum(bool(_SENTENCE.search(row.text[: mark.start()])) for row, mark in found)
        is_most = len(found) > 2 and len(found) * 4 >= len(rows) * 3
        is_mixed = len({mark["verdict"].casefold() for _, mark in found}) > 1
        is_mixed = is_mixed and all(row.ordinal and mark["bracket"] for row, mark in found)
        is_most = is_most and (sentences * 2 > len(found) or is_mixed)
        if is_most or any(outline.knows(_statement(row, mark)) for row, mark in found):
            for (row, mark), below in with_next(found):
                yield _question(outline, row, mark, below[0].number if below else 0)


def _statement(row: Row, mark: re.Match[str]) -> str:
    return row.text[: mark.start()].rstrip()


def _mark(row: Row) -> re.Match[str] | None:
    """Return the verdict at the end of an item."""
    tail = row.text[-_LONGEST_MARK:]
    is_able = tail.rstrip(".!。")[-1:] in _CLOSES or not _DASHES.isdisjoint(tail)
    return _JUDGED.search(row.text, len(row.text) - len(tail)) if is_able else None


_CLOSES, _DASHES = frozenset(")]）*_"), frozenset("–—-→=")


def _question(outline: Outline, row: Row, mark: re.Match[str], following: int) -> Question:
    """Return the statement of an item. Its verdict answers, with the text below it in the item."""
    body = Body(row.number, row.number + 1, following, None, 6, row.quotes, row.indent + 1)
    ending = end_of_answer(outline, body, (EndRule.HEADING, EndRule.CONTAINER, EndRule.RULE))
    column = row.offset + mark.start("verdict") + 1
    verdict = Line(mark["verdict"], row.number, column)
    rest = cut(outline.lines, Span(row.number + 1, ending.line, row.width, quotes=row.quotes))
    statement = Line(_statement(row, mark), row.number, row.offset + 1)
    span = Span(row.number, ending.line, column=column)
    return asked(
        [statement], span, is_marked=True, given=joined([verdict], trimmed(rest)),
        rule="a statement with a verdict", ending=ending.rule,
    )  # fmt: skip
