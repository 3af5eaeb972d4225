"""The cards that a front matter holds: its keys ``question`` (with ``answer``) and ``cards``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from cardwright.config.fields import FLAGS, Fields
from cardwright.config.tree import Listing, Scalar, Table, Tree
from cardwright.model import FrontCard, Line

_QUESTION = ("question", "front", "q")
_ANSWER = ("answer", "back", "a")


def front_cards(fields: Fields) -> tuple[FrontCard, ...]:
    """The cards in order, that of ``question`` or ``flashcard`` first; ``()`` for none.

    ``flashcard: true`` is some other tool's flag. A card of ``cards`` is a mapping with a question
    and an answer, and SR205 where it is not.
    """
    found = []
    value = fields.given("question") or fields.given("flashcard")
    if isinstance(value, Scalar) and (value.is_quoted or value.text.lower() not in FLAGS):
        answer = fields.given("answer")
        found.append(FrontCard(_lines(value), _lines(answer) if answer else ()))
    listed = fields.given("cards") or _foreign_list(fields)
    if listed is not None and not isinstance(listed, Listing):
        fields.fault("cards", listed, "a list of cards, each with 'question' and 'answer'")
    for part in listed.parts if isinstance(listed, Listing) else ():
        card = _card(part)
        if card is None:
            fields.fault("cards", part, "a list of cards, each with 'question' and 'answer'")
        else:
            found.append(card)
    return tuple(card for card in found if card.question)


def _foreign_list(fields: Fields) -> Listing | None:
    """What a site's component is given to show: mappings under ``faq`` or ``questions``."""
    for key in ("faq", "faqs", "questions"):
        value = fields.given(key)
        if is_cards(value):
            return value
    return None


def is_cards(value: Tree | None) -> TypeGuard[Listing]:
    """Whether a value is a list of mappings with a question and an answer each."""
    return isinstance(value, Listing) and bool(value.parts) and all(map(_card, value.parts))


def _card(part: Tree) -> FrontCard | None:
    if not isinstance(part, Table):
        return None
    values = {entry.key.lower(): entry.value for entry in part.entries}
    question, answer = _first(values, _QUESTION), _first(values, _ANSWER)
    return FrontCard(_lines(question), _lines(answer)) if question and answer else None


def _first(values: dict[str, Tree], keys: Sequence[str]) -> Tree | None:
    return next((values[key] for key in keys if key in values), None)


def _lines(value: Tree) -> tuple[Line, ...]:
    """The lines of a text; those of a block (YAML 1.2, chapter 8) begin on the line after."""
    if not isinstance(value, Scalar) or not value.text.strip():
        return ()
    rows = value.text.strip("\n").split("\n")
    first = value.line + (len(rows) > 1)
    column = value.column + value.is_quoted if len(rows) == 1 else 1
    return tuple(Line(row, first + at, max(column, 1)) for at, row in enumerate(rows))
