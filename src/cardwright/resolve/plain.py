"""A side as plain text: what Browse shows, sorts and finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from cardwright.marks import replace_marks
from cardwright.markup import Kind, Piece
from cardwright.model import Callout, CodeBlock, Formula, Fragment, Image

_NAMES = """
a abbr b bdi bdo cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strike
strong sub sup tt u var
"""
_IN_LINE = frozenset(_NAMES.split())


def plain_text(fragment: Fragment, pieces: Sequence[Piece]) -> str:
    """The text of ``pieces``, the cut HTML of ``fragment``, white space collapsed.

    A formula is its TeX without delimiters, an image its alternative text; ``""`` for an empty
    fragment. It is text, not HTML: a field needs it escaped.
    """
    return " ".join("".join(_texts(fragment, pieces)).split())


def _texts(fragment: Fragment, pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if piece.kind is Kind.TEXT:
            yield replace_marks(unescape(piece.text), fragment.key, fragment.marks, _tex)
        elif piece.kind is Kind.START:
            yield _of_mark(fragment, piece.attribute(f"data-{fragment.key}"))
        if piece.kind in (Kind.START, Kind.END) and piece.name not in _IN_LINE:
            yield " "


def _of_mark(fragment: Fragment, value: str) -> str:
    mark = fragment.marks[int(value)] if value.isdecimal() else None
    if isinstance(mark, Image):
        return mark.alt
    if isinstance(mark, CodeBlock):
        return mark.code
    if isinstance(mark, Callout):
        return f"{replace_marks(mark.title, fragment.key, fragment.marks, _tex)} "
    return ""


def _tex(formula: Formula) -> str:
    return formula.tex
