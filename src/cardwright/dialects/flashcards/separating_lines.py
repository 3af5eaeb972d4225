"""The lines ``?`` and ``??`` that part a question from its answer; where the question begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cardwright.dialects.answers.stretch import (
    SCHEDULE,
    is_boundary,
    is_heading,
    is_listed,
    quotes_of,
    width_of,
)
from cardwright.dialects.flashcards.colons import has_sure_separator
from cardwright.dialects.text.breaks import is_break
from cardwright.dialects.text.question import Outline


@dataclass(frozen=True, slots=True)
class SeparatingLine:
    """A line ``?`` or ``??``, or one with a sign of the document's own for it, and the line on
    which the question above it begins.
    """

    line: int
    begin: int
    quotes: int
    indent: int
    is_reverse: bool


def separating_lines(outline: Outline, own: Mapping[int, bool]) -> list[SeparatingLine]:
    """The separating lines; in a row of several none separates anything.

    ``own`` are those with a sign of the document's own: whether they ask in both directions.
    """
    signs = {
        number: bare == "??" or own.get(number, False)
        for number, text in enumerate(outline.lines, 1)
        if len(text) < 100
        and ((bare := quotes_of(text)[1].strip()) in ("?", "??") or number in own)
        and not outline.is_verbatim[number - 1]
    }
    marks: list[SeparatingLine] = []
    above = outline.document.source.front_matter.length
    for number, is_reverse in signs.items():
        if number - 1 not in signs and number + 1 not in signs:
            quotes, text = quotes_of(outline.lines[number - 1])
            begin = _begin(outline, number, above)
            if begin < number:
                marks.append(SeparatingLine(number, begin, quotes, width_of(text), is_reverse))
        above = number
    return marks


def _begin(outline: Outline, mark: int, above: int) -> int:
    """Where the question over a mark begins, ``mark`` when there is none.

    That are the lines up to a blank one, or a heading with nothing between; with a blank line
    before the mark all up to a rule, where one is next. Code and formulas
    are looked over, for what they are about stands before them. ``above`` is the last line that
    can be no part of it: the mark before, then without a blank line between only one line is.
    """
    at, begin, is_said = mark - 1, mark, False
    indent = width_of(quotes_of(outline.lines[mark - 1])[1])
    while at > above:
        text = quotes_of(outline.lines[at - 1])[1]
        if SCHEDULE.search(text):
            return begin
        if outline.is_verbatim[at - 1]:
            begin = at
        elif is_heading(text):
            return begin if is_said else at
        elif is_boundary(text) or has_sure_separator(text):
            return begin
        elif text.strip():
            begin, is_said = at, True
            if is_listed(text) and width_of(text) < indent:
                return begin
        elif is_said:
            return _below_rule(outline, mark, above) or begin
        at -= 1
    return mark - 1 if outline.lines[above - 1].strip() in ("?", "??") and is_said else begin


def _below_rule(outline: Outline, mark: int, above: int) -> int:
    """The line behind the rule above a mark that blank lines set apart, 0 where none is next."""
    if outline.lines[mark - 2].strip():
        return 0
    for at in range(mark - 1, max(above, mark - _MOST_LINES), -1):
        text = outline.lines[at - 1]
        if not outline.is_verbatim[at - 1] and is_break(text):
            return at + 1
        if not outline.is_verbatim[at - 1] and (is_boundary(text) or SCHEDULE.search(text)):
            return 0
    return 0


_MOST_LINES = 40
"""So far above a mark a rule is looked for."""
