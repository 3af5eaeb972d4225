"""Extracts the text that a card shows from the HTML of a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from cardwright.markup import Kind, Piece, cut, element_ends

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
            yield f"${_formula(pieces[at:end])}$", False
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


def _formula(pieces: Sequence[Piece]) -> str:
    """The MathML of a formula in one line; without any, the letters that are drawn."""
    start = next((at for at, piece in enumerate(pieces) if piece.name == "math"), None)
    if start is not None:
        end = element_ends(pieces).get(start, len(pieces))
        return formula_text(pieces[start + 1 : end])
    return "".join(unescape(piece.text) for piece in pieces if piece.kind is Kind.TEXT)


def images_in(html: str) -> Iterator[tuple[str, str]]:
    """Yield the ``src`` and ``alt`` of each image."""
    for piece in cut(html):
        if piece.name == "img":
            yield piece.attribute("src"), piece.attribute("alt")


_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "msub": ("_",),
    "munder": ("_",),
    "msup": ("^",),
    "mover": ("^",),
    "msubsup": ("_", "^"),
    "munderover": ("_", "^"),
}
_INVISIBLE = "\u200b\u2061\u2062\u2063\u2064"


@dataclass(slots=True)
class _Open:
    """An element that has not ended, and the texts of what it holds so far."""

    name: str
    parts: list[str] = field(default_factory=list)


def formula_text(pieces: Iterable[Piece]) -> str:
    r"""The formula that the pieces of MathML show: ``\frac{a}{b}``, ``x_{i}^{2}``."""
    open_ = [_Open("")]
    for piece in pieces:
        if piece.kind is Kind.TEXT:
            text = unescape(piece.text)
            open_[-1].parts.append("".join(char for char in text if char not in _INVISIBLE))
        elif piece.kind is Kind.START:
            open_.append(_Open(piece.name))
            if piece.text.endswith("/>"):
                _close(open_)
        elif piece.kind is Kind.END and len(open_) > 1:
            _close(open_)
    while len(open_) > 1:
        _close(open_)
    return "".join(open_[0].parts).strip()


def _close(open_: list[_Open]) -> None:
    done = open_.pop()
    open_[-1].parts.append(_text_of(done.name, done.parts))


def _text_of(name: str, parts: Sequence[str]) -> str:
    marks = _SCRIPTS.get(name, ())
    if marks and len(parts) == len(marks) + 1:
        scripts = zip(marks, parts[1:], strict=True)
        return parts[0] + "".join(mark + _braced(part) for mark, part in scripts if part)
    if name == "mfrac" and len(parts) == 2:
        return f"\\frac{{{parts[0]}}}{{{parts[1]}}}"
    if name == "msqrt":
        return f"\\sqrt{{{''.join(parts)}}}"
    if name == "mroot" and len(parts) == 2:
        return f"\\sqrt[{parts[1]}]{{{parts[0]}}}"
    if name == "mspace":
        return " "
    return {"mtr": " & ", "mtable": r" \\ "}.get(name, "").join(parts)


def _braced(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"
