"""Extracts the text that a card shows from the HTML of a field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from cardwright.markup import Kind, Piece, cut, element_ends, typeset_tex

_BLOCKS = frozenset(
    {"blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "hr", "li"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "summary", "table", "tr", "ul"}
)
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"\s+")


def shown_text(html: str) -> str:
    """Return the text of a field, with a line for each block and code unchanged.

    Formulas are between ``$``, images are ``[image …]`` with their alternative text, and
    addresses follow their links.
    """
    kept: list[str] = []
    for text, is_verbatim in _texts(cut(html)):
        if not is_verbatim:
            text = _BLANKS.sub(" ", text)
            text = text.lstrip() if not kept or kept[-1][-1].isspace() else text
        if text:
            kept.append(text)
    lines = (line.rstrip() for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _texts(pieces: Sequence[Piece]) -> Iterator[tuple[str, bool]]:
    """Yield each text, and whether its white space matters."""
    ends = element_ends(pieces)
    address = ""
    at = verbatim = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece.kind is Kind.TEXT:
            yield unescape(piece.text), at <= verbatim
        elif piece.kind is Kind.START and "katex" in piece.classes:
            end = ends.get(at - 1, at)
            yield f"${typeset_tex(pieces[at:end])}$", False
            at = end + 1
        elif piece.name == "a":
            if piece.kind is Kind.END and address:
                yield f" ({address})", False
            address = piece.attribute("href")
        else:
            if piece.name == "pre":
                verbatim = max(verbatim, ends.get(at - 1, 0))
            yield _mark(piece), piece.name not in _CELLS


def _mark(piece: Piece) -> str:
    """Return the text that replaces a tag."""
    if piece.name == "img":
        return f"[image {piece.attribute('alt')}".rstrip() + "]"
    if piece.name in _CELLS:
        return " "
    return "\n" if piece.name in _BLOCKS else ""


def images_in(html: str) -> Iterator[tuple[str, str]]:
    """Yield the ``src`` and ``alt`` of each image."""
    for piece in cut(html):
        if piece.name == "img":
            yield piece.attribute("src"), piece.attribute("alt")
