"""Renders Anki's template language, as far as our templates use it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cardwright.preview.cloze import cloze_text

_TAG = re.compile(r"\{\{\s*([#^/]?)\s*([^{}]*?)\s*\}\}")
_EMPTY = re.compile(r"(?:\s|<br ?/?>|</?div ?/?>)*", re.IGNORECASE)
"""Anki treats a field as empty if it has only white space and such tags."""

FRONT_SIDE = "FrontSide"


def rendered(
    template: str,
    fields: Mapping[str, str],
    *,
    is_front: bool,
    cloze: int = 0,
    front_side: str = "",
) -> str:
    """Render a side of a card.

    Replaces ``{{Field}}``, ``{{#Field}}``, ``{{^Field}}``, ``{{cloze:Field}}`` and
    ``{{FrontSide}}``. ``cloze`` is the number of the card's deletion. Raises ``KeyError`` for an
    unknown field, which is a bug.
    """
    kept: list[str] = []
    shown = [True]
    at = 0
    for tag in _TAG.finditer(template):
        marker, name = tag.groups()
        if shown[-1]:
            kept.append(template[at : tag.start()])
        at = tag.end()
        if marker == "/":
            shown.pop()
        elif marker:
            is_filled = not _EMPTY.fullmatch(fields[name])
            shown.append(shown[-1] and is_filled == (marker == "#"))
        elif shown[-1]:
            kept.append(_value(name, fields, cloze, front_side, is_front=is_front))
    kept.append(template[at:])
    return "".join(kept)


def _value(
    name: str, fields: Mapping[str, str], cloze: int, front_side: str, *, is_front: bool
) -> str:
    if name == FRONT_SIDE:
        return front_side
    if name.startswith("cloze:"):
        return cloze_text(fields[name.removeprefix("cloze:")], cloze, is_front=is_front)
    return fields[name]
