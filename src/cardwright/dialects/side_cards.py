"""Makes cards of named sides: ``Front: …`` and ``Back: …``, ``## Front`` and ``## Back``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.labels import Label
from cardwright.dialects.pair_labels import labelled_rows
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.signs import is_rule

_ENDS = frozenset({EndRule.HEADING, EndRule.RULE, EndRule.CONTAINER})
_NEAR = 20
"""The most lines between the names of two sides that have text beside them."""


def card_beside(outline: Outline, front: Label, back: Label, following: int) -> Iterator[Question]:
    """Yield the card of two names with text. If both are list items, other dialects read it."""
    is_near = front.line < back.line <= front.line + _NEAR and front.quotes == back.quotes
    body = Body(front.line, front.line + 1, back.line, level=6)
    is_near = is_near and end_of_answer(outline, body, _ENDS).line >= back.line
    rows = labelled_rows(outline, front, front.behind(back.line))
    if rows and is_near and not outline.rows[back.line - 1].marker:
        indent = min(front.indent, back.indent)
        body = Body(back.line, back.line + 1, following, None, 6, back.quotes, indent)
        ending = end_of_answer(outline, body, _ENDS)
        answer = back.behind(ending.line)
        rule = f"a line that begins with '{front.word}'"
        yield asked(rows, answer, line=front.line, is_marked=True, rule=rule, ending=ending.rule)


def card_below(outline: Outline, front: Label, back: Label, following: int) -> Iterator[Question]:
    """Yield the card of two names, mostly alone on their lines. A list of questions is not a card.

    ``following`` is the line of the name after the back. Sections between the two are on no card.
    """
    above = Body(front.line, front.line + 1, back.line, level=front.level)
    end = end_of_answer(outline, above, [EndRule.HEADING] if front.level else []).line
    parts = [row for row in outline.rows[front.line : end - 1] if row.level or row.marker]
    rows = _front(outline, front, end)
    if not rows or sum(asks(row.text) for row in parts) > 1:
        return
    level = back.level - 1 if back.level else 6 * bool(back.opening)
    body = Body(back.line, back.line + 1, following, level=level)
    ending = end_of_answer(outline, body, [EndRule.HEADING] if level else [])
    ruled = outline.rows[back.line : ending.line - 1] if not (back.level or back.opening) else ()
    until = next((row.number for row in ruled if row.text.startswith("===")), ending.line)
    rule = f"'{outline.rows[front.line - 1].text}' above it"
    answer = back.behind(until)
    yield asked(rows, answer, line=front.line, is_marked=True, rule=rule, ending=ending.rule)


def _front(outline: Outline, front: Label, end: int) -> Sequence[Line]:
    """Return the lines of a front without blank lines and rules around."""
    if front.has_text:
        return labelled_rows(outline, front, front.behind(end))
    said = [row for row in outline.rows[front.line : end - 1] if not row.is_blank]
    lines = cut(outline.lines, Span(front.line + 1, end))
    rows = trimmed(lines, lambda text: not text.strip() or is_rule(text))
    is_headed = bool(rows and said) and all(row.level for row in said)
    return [from_offset(rows[0], said[0].offset)] if is_headed else rows
