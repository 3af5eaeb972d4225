"""Dialect ``front-back``: ``## Front`` over ``## Back``, or other names of the two sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.flashcards.blocks import asking_blocks
from cardwright.dialects.flashcards.card_signs import explains_cards
from cardwright.dialects.labels import Label, labels
from cardwright.dialects.pair_labels import labelled_rows
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line
from cardwright.wording import asks
from cardwright.wording.signs import is_rule
from cardwright.wording.words import Concept


def front_and_back(outline: Outline) -> tuple[Question, ...]:
    """Return the cards with names of their two sides, and the blocks of another tool."""
    if outline.once(explains_cards):
        return ()
    found = [*asking_blocks(outline)]
    taken = {line for block in found for line in range(block.line, block.answer.end)}
    found += (card for card in sides(outline) if card.line not in taken)
    return tuple(sorted(found, key=lambda question: question.line))


_FRONT = (Concept.FRONT, Concept.QUESTION, Concept.ASKING_LETTER)
_BACK = (Concept.BACK, Concept.ANSWER, Concept.ANSWERING_LETTER)
_CARDS = (Concept.FRONT, Concept.BACK)
_LETTERS = (Concept.ASKING_LETTER, Concept.ANSWERING_LETTER)


def sides(outline: Outline) -> Iterator[Question]:
    """Yield the pairs of a front and a back of the same kind; the next name of a side ends a back.

    Two of ``Front: …`` are no accident (a site has a front, a player a back), and one that asks.
    """
    found = [label for label in labels(outline) if _kind(outline, label)]
    nexts = [*(label.line for label in found[1:]), 0]
    beside: list[Question] = []
    for at, (front, back) in enumerate(pairwise(found)):
        kind = _kind(outline, front)
        numbers = {label.number for label in (front, back) if label.number}
        is_pair = back.concept in _BACK and len(numbers) < 2 and kind == _kind(outline, back)
        if not is_pair or front.concept not in _FRONT:
            continue
        if kind == ":":
            beside += _card_beside(outline, front, back, nexts[at + 1])
        else:
            yield from _card_below(outline, front, back, nexts[at + 1])
    yield from (card for card in beside if len(beside) > 1 or asks(card.text))


def _kind(outline: Outline, label: Label) -> str:
    """Return how a side is named: ``:`` before text, hashes, bold or signs around the name alone.

    A heading with a number may have text behind it (``Q1: What is a leaf?``).
    """
    if label.concept in _CARDS and label.has_colon and not label.level:
        return ":"
    is_letter = label.concept in _LETTERS and label.word not in "QA"
    is_counted = label.level and label.number and label.mark
    if (label.has_text and not is_counted) or is_letter or label.concept not in (*_FRONT, *_BACK):
        return ""
    if label.level:
        return "#" * label.level
    is_ruled = "===" in outline.lines[label.line - 1]
    return "=" if is_ruled else label.opening[:2] if len(label.opening) > 1 else ""


_ENDS = (EndRule.HEADING, EndRule.RULE, EndRule.CONTAINER)


def _card_beside(outline: Outline, front: Label, back: Label, following: int) -> Iterator[Question]:
    """Yield the card of two names with text; other dialects read it if both are list items."""
    rows = labelled_rows(outline, front, front.behind(back.line))
    if rows and not outline.rows[back.line - 1].marker:
        indent = min(front.indent, back.indent)
        body = Body(back.line, back.line + 1, following, None, 6, back.quotes, indent)
        ending = end_of_answer(outline, body, _ENDS)
        answer, rule = back.behind(ending.line), f"a line that begins with '{front.word}'"
        yield asked(rows, answer, line=front.line, is_marked=True, rule=rule, ending=ending.rule)


def _card_below(outline: Outline, front: Label, back: Label, following: int) -> Iterator[Question]:
    """Yield the card of two names, mostly alone on their lines; a list of questions is none.

    ``following`` is the line of the name after the back.
    """
    parts = [row for row in outline.rows[front.line : back.line - 1] if row.level or row.marker]
    rows = _front(outline, front, back.line)
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
    """Return the lines of a front without blank ones and rules around."""
    if front.has_text:
        return labelled_rows(outline, front, front.behind(end))
    said = [row for row in outline.rows[front.line : end - 1] if not row.is_blank]
    lines = cut(outline.lines, Span(front.line + 1, end))
    rows = trimmed(lines, lambda text: not text.strip() or is_rule(text))
    is_headed = bool(rows) and all(row.level for row in said)
    return [from_offset(rows[0], said[0].offset)] if is_headed else rows
