"""Dialect ``front-back``: ``## Front`` over ``## Back``, or ``Front: …`` and ``Back: …``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cardwright.dialects.endings import Body, EndRule, end_of_answer
from cardwright.dialects.flashcards.blocks import asking_blocks, fenced_cards
from cardwright.dialects.flashcards.card_signs import explains_cards
from cardwright.dialects.key_entries import counted_lines
from cardwright.dialects.labels import Label, labels
from cardwright.dialects.pair_labels import labelled_rows
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, from_offset, trimmed
from cardwright.model import Line
from cardwright.wording import asks, sets_a_task
from cardwright.wording.signs import is_rule
from cardwright.wording.words import Concept


def front_and_back(outline: Outline) -> Iterator[Question]:
    """Yield the cards with names of their two sides, and the blocks of other tools."""
    if not outline.once(explains_cards):
        blocks = [*asking_blocks(outline), *fenced_cards(outline)]
        taken = {line for block in blocks for line in range(block.line, block.answer.end)}
        yield from blocks
        yield from (card for card in _sides(outline) if card.line not in taken)


_TASKS = (Concept.EXERCISE, Concept.TASK)
_FRONT = (Concept.FRONT, Concept.QUESTION, Concept.ASKING_LETTER, *_TASKS)
_BACK = (Concept.BACK, Concept.ANSWER, Concept.ANSWERING_LETTER, Concept.SOLUTION)
_ENDS = (EndRule.HEADING, EndRule.RULE, EndRule.CONTAINER)


def _sides(outline: Outline) -> Sequence[Question]:
    """Return the pairs of a front and a back of the same kind. The next side's name ends a back.

    Pairs of ``Front: …`` count if there are two, or one that asks. A site has a front, too, and a
    player a back. Problems and solutions count if there are two, and most set a task.
    """
    named = [(label, kind) for label in labels(outline) if (kind := _kind(outline, label))]
    nexts = [*(label.line for label, _ in named[2:]), 0]
    beside, tasks, cards = list[Question](), list[Question](), list[Question]()
    for ((front, kind), (back, other)), following in zip(pairwise(named), nexts, strict=False):
        is_pair = front.concept in _FRONT and back.concept in _BACK and kind == other
        if is_pair and len({front.number, back.number} - {""}) < 2:
            if kind == ":":
                beside += _card_beside(outline, front, back, following)
            else:
                below = _card_below(outline, front, back, following)
                (tasks if front.concept in _TASKS else cards).extend(below)
    cards += tasks if sum(sets_a_task(each.text) for each in tasks) * 2 > len(tasks) > 1 else ()
    return [*cards, *(card for card in beside if len(beside) > 1 or asks(card.text))]


def _kind(outline: Outline, label: Label) -> str:
    """Return how a side is named: ``:`` before text, or hashes, bold or signs around the name.

    A heading with a number may have text after it (``Q1: What is a leaf?``).
    """
    if label.concept in (Concept.FRONT, Concept.BACK) and label.has_colon and not label.level:
        return ":"
    is_letter = len(label.word) == 1 and label.word not in "QA"
    is_counted = label.level and label.number and label.mark
    if (label.has_text and not is_counted) or is_letter or label.concept not in (*_FRONT, *_BACK):
        return ""
    if label.level:
        return "#" * label.level
    is_ruled = "===" in outline.lines[label.line - 1]
    return "=" if is_ruled else label.opening[:2] if len(label.opening) > 1 else ""


def _card_beside(outline: Outline, front: Label, back: Label, following: int) -> Iterator[Question]:
    """Yield the card of two names with text. If both are list items, other dialects read it."""
    rows = labelled_rows(outline, front, front.behind(back.line))
    if rows and not outline.rows[back.line - 1].marker:
        indent = min(front.indent, back.indent)
        body = Body(back.line, back.line + 1, following, None, 6, back.quotes, indent)
        ending = end_of_answer(outline, body, _ENDS)
        answer = back.behind(ending.line)
        rule = f"a line that begins with '{front.word}'"
        yield asked(rows, answer, line=front.line, is_marked=True, rule=rule, ending=ending.rule)


def _card_below(outline: Outline, front: Label, back: Label, following: int) -> Iterator[Question]:
    """Yield the card of two names, mostly alone on their lines. A list of questions is not a card.

    ``following`` is the line of the name after the back. Sections between the two are on no card.
    """
    above = Body(front.line, front.line + 1, back.line, level=front.level)
    end = end_of_answer(outline, above, [EndRule.HEADING] if front.level else []).line
    between, rows = outline.rows[front.line : end - 1], _front(outline, front, end)
    counted = counted_lines(outline, front.line + 1, end)
    items = (row for row in between if row.level or row.marker or row.number in counted)
    if not rows or sum(asks(row.text) for row in items) > 1:
        return
    level = back.level - 1 if back.level else 6 * bool(back.opening)
    body = Body(back.line, back.line + 1, following, level=level)
    ending = end_of_answer(outline, body, [EndRule.HEADING] if level else [])
    ruled = outline.rows[back.line : ending.line - 1] if not (back.level or back.opening) else ()
    until = next((row.number for row in ruled if row.text.startswith("===")), ending.line)
    answer, rule = back.behind(until), f"'{outline.rows[front.line - 1].text}' above it"
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
