"""Reads cards from front matter: the key ``question`` (with ``answer``), and lists of cards.

A question may have ``options``. Then ``correct`` (or ``answer``) names the right ones, by number,
by text or by key. An option may be a mapping that says itself whether it is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_uppercase
from typing import NamedTuple, TypeGuard

from cardwright.config.fields import FLAGS, Fields
from cardwright.config.tree import Listing, Scalar, Table, Tree, parts_of
from cardwright.model import FrontCard, Line

QUESTION = ("question", "front", "q")
ANSWER = ("answer", "back", "a")
_RIGHT = ("correct", "correct_answer", "correctanswer", *ANSWER)
_OPTIONS = ("options", "choices")
_TEXT = ("text", "label", "option", "choice", "value", "content", "answer")
_KEY = ("key", "id", "letter")
_FLAG = ("correct", "is_correct", "iscorrect", "right")
_EXPLANATION = ("explanation",)
_LETTERS = ascii_uppercase


def front_cards(fields: Fields) -> tuple[FrontCard, ...]:
    """Return the cards in order, the card of ``question`` or ``flashcard`` first.

    Ignores ``flashcard: true``, a flag of another tool. Every item of ``cards`` must be a mapping
    with a question and an answer, else SR205. Without ``cards``, the first list under any key
    counts whose items are all such mappings: websites use ``faq``, ``questions``, ``items``.
    """
    found = []
    value = fields.given("question") or fields.given("flashcard")
    is_card = fields.given("back") is not None or len(fields.values) == 1
    value = value or (fields.given("front") if is_card else None)
    listed = fields.given("cards") or next(filter(is_cards, fields.values.values()), None)
    parts = listed.parts if isinstance(listed, Listing) else ()
    able = ((key, fields.given(key)) for key in (*_RIGHT, *_OPTIONS, *_EXPLANATION))
    own = {key: given for key, given in able if given is not None}
    first = _first_place([own, *(_values(part) for part in parts if isinstance(part, Table))])
    if isinstance(value, Scalar) and (value.is_quoted or value.text.lower() not in FLAGS):
        own |= {"question": value}
        found.append(_with_options(own, first) or FrontCard(_lines(value)))
    if listed is not None and not isinstance(listed, Listing):
        fields.fault("cards", listed, "a list of cards, each with 'question' and 'answer'")
    for part in parts:
        card = _card(part, first)
        if card is None or not (card.question and card.answer):
            fields.fault("cards", part, "a list of cards, each with 'question' and 'answer'")
        else:
            found.append(card)
    return tuple(card for card in found if card.question)


def is_cards(value: Tree | None) -> TypeGuard[Listing]:
    """Whether a value is a list of mappings, each with a question and an answer."""
    return isinstance(value, Listing) and bool(value.parts) and all(map(_card, value.parts))


def _card(part: Tree, first: int = 0) -> FrontCard | None:
    return _with_options(_values(part), first) if isinstance(part, Table) else None


def _values(table: Table) -> dict[str, Tree]:
    return {entry.key.lower(): entry.value for entry in table.entries}


class _Option(NamedTuple):
    """An option."""

    text: Scalar
    key: str = ""  # names it in other texts: `a`
    is_right: bool = False  # its mapping says so


def _with_options(values: dict[str, Tree], first: int) -> FrontCard | None:
    """Return the card of these keys, with its options on the front; ``None`` if there is no card.

    ``first`` is the number of the first option. If the options say which ones are right, another
    answer explains.
    """
    question, options = _first(values, QUESTION), _options(_first(values, _OPTIONS))
    right = _first(values, _RIGHT if options else ANSWER)
    flagged = [_LETTERS[at] for at, each in enumerate(options) if each.is_right]
    if not isinstance(question, Scalar) or (right is None and not flagged):
        return None
    front, back = _lines(question), _lines(right) if right else ()
    told: tuple[Line, ...] = ()
    if options and front:
        gap = Line("", front[-1].number)
        lettered = (
            Line(f"{letter}) {_without(letter, text.text)}", text.line, text.column)
            for letter, (text, _, _) in zip(_LETTERS, options, strict=False)
        )
        front = (*front, gap, *lettered)
        letters = _letters(right, options, first) if right else []
        if letters and right:
            back = (Line(", ".join(letters), right.line, right.column),)
        elif flagged:
            text = next(each.text for each in options if each.is_right)
            told, back = back, (Line(", ".join(flagged), text.line, text.column),)
    explanation = _first(values, _EXPLANATION)
    for more in (told, _lines(explanation) if explanation else ()):
        back = (*back, Line("", back[-1].number), *more) if back and more else back
    return FrontCard(front, back)


def _without(letter: str, option: str) -> str:
    """Return the text of an option without its own letter, as in ``A) iron``."""
    own = re.match(rf"\s*\(?{letter}[).:]\s+(?=\S)", option)
    return option[own.end() if own else 0 :].strip()


def _texts(value: Tree | None) -> list[Scalar]:
    """Return the scalars of a list, or a single scalar as a list."""
    parts = parts_of(value) if value else ()
    return [part for part in parts if isinstance(part, Scalar)]


def _options(value: Tree | None) -> list[_Option]:
    """Return the options: texts, mappings with a text, or one mapping of keys to texts."""
    if isinstance(value, Table):
        entries = ((each.key, each.value) for each in value.entries)
        found = [_Option(text, key) for key, text in entries if isinstance(text, Scalar)]
        return found[: len(_LETTERS)]
    found = []
    for part in parts_of(value) if value else ():
        values = _values(part) if isinstance(part, Table) else {}
        text = _first(values, _TEXT) if values else part
        if isinstance(text, Scalar):
            key, flag = _first(values, _KEY), _first(values, _FLAG)
            is_right = isinstance(flag, Scalar) and FLAGS.get(flag.text.lower()) is True
            found.append(_Option(text, key.text if isinstance(key, Scalar) else "", is_right))
    return found[: len(_LETTERS)]


def _letters(right: Tree, options: Sequence[_Option], first: int) -> list[str]:
    """Return the letters of the right options in order; ``[]`` if one of them is unknown."""
    texts = [option.text.text.strip().casefold() for option in options]
    keys = [option.key.casefold() for option in options]
    found: list[int] = []
    for each in _texts(right):
        text = each.text.strip().casefold()
        place = int(text) - first if _is_place(each) else -1
        place = keys.index(text) if text in keys else place
        found.append(texts.index(text) if text in texts else place)
    is_known = all(0 <= place < len(options) for place in found)
    return [_LETTERS[place] for place in sorted(found)] if is_known else []


def _is_place(value: Scalar) -> bool:
    return value.text.isascii() and value.text.isdigit() and len(value.text) < 3


def _first_place(cards: Sequence[dict[str, Tree]]) -> int:
    """Return the number of the first option in a file: 0, or 1 if only 1 is possible."""
    places, is_behind = [], False
    for values in cards:
        options = _options(_first(values, _OPTIONS))
        own = [int(each.text) for each in _texts(_first(values, _RIGHT)) if _is_place(each)]
        places += own if options else []
        is_behind = is_behind or len(options) in own
    return int(is_behind and 0 not in places)


def _first(values: dict[str, Tree], keys: Sequence[str]) -> Tree | None:
    return next((values[key] for key in keys if key in values), None)


def _lines(value: Tree) -> tuple[Line, ...]:
    """Return the lines of a text, or of a list of texts. In TOML, they start on the next line."""
    if isinstance(value, Listing) and all(isinstance(part, Scalar) for part in value.parts):
        return tuple(  # the dash of YAML is that of Markdown
            Line(f"{'  ' if at else '- '}{line.text}", line.number, max(line.column - 2, 1))
            for part in value.parts
            for at, line in enumerate(_lines(part))
        )
    if not isinstance(value, Scalar) or not value.text.strip():
        return ()
    rows = value.text.split("\n")
    places = value.rows or [(value.line + at, 1) for at in range(1, len(rows) + 1)]
    if len(rows) == 1 and not value.rows:
        places = [(value.line, max(value.column + value.is_quoted, 1))]
    lines = [Line(row, *place) for row, place in zip(rows, places, strict=False)]
    first = next(at for at, row in enumerate(rows) if row)
    return tuple(lines[first : len(value.text.rstrip("\n").split("\n"))])
