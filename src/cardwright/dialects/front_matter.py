"""Dialect F, in the front matter: ``question: What is a token?``, or a list ``cards:``."""

from __future__ import annotations

from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, nothing_at
from cardwright.model import Line

_RULE = "a key of the front matter"


def front_matter_cards(outline: Outline) -> tuple[Question, ...]:
    """The cards of the front matter; the one without an answer of its own has the file's text."""
    return tuple(
        asked(card.question, nothing_at(card.question[-1].number + 1), is_marked=True,
              given=card.answer, rule=_RULE, ending=EndRule.PIECE)
        if card.answer
        else answered_by_the_text(outline, card.question, _RULE)
        for card in outline.document.source.front_matter.cards
    )  # fmt: skip


def answered_by_the_text(outline: Outline, question: tuple[Line, ...], rule: str = "") -> Question:
    """A question that all of the text answers, without a title that opens it."""
    first = outline.document.source.front_matter.length + 1
    title = outline.title
    if title is not None and not any(map(str.strip, outline.lines[first - 1 : title.line - 1])):
        first = title.body
    answer = Span(first, len(outline.lines) + 1)
    return asked(question, answer, is_marked=True, rule=rule, ending=EndRule.FILE)
