"""Turns a side into plain text, which Browse shows, sorts and searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from cardwright.markup import END, START, TEXT, Piece
from cardwright.markup.marks import DIVIDER, replace_marks, split_edges
from cardwright.model import Callout, CodeBlock, Formula, Fragment, Image
from cardwright.tex_macros import definitions_in

_NAMES = """
a abbr b bdi bdo cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span strike
strong sub sup tt u var
"""
IN_LINE = frozenset(_NAMES.split())
"""Inline elements."""


def plain_text(fragment: Fragment, pieces: Sequence[Piece]) -> str:
    """Return the text of ``pieces``, the cut HTML of ``fragment``, with white space collapsed.

    A formula becomes its TeX without delimiters, an image its alternative text, and a deletion the
    text that it hides. The result is ``""`` for an empty fragment. It is not escaped for HTML.
    """
    out: list[str] = []
    hints: list[int] = []
    for part in split_edges("".join(_texts(fragment, pieces)), fragment.key):
        if isinstance(part, str):
            out += [] if hints else [part]
        elif part.kind == DIVIDER:
            hints.append(part.deletion)
        elif hints[-1:] == [part.deletion]:
            hints.pop()
    return " ".join("".join(out).split())


def _texts(fragment: Fragment, pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if piece.kind is TEXT:
            yield replace_marks(unescape(piece.text), fragment.key, fragment.marks, _tex)
        elif piece.kind is START and piece.attributes:
            yield _of_mark(fragment, piece.attribute(f"data-{fragment.key}"))
        if piece.kind in (START, END) and piece.name not in IN_LINE:
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
    return "" if definitions_in(formula.tex) else formula.tex
