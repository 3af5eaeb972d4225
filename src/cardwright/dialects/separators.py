"""Dialect ``separators``: ``?`` on a line between question and answer, or ``front::back`` on one.

The Obsidian plugins "Spaced Repetition" and "Flashcards" have this syntax. ``??`` and ``:::`` ask
in both directions. A document can have a sign of its own. Anki's text files name theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardwright.dialects.endings import OF_CARDS, Body, Ending, EndRule, end_of_answer
from cardwright.dialects.flashcards.card_signs import explains_cards
from cardwright.dialects.flashcards.colons import Sign
from cardwright.dialects.flashcards.separator_signs import (
    LoneSign,
    inline_signs,
    items_above,
    lone_signs,
)
from cardwright.dialects.flashcards.tags import bare_line, untagged, untagged_line
from cardwright.dialects.flashcards.traces import SCHEDULE, before_schedule
from cardwright.dialects.flashcards.whole_files import lines_of_text_files, paused
from cardwright.dialects.text.order import first_from, with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording.signs import leads_on


def separators(outline: Outline) -> Sequence[Question]:
    """Return the questions before separators, answered by the text after them."""
    if outline.once(explains_cards):
        return ()
    marks = lone_signs(outline)
    signs = inline_signs(outline, is_deck=bool(marks))
    apart = {number for number in signs if number > 1 and outline.rows[number - 2].is_blank}
    starts = sorted(apart.union(mark.begin for mark in marks))
    found = [*paused(outline), *lines_of_text_files(outline)]
    for mark in marks:
        found += _over(outline, mark, first_from(starts, mark.line + 1))
    taken = {
        line for each in found for line in range(each.line, max(each.answer.end, each.line + 1))
    }
    numbers = sorted(set(signs) - taken)
    for number, below in with_next(numbers):
        found += _beside(outline, number, signs[number], below or 0)
    return found


def _over(outline: Outline, mark: LoneSign, following: int) -> Iterator[Question]:
    """Yield the question above a mark, unless only tags and signs of headings are there."""
    sign = outline.rows[mark.line - 1]
    rows = outline.rows[mark.begin - 1 : mark.line - 1]
    lines = cut(outline.lines, Span(mark.begin, mark.line, quotes=sign.quotes))
    is_item = [row for row in rows if row.marker] == [row for row in rows if row.text][:1]
    asking = trimmed(
        [
            untagged_line(bare_line(row) if row.level or (row.marker and is_item) else line)
            for row, line in zip(rows, lines, strict=True)
        ]
    )
    if not (asking and asking[0].text):
        return
    body = Body(mark.line, mark.line + 1, following, None, 6, sign.quotes, sign.indent)
    # Among other text than cards, a blank line ends an answer.
    rules = OF_CARDS if mark.is_open else OF_CARDS | {EndRule.BLANK}
    ending = end_of_answer(outline, body, rules)
    below = [row for row in outline.rows[mark.line : ending.line - 1] if not row.is_blank]
    is_led = bool(below) and leads_on(below[0].text)
    hanging = min((row.indent for row in below[1:]), default=0) if is_led else 0
    span = Span(mark.line + 1, ending.line, sign.indent or hanging, quotes=sign.quotes)
    answer = before_schedule(outline.lines, span)
    yield asked(
        asking, answer, line=mark.begin, is_marked=True, is_reverse=mark.is_reverse,
        rule=f"a line '{sign.text}' below it", ending=ending.rule,
    )  # fmt: skip


def _beside(outline: Outline, number: int, sign: Sign, following: int) -> Iterator[Question]:
    """Yield the question before a sign on its line. The children of a list item answer it, too."""
    row, text = outline.rows[number - 1], outline.lines[number - 1]
    schedule = SCHEDULE.search(text, sign.end) if "<!--" in text else None
    front = untagged(text[row.offset : sign.start].rstrip())
    back = untagged(text[sign.end : schedule.start() if schedule else len(text)].rstrip())
    until = sign.end + back.offset + len(back.text)
    start = until - len(back.text.lstrip())
    if until <= start or not front.text:
        return
    is_cut = bool(text[until:].strip())
    body = Body(number, number, following, quotes=row.quotes, indent=row.indent + 1)
    ending = Ending(number + 1, EndRule.PIECE)
    if row.marker and not is_cut:
        rules = {EndRule.CONTAINER, EndRule.SCHEDULE, EndRule.BLANK}
        ending = end_of_answer(outline, body, rules)
    indent = row.width if ending.line > number + 1 else 0
    span = Span(number, ending.line, indent, start + 1, until + 1 if is_cut else 0, row.quotes)
    rows = [Line(front.text, number, row.offset + front.offset + 1)]
    yield asked(
        rows, span, is_marked=True, is_reverse=sign.is_reverse, ending=ending.rule,
        rule=f"'{text[sign.start : sign.end]}' in its line",
    )._replace(outer=items_above(outline, row))  # fmt: skip
