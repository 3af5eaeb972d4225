"""Finds where an answer ends, for all dialects, and the reason.

A dialect says where an answer begins, and which of the reasons below count for it. The question
keeps the reason that ends the answer first, and ``explain`` shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from operator import attrgetter

from cardwright.dialects.flashcards.tags import is_tags_alone
from cardwright.dialects.flashcards.traces import SCHEDULE
from cardwright.dialects.text.order import first_from
from cardwright.dialects.text.question import Outline
from cardwright.wording.signs import leads_on


class EndRule(Enum):
    """Why an answer ends. The value is the text in ``explain``."""

    NEXT = "the next question begins"
    SECTION = "its section ends"
    HEADING = "a heading of the level above the questions follows"
    CONTAINER = "its quote, list item or fold ends"
    RULE = "a rule across the page follows"
    BLANK = "a blank line follows"
    SCHEDULE = "its schedule follows"
    TAGS = "a line of tags follows"
    LABEL = "a labelled question follows"
    OTHER = "questions of another form follow"
    CLOSED = "the block around it is closed"
    CLOSING = "closing lines of the document follow"
    PIECE = "its line, cell or key ends"
    FILE = "the file ends"


OF_CARDS = frozenset(
    {EndRule.HEADING, EndRule.CONTAINER, EndRule.RULE, EndRule.TAGS, EndRule.SCHEDULE}
)
"""The reasons that end the answer of a flashcard if a blank line does not."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The line after the last line of an answer, and the reason."""

    line: int
    rule: EndRule


@dataclass(frozen=True, slots=True)
class Body:
    """The text that may belong to an answer, before any reason ends it.

    It begins at line ``start``, below the question on line ``question``. ``next`` is the line of
    the next question of the same dialect, or 0. ``limit`` ends it in any case. ``level`` is the
    deepest level of headings that ends it: with 6, all end it, with 0, none. ``quotes`` and
    ``indent`` are those of the quote and the list item around it, or 0.
    """

    question: int
    start: int
    next: int = 0
    limit: Ending | None = None
    level: int = 0
    quotes: int = 0
    indent: int = 0


def end_of_answer(outline: Outline, body: Body, rules: Collection[EndRule]) -> Ending:
    """Return where the first of ``rules`` ends an answer, or the end of the file."""
    found = body.limit or Ending(len(outline.lines) + 1, EndRule.FILE)
    if body.next and body.next < found.line:
        found = Ending(body.next, EndRule.NEXT)
    for rule, ends_at in END_RULES:
        if rule in rules and (line := ends_at(outline, body, found.line)) < found.line:
            found = Ending(max(line, body.start), rule)
    return found


def ends_of_answers(
    outline: Outline,
    starts: Sequence[int],
    indents: Sequence[int] = (),
) -> list[Ending]:
    """Return where the answer to each question ends. ``starts`` are the sorted lines of questions.

    A heading deeper than those right above the questions is part of an answer. Text left of
    ``indents`` is not.
    """
    level = level_above(outline, starts)
    bodies = (
        Body(start, start + 1, following, None, level, quotes_below(outline, start), indent)
        for start, following, indent in zip_longest(
            starts, starts[1:], indents or [0] * len(starts), fillvalue=0
        )
    )
    return [end_of_answer(outline, body, _COMMON) for body in bodies]


_COMMON = (EndRule.SECTION, EndRule.HEADING, EndRule.CONTAINER)


def quotes_below(outline: Outline, line: int) -> int:
    """Return how many quotes are around a line. 0 if the quotation ends with the line."""
    rows = outline.rows[line - 1 : line + 1]
    return rows[0].quotes if all(row.quotes for row in rows) else 0


def next_item(outline: Outline, line: int, start: int, end: int) -> int:
    """Return the line of the item with the next number after that on ``line``, or 0.

    Only lines from ``start`` to before ``end`` count.
    """
    row, rows = outline.rows[line - 1], outline.rows[start - 1 : end - 1]
    wanted = _place_in_list(row._replace(ordinal=row.ordinal + 1))
    able = (each.number for each in rows if _place_in_list(each) == wanted)
    return next(able, 0) if row.ordinal else 0


_place_in_list = attrgetter("kind", "indent", "quotes", "ordinal")


def level_above(outline: Outline, starts: Sequence[int]) -> int:
    """Return the deepest level of headings right above a question, 6 if there is none."""
    above = [
        heading.level
        for heading in outline.headings
        if (start := first_from(starts, heading.body))
        and not has_text(outline, heading.body, start)
    ]
    return max(above, default=6)


def has_text(outline: Outline, start: int, end: int) -> bool:
    """Whether any text is on the lines from ``start`` to before ``end``."""
    return any(outline.lines[number - 1].strip() for number in range(start, end))


def _section(outline: Outline, body: Body, _end: int) -> int:
    return outline.section_end(body.question)


def _heading(outline: Outline, body: Body, end: int) -> int:
    headings = outline.headings_between(body.question + 1, end)
    return next((each.line for each in headings if each.level <= body.level), end)


def _container(outline: Outline, body: Body, end: int) -> int:
    """Return a line that is not in the quote, or is further left than the item's text."""
    if not (body.quotes or body.indent):
        return end
    rows = outline.rows
    for number in range(max(body.question + 1, 2), end):
        row, is_apart = rows[number - 1], rows[number - 2].is_blank
        if row.is_verbatim:
            continue
        if body.quotes and not row.quotes and (row.is_blank or is_apart):
            return number
        is_left = not row.is_blank and row.indent < body.indent
        if not body.quotes and is_left and (is_apart or row.marker or row.quotes):
            return number
    return end


def _rule(outline: Outline, body: Body, end: int) -> int:
    return first_from(outline.rules, body.start, end)


def _tags(outline: Outline, body: Body, end: int) -> int:
    return first_from(outline.once(_lines_of_tags), body.start, end)


def _lines_of_tags(outline: Outline) -> list[int]:
    rows = (outline.rows[number - 1] for number, _ in outline.lines_with("#"))
    return [
        row.number for row in rows if not (row.is_verbatim or row.level) and is_tags_alone(row.text)
    ]


def _schedule(outline: Outline, body: Body, end: int) -> int:
    """Return a comment that begins its line. After text, its line is the last of the answer."""
    for number in range(body.start, end):
        text = outline.lines[number - 1]
        schedule = SCHEDULE.search(text) if "<!--" in text else None
        if schedule is not None:
            return number + bool(text[: schedule.start()].strip("> \t"))
    return end


def _blank(outline: Outline, body: Body, end: int) -> int:
    """Return the line after the last one before a blank line, unless text continues after it."""
    rows = outline.rows
    last = 0
    for number in range(body.start, end):
        row = rows[number - 1]
        if row.is_blank and not row.is_verbatim:
            continue
        is_apart = bool(last) and last < number - 1
        above = rows[last - 1]
        if is_apart and not ((row.marker and above.marker) or leads_on(above.text)):
            return last + 1
        last = number
    return last + 1 if last else body.start


def _closed(outline: Outline, body: Body, end: int) -> int:
    """Return where the box around the question ends. Boxes inside the answer do not count."""
    return outline.once(box_ends).get(body.question, end)


def box_ends(outline: Outline) -> dict[int, int]:
    """Return the line at which the text of the innermost box around each line ends."""
    found: dict[int, int] = {}
    for box in outline.boxes:
        found |= dict.fromkeys(range(box.body.start, box.body.end), box.body.end)
    return found


END_RULES: tuple[tuple[EndRule, Callable[[Outline, Body, int], int]], ...] = (
    (EndRule.SECTION, _section),
    (EndRule.HEADING, _heading),
    (EndRule.CONTAINER, _container),
    (EndRule.RULE, _rule),
    (EndRule.TAGS, _tags),
    (EndRule.SCHEDULE, _schedule),
    (EndRule.BLANK, _blank),
    (EndRule.CLOSED, _closed),
)
"""The rules in order. The last argument of each is where the earlier ones end the answer."""
