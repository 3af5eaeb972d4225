"""Renders the titles above a question for the Context field, as inline HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cardwright.markup import TEXT, Piece
from cardwright.model import Formula, Fragment, Html, Image
from cardwright.resolve.clean import clean
from cardwright.resolve.field import Assets, field_html
from cardwright.resolve.plain import IN_LINE

_SHOWN = IN_LINE - {"a", "img"}
"""A title has no links and no images."""


def title_html(fragment: Fragment, assets: Assets) -> Html:
    """Return the title with its formulas, code and emphasis, or ``""`` if it is plain text.

    The HTML is cleaned even with ``html: trusted``. Otherwise an open tag would affect what
    follows.
    """
    pieces = tuple(_in_line(fragment))
    is_plain = all(piece.kind is TEXT for piece in pieces)
    has_formula = any(isinstance(mark, Formula) for mark in fragment.marks)
    return field_html(fragment, pieces, assets) if has_formula or not is_plain else Html("")


def _in_line(fragment: Fragment) -> Iterator[Piece]:
    for piece in clean(fragment.html, fragment.key):
        value = piece.attribute(f"data-{fragment.key}")
        mark = fragment.marks[int(value)] if value.isdecimal() else None
        if isinstance(mark, Image):
            yield Piece(TEXT, escape(mark.alt))
        elif piece.kind is TEXT or piece.name in _SHOWN:
            yield piece
