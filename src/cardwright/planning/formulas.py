"""KaTeX's MathML as one line: near to TeX, for the package does not keep what was typeset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from cardwright.markup import Kind, Piece

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
