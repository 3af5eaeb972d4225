"""Lines that part a question from its answer: ``?`` and ``??``, or the document's own sign."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import is_rule
from cardwright.dialects.endings import OF_CARDS, Body, Ending, EndRule, end_of_answer
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.decks import Use, deck_of, told_signs
from cardwright.dialects.flashcards.tags import is_tags_alone
from cardwright.dialects.flashcards.traces import SCHEDULE, dues
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks

_KNOWN = ("?", "??")
_LINE = re.compile(r"[;|>=~?@#&+:/%§!—–―-]{1,4}|[→⇒]|<[bh]r\b[^<>]{0,30}>")
_NONE = re.compile(r"[?!=>+|#-]|\?\?|\$\$|>>|-{2,4}|={2,3}|:{2,4}|//|~{3,4}")
"""Lines of Markdown, or of another meaning."""
_NEAR = 40
"""The most lines from a sign down to its schedule and up to its question; its most characters."""


@dataclass(frozen=True, slots=True)
class LoneSign:
    """A line that parts, and the line on which the question above it begins.

    ``is_open`` says that it stands among cards and nothing else, so that a blank line ends none.
    """

    line: int
    begin: int
    is_reverse: bool
    is_open: bool


def lone_signs(outline: Outline) -> tuple[LoneSign, ...]:
    """The separating lines; in a row of several none separates anything."""
    return outline.once(_lone_signs)


def _lone_signs(outline: Outline) -> tuple[LoneSign, ...]:
    own = told_signs(outline, _uses(outline))
    signs = {
        row.number: row.text == "??" or own.get(row.number, False)
        for row in outline.rows
        if not (row.is_verbatim or row.marker) and (row.text in _KNOWN or row.number in own)
    }
    begins: dict[int, int] = {}
    above = outline.document.source.front_matter.length
    for number in signs:
        if number - 1 not in signs and number + 1 not in signs:
            begin = begin_above(outline, number, above)
            is_glued = above in signs and begin == above + 1
            if is_glued and number in own and not asks(outline.rows[number - 2].text):
                continue  # a second one in an answer
            begins[number] = number - 1 if is_glued else begin
        above = number
    begins = {number: begin for number, begin in begins.items() if begin < number}
    is_open = _among_cards(outline, begins)
    return tuple(
        LoneSign(number, begin, signs[number], is_open=number in is_open)
        for number, begin in begins.items()
    )


def _uses(outline: Outline) -> Iterator[Use]:
    """The rows that hold a sign and nothing else, text right above and below."""
    rows = outline.rows
    for row in rows[1:-1]:
        if not 0 < len(row.text) <= _NEAR or row.is_verbatim or row.marker or row.level:
            continue
        if not _LINE.fullmatch(row.text) or _NONE.fullmatch(row.text):
            continue
        above, below = rows[row.number - 2], rows[row.number]
        is_glued = not (above.is_blank or below.is_blank)
        if not is_glued and 2 < row.number < len(rows) - 1:
            above, below = rows[row.number - 3], rows[row.number + 1]
        if not (above.is_blank or below.is_blank):
            due = dues(outline.lines, row.number, row.number + _NEAR)
            yield Use(row, row.text, due, is_asked=asks(above.text), is_sure=is_glued)


def begin_above(outline: Outline, mark: int, above: int, *, is_said: bool = False) -> int:
    """Where the question over a mark begins, ``mark`` when there is none.

    It is the lines up to a blank one, or a heading right above. With a blank line before the mark
    it is all up to a rule, if a rule is next. Code and formulas are looked over, for what they are
    about stands before them. ``above`` is the last line that can be no part of it.
    """
    begin, paragraph = mark, 0
    for row in reversed(outline.rows[max(above, mark - _NEAR - 1) : mark - 1]):
        text = outline.lines[row.number - 1]
        if row.is_verbatim:
            begin = row.number
        elif not row.is_blank and row.quotes != outline.rows[mark - 1].quotes:
            return paragraph or begin
        elif row.level:
            return paragraph or (begin if is_said else row.number)
        elif is_border(row) or SCHEDULE.search(text) or has_colons(text, row.offset):
            return begin if _is_rule(row) else paragraph or begin
        elif not row.is_blank:
            begin, is_said = row.number, True
            if row.marker and row.indent < outline.rows[mark - 1].indent:
                return begin
        elif is_said:
            paragraph = paragraph or begin
            if not outline.rows[mark - 2].is_blank:
                return begin
    return paragraph or begin


def is_border(row: Row) -> bool:
    """Whether a line is a rule or tags alone."""
    return _is_rule(row) or is_tags_alone(row.text)


def _is_rule(row: Row) -> bool:
    return row.text[:1] in ("-", "*", "_") and is_rule(f"{row.marker} {row.text}".lstrip())


def _among_cards(outline: Outline, begins: dict[int, int]) -> Collection[int]:
    """The signs where a card is the first text below a heading, a rule or tags.

    To the plugin a blank line ends an answer. Where it has not yet read the file, such a stretch
    holds nothing else, and a person takes all up to the next question.
    """
    if not begins or deck_of(outline).has_schedule:
        return ()
    asking = {at for number, begin in begins.items() for at in range(begin, number + 1)}
    found: set[int] = set()
    is_first, is_among = True, False
    for row in outline.rows[outline.document.source.front_matter.length :]:
        if not row.is_verbatim and (row.level or is_border(row)):
            is_first = True
        elif is_first and (row.is_verbatim or not row.is_blank):
            is_first, is_among = False, row.number in asking or has_colons(row.text)
        if row.number in begins and is_among:
            found.add(row.number)
    return found


_CLOZE = re.compile(r"==[^=]+==|\{\{|\{@\{")


def end_below(outline: Outline, mark: LoneSign, following: int) -> Ending:
    """Where the answer under a mark ends: at a blank line, or at the schedule below all of it.

    One that begins with a heading goes on to the next that is less deep.
    """
    sign = outline.rows[mark.line - 1]
    body = Body(
        mark.line, mark.line + 1, following, quotes=sign.quotes, indent=sign.indent, level=6
    )
    level = next((row.level for row in outline.rows[mark.line : mark.line + 1]), 0)
    if level and not outline.rows[mark.begin - 1].level:
        return end_of_answer(outline, replace(body, level=level - 1), {EndRule.HEADING})
    whole = end_of_answer(outline, body, OF_CARDS)
    if mark.is_open:
        return whole
    near = end_of_answer(outline, body, OF_CARDS | {EndRule.BLANK})
    between = outline.lines[near.line - 1 : whole.line - 1]
    is_whole = whole.rule is EndRule.SCHEDULE and outline.lines[whole.line - 2].strip()
    return whole if is_whole and not any(map(_CLOZE.search, between)) else near
