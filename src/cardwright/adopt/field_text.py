"""Reads a field of any note type as the text that is compared.

Our fields and the old ones go through the same function. So it makes no difference whether a
formula is typeset or written for MathJax, or whether Anki's editor added ``<div>`` and
``&nbsp;``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from html import unescape

from cardwright.formulas.inline import read_inline
from cardwright.markup import Kind, cut, element_ends, typeset_tex

Image = Callable[[str], str]
"""Maps the file name of an image to a word for it."""

_NAMES = """
a abbr b bdi bdo cite del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u
var wbr
"""
_IN_LINE = frozenset(_NAMES.split())
_OTHER_DELIMITERS = (
    (re.compile(r"\[\$\$\](.*?)\[/\$\$\]", re.DOTALL), r"\\[\1\\]"),
    (re.compile(r"\[\$\](.*?)\[/\$\]", re.DOTALL), r"\\(\1\\)"),
    (re.compile(r"\[latex\](.*?)\[/latex\]", re.DOTALL), r"\\(\1\\)"),
)
"""Anki's own LaTeX syntax, which is older than MathJax."""

_SOUND = re.compile(r"\[sound:([^\[\]]*)\]")
_CLOZE_MARKER = re.compile(r"\{\{c(\d+)::|::|\}\}")
_NUMBERING = re.compile(r"\A\s*(?:q\s*)?\d{1,4}\s*[.):]\s+", re.IGNORECASE)
_ATOM = re.compile("[\ue000-\uf8ff]")
_FIRST_ATOM, _MOST_ATOMS = 0xE000, 6400


def field_text(html: str, image: Image) -> str:
    """Return the text of a field: formulas in ``$``, code in backticks, a word for each image."""
    text, atoms = _with_atoms(html, image)
    return _finished(text, atoms)


def cloze_text(html: str, image: Image) -> tuple[str, str]:
    """Return a cloze note's text without marks, and its deletions with their numbers."""
    text, atoms = _with_atoms(html, image)
    kept: list[str] = []
    hidden: list[str] = []
    open_: list[tuple[str, int, bool]] = []  # number, start in ``kept``, whether in its hint
    at = 0
    for marker in _CLOZE_MARKER.finditer(text):
        if (marker[0] == "::" and (not open_ or open_[-1][2])) or (marker[0] == "}}" and not open_):
            continue
        kept += [] if open_ and open_[-1][2] else [text[at : marker.start()]]
        at = marker.end()
        if marker[1]:
            open_.append((marker[1], len(kept), False))
            continue
        number, start, is_hint = open_.pop()
        if marker[0] == "::":
            open_.append((number, start, True))
        if not is_hint:
            hidden.append(f"{number} {''.join(kept[start:])}")
    kept.append(text[at:])
    return _finished("".join(kept), atoms), _finished(" ".join(hidden), atoms)


def _finished(text: str, atoms: Mapping[str, str]) -> str:
    for pattern, form in _OTHER_DELIMITERS:
        text = pattern.sub(form, text)
    text = _NUMBERING.sub("", _with_formulas(text))
    text = _ATOM.sub(lambda match: atoms.get(match[0], " "), text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _with_formulas(text: str) -> str:
    """Write each formula as our own fronts have it."""
    kept: list[str] = []
    at = 0
    for found in read_inline(text).formulas:
        kept += [text[at : found.start], _formula(found.tex)]
        at = found.end
    return "".join([*kept, text[at:]])


def _formula(tex: str) -> str:
    # A formula of a cloze note has a space between braces that would end a deletion.
    return f"${re.sub(r'[}] (?=[}])', '}', ' '.join(tex.split()))}$"


def _with_atoms(html: str, image: Image) -> tuple[str, dict[str, str]]:
    """Return the text of HTML, and the texts that placeholders in it stand for.

    Code and typeset formulas become placeholders (characters for private use), because nothing
    in them starts a formula or a deletion.
    """
    pieces = cut(_SOUND.sub(lambda match: f" {image(unescape(match[1]))} ", html))
    ends = element_ends(pieces)
    texts: list[str] = []
    atoms: dict[str, str] = {}

    def atom(text: str) -> None:
        if len(atoms) < _MOST_ATOMS:
            texts.append(chr(_FIRST_ATOM + len(atoms)))
            atoms[texts[-1]] = text

    at = 0
    while at < len(pieces):
        piece = pieces[at]
        end = ends.get(at, at)
        is_typeset = piece.name == "anki-mathjax" or "katex" in piece.classes
        at += 1
        if piece.kind is Kind.TEXT:
            texts.append(_ATOM.sub(" ", unescape(piece.text)).replace("\xa0", " "))
        elif piece.kind is Kind.START and is_typeset:
            atom(_formula(typeset_tex(pieces[at - 1 : end + 1])))
            at = end + 1
        elif piece.kind is Kind.START and piece.name in ("pre", "code"):
            code = "".join(unescape(p.text) for p in pieces[at:end] if p.kind is Kind.TEXT)
            code = f"`{code.strip()}`"
            if "{{c" in code:
                texts.append(code)  # a deletion in code is one too
            else:
                atom(code)
            at = end + 1
        elif piece.kind is Kind.START and piece.name == "img":
            source = piece.attribute("src")
            alt = piece.attribute("alt")
            is_latex = "latex" in piece.classes and alt
            texts.append(f"\\({alt}\\)" if is_latex else f" {image(source)} ")
        elif piece.kind in (Kind.START, Kind.END) and piece.name not in _IN_LINE:
            texts.append(" ")
    return "".join(texts), atoms
