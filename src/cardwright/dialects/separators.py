"""Dialect S: ``?`` alone on a line between question and answer, or ``front::back`` on one.

So have it the Obsidian plugins "Spaced Repetition" and "Flashcards"; ``??`` and ``:::`` ask in
both directions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer
from cardwright.dialects.flashcards.colons import Sign
from cardwright.dialects.flashcards.decks import deck_of, explains_cards
from cardwright.dialects.flashcards.fronts import (
    bare_line,
    items_above,
    untagged_line,
)
from cardwright.dialects.flashcards.inline_signs import inline_signs
from cardwright.dialects.flashcards.lone_signs import LoneSign, lone_signs
from cardwright.dialects.flashcards.tags import begin_behind_tags, untagged
from cardwright.dialects.flashcards.traces import SCHEDULE, before_schedule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line


def separators(outline: Outline) -> tuple[Question, ...]:
    """The questions that stand before a separator, with what stands behind it."""
    if explains_cards(outline):
        return ()
    marks = lone_signs(outline)
    signs = inline_signs(outline, is_deck=bool(marks))
    apart = {number for number in signs if number > 1 and outline.rows[number - 2].is_blank}
    starts = sorted(apart.union(mark.begin for mark in marks))
    found: list[Question] = []
    taken: set[int] = set()
    for mark in marks:
        at = bisect_right(starts, mark.line)
        question = _over(outline, mark, starts[at] if at < len(starts) else 0)
        if question is not None:
            found.append(question)
            taken.update(range(question.line, max(question.answer.end, question.line + 1)))
    numbers = sorted(set(signs) - taken)
    for number, following in zip(numbers, [*numbers[1:], 0], strict=False):
        question = _beside(outline, number, signs[number], following)
        if question is not None:
            found.append(question)
    found.sort(key=lambda question: question.line)
    return tuple(map(_without_tags, found) if deck_of(outline).has_schedule else found)


def _without_tags(question: Question) -> Question:
    """The question without the tags before its text, by which a plugin's user marks cards."""
    first = question.front[0]
    bare = from_offset(first, begin_behind_tags(first.text))
    return replace(question, front=(bare, *question.front[1:]))


def _over(outline: Outline, mark: LoneSign, following: int) -> Question | None:
    """The question over a mark; ``None`` where only tags and signs of headings stand there."""
    sign = outline.rows[mark.line - 1]
    rows = [*trimmed(_front(outline, mark, sign.quotes))]
    if not rows:
        return None
    ending = _end(outline, mark, following)
    below = [row for row in outline.rows[mark.line : ending.line - 1] if not row.is_blank]
    is_led = bool(below) and below[0].text.endswith((":", "\uff1a"))
    hanging = min((row.indent for row in below[1:]), default=0) if is_led else 0
    span = Span(mark.line + 1, ending.line, sign.indent or hanging, quotes=sign.quotes)
    answer = before_schedule(outline.lines, span)
    question = asked(rows, answer, line=mark.begin, is_marked=True, is_reverse=mark.is_reverse)
    return replace(question, rule=f"a line '{sign.text}' under it", ending=ending.rule)


def _front(outline: Outline, mark: LoneSign, quotes: int) -> list[Line]:
    """The lines over a mark without hashes and tags, without the marker of a single item."""
    lines = cut(outline.lines, Span(mark.begin, mark.line, quotes=quotes))
    rows = outline.rows[mark.begin - 1 : mark.line - 1]
    said = [row.number for row in rows if row.text]
    is_item = [row.number for row in rows if row.marker] == said[:1]
    return [
        untagged_line(bare_line(outline, row) if row.level or (row.marker and is_item) else line)
        for row, line in zip(rows, lines, strict=True)
    ]


_ENDS = frozenset({EndRule.SECTION, EndRule.RULE, EndRule.TAGS, EndRule.SCHEDULE})
_CLOZE = re.compile(r"==[^=]+==|\{\{|\{@\{")


def _end(outline: Outline, mark: LoneSign, following: int) -> Ending:
    """Where the answer under a mark ends: at a blank line, or at the schedule below all of it.

    One that begins with a heading goes on to the next that is less deep.
    """
    sign = outline.rows[mark.line - 1]
    body = Body(mark.line, mark.line + 1, following, quotes=sign.quotes, indent=sign.indent)
    first = bisect_right(outline.heading_lines, mark.line)
    heading = next(iter(outline.headings[first : first + 1]), None)
    is_headed = heading is not None and heading.line == mark.line + 1
    if heading is not None and is_headed and not outline.rows[mark.begin - 1].level:
        return end_of_answer(outline, replace(body, level=heading.level - 1), {EndRule.HEADING})
    body = replace(body, level=6)
    rules = _ENDS | {EndRule.HEADING, EndRule.CONTAINER}
    whole = end_of_answer(outline, body, rules)
    if mark.is_open:
        return whole
    near = end_of_answer(outline, body, rules | {EndRule.BLANK})
    between = outline.lines[near.line - 1 : whole.line - 1]
    is_whole = whole.rule is EndRule.SCHEDULE and outline.lines[whole.line - 2].strip()
    return whole if is_whole and not any(map(_CLOZE.search, between)) else near


def _beside(outline: Outline, number: int, sign: Sign, following: int) -> Question | None:
    """The question before a sign of its line; the children of a list's item answer it too."""
    row, text = outline.rows[number - 1], outline.lines[number - 1]
    schedule = SCHEDULE.search(text, sign.end) if "<!--" in text else None
    front = untagged(text[row.offset : sign.start].rstrip())
    back = untagged(text[sign.end : schedule.start() if schedule else len(text)].rstrip())
    start = sign.end + back.offset + len(back.text) - len(back.text.lstrip())
    until = sign.end + back.offset + len(back.text)
    if not front.text or until <= start:
        return None
    is_cut = bool(text[until:].strip())
    ending = Ending(number + 1, EndRule.PIECE)
    if row.marker and not is_cut:
        body = Body(number, number, following, quotes=row.quotes, indent=row.indent + 1)
        ending = end_of_answer(outline, body, {EndRule.CONTAINER, EndRule.SCHEDULE, EndRule.BLANK})
    indent = row.width if ending.line > number + 1 else 0
    span = Span(number, ending.line, indent, start + 1, until + 1 if is_cut else 0, row.quotes)
    rows = [Line(front.text, number, row.offset + front.offset + 1)]
    question = asked(rows, span, is_marked=True, is_reverse=sign.is_reverse)
    rule = f"a line that '{text[sign.start : sign.end]}' parts in two"
    return replace(question, outer=items_above(outline, row), rule=rule, ending=ending.rule)
