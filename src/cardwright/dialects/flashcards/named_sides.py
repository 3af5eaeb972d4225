"""Lines that begin with the side of a card they hold: ``**Front:** a leaf``, ``**Back:** …``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.labels import Label, label_of, labels
from cardwright.dialects.text.labelled import labelled_answer, labelled_rows
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import from_offset
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.words import Concept

_FEWEST = 2
_SIDES = (Concept.FRONT, Concept.BACK)
_NEAR = 20
"""So many lines are between the two labels at most."""
_ENDS = frozenset({EndRule.HEADING, EndRule.RULE, EndRule.CONTAINER})


def named_sides(outline: Outline) -> tuple[Question, ...]:
    """The questions behind ``Front:``, each answered behind the ``Back:`` that comes next.

    Two of them are no accident (a site has a front, a player a back), and one that asks.
    """
    return outline.once(_named_sides)


def _named_sides(outline: Outline) -> tuple[Question, ...]:
    found = [label for label in labels(outline) if label.concept in _SIDES and label.has_colon]
    nexts = [label.line for label in found[2:]]
    cards = [
        card
        for (front, back), following in zip(pairwise(found), [*nexts, 0], strict=False)
        if _is_pair(front, back)
        for card in _card(outline, front, back, following)
    ]
    return tuple(card for card in cards if len(cards) >= _FEWEST or asks(card.text))


def _is_pair(front: Label, back: Label) -> bool:
    """Whether a front's label and the next one are of one card.

    Each an item of a list, they are left to the dialects of lists.
    """
    if front.concept is not Concept.FRONT or back.concept is not Concept.BACK:
        return False
    if front.level or back.level or front.quotes != back.quotes:
        return False
    return front.line < back.line <= front.line + _NEAR


def _card(outline: Outline, front: Label, back: Label, following: int) -> Iterator[Question]:
    body = Body(front.line, front.line + 1, back.line, level=6)
    if outline.rows[back.line - 1].marker or end_of_answer(outline, body, _ENDS).line < back.line:
        return
    indent = min(front.indent, back.indent)
    body = Body(back.line, back.line + 1, following, None, 6, back.quotes, indent)
    ending = end_of_answer(outline, body, _ENDS | {EndRule.PART})
    rows = labelled_rows(outline, front, front.behind(back.line))
    if rows:
        answer = labelled_answer(outline, back, ending.line)
        question = asked(rows, answer, line=front.line, is_marked=True)
        rule = f"a line that begins with '{front.word}'"
        yield replace(question, rule=rule, ending=ending.rule)


def without_side(rows: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a question without ``Front:`` before them."""
    label = label_of(rows[0].text) if rows else None
    if label is None or not label.has_colon or label.concept is not Concept.FRONT:
        return tuple(rows)
    return (from_offset(rows[0], label.column - 1), *rows[1:])
