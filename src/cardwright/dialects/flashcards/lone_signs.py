"""Lines that part a question from its answer: ``?`` and ``??``, or the document's own sign."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import is_rule
from cardwright.dialects.flashcards.colons import has_colons
from cardwright.dialects.flashcards.decks import deck_of
from cardwright.dialects.flashcards.inline_signs import FEWEST, turns
from cardwright.dialects.flashcards.tags import is_tags_alone
from cardwright.dialects.flashcards.traces import SCHEDULE, dues
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks

_KNOWN = ("?", "??")
_LINE = re.compile(r"[;|>=~?@#&+:/%§!-]{1,4}|[→⇒]")
_NONE = frozenset("? ! - = > + | # ?? $$ >> -- --- ---- == === :: ::: :::: // ~~~ ~~~~".split())
"""Lines of Markdown, or of another meaning."""
_NEAR = 40
"""So many lines below a sign its schedule stands, and above it a rule."""


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
    own = _own(outline)
    signs = {
        row.number: row.text == "??" or own.get(row.number, False)
        for row in outline.rows
        if not (row.is_verbatim or row.marker) and (row.text in _KNOWN or row.number in own)
    }
    found: list[LoneSign] = []
    above = outline.document.source.front_matter.length
    for number, is_reverse in signs.items():
        if number - 1 not in signs and number + 1 not in signs:
            begin = _begin(outline, number, above)
            if begin < number:
                found.append(LoneSign(number, begin, is_reverse, is_open=False))
        above = number
    among = set[int]() if deck_of(outline).has_schedule else _among_cards(outline, found)
    return tuple(replace(sign, is_open=sign.line in among) for sign in found)


def _among_cards(outline: Outline, signs: Sequence[LoneSign]) -> set[int]:
    """The signs' lines where a card is the first text below a heading, a rule or tags.

    To the plugin a blank line ends an answer. Where it has not yet read the file, such a stretch
    holds nothing else, and a person takes all up to the next question.
    """
    asked = {number for sign in signs for number in range(sign.begin, sign.line + 1)}
    lines = {sign.line for sign in signs}
    found: set[int] = set()
    is_first, is_among = True, False
    for row in outline.rows[outline.document.source.front_matter.length :]:
        if not row.is_verbatim and (row.level or is_border(row)):
            is_first = True
        elif is_first and (row.is_verbatim or not row.is_blank):
            is_first = False
            is_among = row.number in asked or has_colons(row.text)
        if row.number in lines and is_among:
            found.add(row.number)
    return found


def _own(outline: Outline) -> dict[int, bool]:
    """The lines with a sign of the document's own, and whether it asks in both directions.

    It stands on three or more lines, and a schedule or a deck's tag tells one, or most ask above.
    """
    deck = deck_of(outline)
    uses: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in _alone(outline):
        uses[row.text].append((row.number, dues(outline.lines, row.number, row.number + _NEAR)))
    found: dict[int, bool] = {}
    for same in uses.values():
        is_told = any(due or deck.holds(number, number + 1) for number, due in same)
        asked = sum(asks(outline.rows[number - 2].text) for number, _ in same)
        if len(same) >= FEWEST and (is_told or asked * 2 > len(same)):
            is_reverse = turns([due for _, due in same])
            found.update((number, is_reverse) for number, _ in same)
    return found


def _alone(outline: Outline) -> Iterator[Row]:
    """The rows that hold a sign and nothing else, text right above and below."""
    rows = outline.rows
    for row in rows[1:-1]:
        if not row.text or len(row.text) > 4 or row.is_verbatim or row.marker or row.level:
            continue
        if row.text in _NONE or not _LINE.fullmatch(row.text):
            continue
        if not (rows[row.number - 2].is_blank or rows[row.number].is_blank):
            yield row


def _begin(outline: Outline, mark: int, above: int) -> int:
    """Where the question over a mark begins, ``mark`` when there is none.

    That are the lines up to a blank one, or a heading with nothing between; with a blank line
    before the mark all up to a rule, where one is next. Code and formulas are looked over, for
    what they are about stands before them. ``above`` is the last line that can be no part of it:
    the mark before, then without a blank line between only one line is.
    """
    at, begin, is_said = mark - 1, mark, False
    while at > above:
        row, text = outline.rows[at - 1], outline.lines[at - 1]
        if SCHEDULE.search(text):
            return begin
        if row.is_verbatim:
            begin = at
        elif row.level:
            return begin if is_said else at
        elif is_border(row) or has_colons(text, row.offset):
            return begin
        elif not row.is_blank:
            begin, is_said = at, True
            if row.marker and row.indent < outline.rows[mark - 1].indent:
                return begin
        elif is_said:
            return _below_rule(outline, mark, above) or begin
        at -= 1
    is_glued = above > 0 and outline.rows[above - 1].text in _KNOWN
    return mark - 1 if is_glued and is_said else begin


def is_border(row: Row) -> bool:
    """Whether a line is a rule or tags alone."""
    return _is_rule(row) or is_tags_alone(row.text)


def _is_rule(row: Row) -> bool:
    return row.text[:1] in ("-", "*", "_") and is_rule(f"{row.marker} {row.text}".lstrip())


def _below_rule(outline: Outline, mark: int, above: int) -> int:
    """The line behind the rule above a mark that blank lines set apart, 0 where none is next."""
    if not outline.rows[mark - 2].is_blank:
        return 0
    for at in range(mark - 1, max(above, mark - _NEAR), -1):
        row = outline.rows[at - 1]
        if row.is_verbatim:
            continue
        if _is_rule(row):
            return at + 1
        if row.level or is_border(row) or SCHEDULE.search(outline.lines[at - 1]):
            return 0
    return 0
