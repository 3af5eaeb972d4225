"""Replaces the marks in clean HTML with what they stand for, in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape

from cardwright.markup import END, RAW, START, TEXT, Piece, with_class
from cardwright.markup.inert import inert_code, inert_text
from cardwright.markup.marks import FOOTNOTE_REFERENCE, replace_marks, split_marks
from cardwright.model import (
    Callout,
    CodeBlock,
    Formula,
    Fragment,
    Html,
    Image,
    Mark,
    Media,
    Typeset,
)
from cardwright.resolve.around import is_tag, letter_of_item, lettered_items, look_of_image, near
from cardwright.resolve.code import code_html
from cardwright.resolve.colours import BRIGHT, DIM, TINTED
from cardwright.resolve.deletions import write_deletions
from cardwright.resolve.formulas import formula_html
from cardwright.resolve.images import image_html


@dataclass(frozen=True, slots=True)
class Assets:
    """What a note's fields need: the files of images, the TeX macros, and the typeset formulas."""

    found: Mapping[Image, Media]
    macros: Mapping[str, str]
    typeset: Mapping[Formula, Typeset] = field(default_factory=dict)


@dataclass
class _FieldState:
    """The state of the pass over one fragment."""

    fragment: Fragment
    pieces: Sequence[Piece]
    assets: Assets
    out: list[str] = field(default_factory=list)
    code_depth: int = 0
    link_ends: list[str] = field(default_factory=list)

    @cached_property
    def options(self) -> frozenset[int]:
        return lettered_items(self.pieces)


def field_html(fragment: Fragment, pieces: Sequence[Piece], assets: Assets) -> Html:
    """Return the field for ``pieces``, the cut HTML of ``fragment``."""
    if not pieces:
        return Html("")
    state = _FieldState(fragment, pieces, assets)
    key, out = fragment.key, state.out
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.text in _UNTOUCHED:
            out.append(piece.text)
            at += 1
        elif piece.kind is TEXT and key not in piece.text:
            out.append(inert_text(piece.text))
            at += 1
        else:
            at = _write_piece(state, at)
    html = "".join(out).strip()
    return Html(write_deletions(html, fragment.key, fragment.numbers))


_NAMES = """
b blockquote br dd div dl dt em h1 h2 h3 h4 h5 h6 hr i ol s strong sub sup tbody td th thead tr ul
"""
_UNTOUCHED = frozenset({"</li>", "</p>"}).union(
    tag for name in _NAMES.split() for tag in (f"<{name}>", f"</{name}>")
)
"""Tags that always stay as they are. Most pieces are one of these or text."""


def _write_piece(state: _FieldState, at: int) -> int:
    """Write piece ``at`` and perhaps some after it. Return the index of the next one."""
    piece = state.pieces[at]
    if piece.kind is TEXT:
        state.out.append(_text(state, piece.text))
    elif piece.kind is RAW:
        key, marks = state.fragment.key, state.fragment.marks
        state.out.append(replace_marks(piece.text, key, marks, lambda f: f.source))
    elif piece.kind is END:
        if piece.name in ("code", "pre") and state.code_depth:
            state.code_depth -= 1
        end = state.link_ends.pop() if piece.name == "a" and state.link_ends else piece.text
        state.out.append(f"{end}</div>" if piece.name == "table" else end)
    elif piece.kind is START:
        return _start_tag(state, at, piece)
    # Comments are dropped, because MathJax joins the text on both sides.
    return at + 1


def _text(state: _FieldState, html: str) -> str:
    key, marks = state.fragment.key, state.fragment.marks
    if state.code_depth:
        return inert_text(replace_marks(html, key, marks, lambda f: escape(f.source, quote=False)))
    out: list[str] = []
    is_short = False
    for part in split_marks(html, key, marks):
        if not isinstance(part, str):
            shown, is_display = _formula(state, part)
            is_short = not is_display and len(part.tex) <= _SHORT
            out.append(f'<span class="cw-math">{shown}</span>' if shown and is_display else shown)
            continue
        closing = _CLOSING.match(part) if out and is_short else None
        if closing:
            # MathJax makes the formula a box. Without this, a line could break before its comma.
            out[-1] = f'<span class="cw-unbroken">{out[-1]}{closing.group()}</span>'
        out.append(inert_text(part[closing.end() :] if closing else part))
    return "".join(out)


_CLOSING = re.compile(r"[,.;:!?)%’”]+")
_SHORT = 24  # characters of TeX; a shorter formula stays on one line with the punctuation after it


def _formula(state: _FieldState, formula: Formula) -> tuple[str, bool]:
    """Return the HTML of a formula, and whether it is a display formula."""
    key = state.fragment.key if state.fragment.numbers else ""
    typeset = state.assets.typeset.get(formula)
    html = formula_html(formula, typeset, state.assets.macros, key)
    return html, (typeset or formula).is_display


def _start_tag(state: _FieldState, at: int, piece: Piece) -> int:
    key = state.fragment.key
    mark = piece.attribute(f"data-{key}") if piece.attributes and key else ""
    if mark:
        return _put_mark(state, at, mark)
    behind = _display_paragraph(state, at) if piece.name == "p" else at
    if behind > at:
        return behind
    if piece.name in ("code", "pre"):
        state.code_depth += 1
    state.out.append(_tag(state, at, piece))
    return at + 1


def _put_mark(state: _FieldState, at: int, value: str) -> int:
    mark: Mark | None = state.fragment.marks[int(value)] if value.isdecimal() else None
    if isinstance(mark, Image):
        media, look = state.assets.found.get(mark), look_of_image(state.pieces, at)
        state.out.append(image_html(mark, media, look, is_linked=bool(state.link_ends)))
    elif isinstance(mark, CodeBlock):
        state.out.append(code_html(mark))
        return at + 1 + any(is_tag(END, piece, "pre") for piece in state.pieces[at + 1 : at + 2])
    elif isinstance(mark, Callout):
        state.out.append(_callout(state, mark))
    elif value == FOOTNOTE_REFERENCE:
        state.out.append('<sup class="cw-footnote-ref">')
    else:
        state.out.append('<div class="cw-footnotes">')
    return at + 1


def _callout(state: _FieldState, callout: Callout) -> str:
    kind = callout.kind if callout.kind in CALLOUTS else _OTHER_CALLOUTS.get(callout.kind, "note")
    title = escape(callout.title or callout.kind.replace("-", " ").capitalize(), quote=False)
    return (
        f'<div class="cw-callout cw-callout-{kind}">'
        f'<div class="cw-callout-title">{_text(state, title)}</div>'
    )


CALLOUTS: Mapping[str, str] = {
    "note": "info todo abstract summary tldr",
    "tip": "hint",
    "important": "",
    "warning": "caution attention",
    "danger": "error bug failure fail missing",
    "success": "check done",
    "question": "help faq",
    "example": "",
    "quote": "cite",
}
"""The kinds of callouts, each with a class, and other names for them. Others become ``note``."""

_OTHER_CALLOUTS = {name: kind for kind, names in CALLOUTS.items() for name in names.split()}


def _display_paragraph(state: _FieldState, at: int) -> int:
    """Write a paragraph of display formulas alone and return the index after it, else ``at``."""
    inside = state.pieces[at + 1 : at + 3]
    if len(inside) < 2 or inside[0].kind is not TEXT or inside[1].name != "p":
        return at
    if state.fragment.key not in inside[0].text:
        return at
    parts = split_marks(inside[0].text, state.fragment.key, state.fragment.marks)
    formulas = [part for part in parts if not isinstance(part, str)]
    is_alone = all(not part.strip() for part in parts if isinstance(part, str))
    if not formulas or not is_alone:
        return at
    htmls = [_formula(state, formula) for formula in formulas]
    if not all(is_display or not html for html, is_display in htmls):
        return at
    state.out += [f'<div class="cw-math">{html}</div>' for html, _ in htmls if html]
    return at + 3


_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def _tag(state: _FieldState, at: int, piece: Piece) -> str:
    tag = replace_marks(
        piece.text, state.fragment.key, state.fragment.marks, lambda f: escape(f.source)
    )
    style = piece.attribute("style") if piece.attributes else ""
    classes = [name for name, sign in _GROUNDS.items() if sign in style]
    if piece.name == "img":
        return ""  # it has no mark, so it has no target or comes from repaired HTML
    if piece.name == "input":
        is_checked = any(name == "checked" for name, _ in piece.attributes)
        box = f'<input type="checkbox" disabled{" checked" if is_checked else ""}>'
        return box if _is_box(piece) else ""
    if piece.name == "li":
        if _is_box(near(state.pieces, at, 1, passing="p")):
            classes.insert(0, "cw-task")
        elif letter_of_item(state.pieces, at) and at in state.options:
            classes.insert(0, "cw-option")
    tag = inert_code(with_class(tag, " ".join(classes)) if classes else tag)
    if piece.name == "table":
        return f'<div class="cw-scroll">{tag}'
    if piece.name == "a":
        is_link = _LINK.match(unescape(piece.attribute("href"))) is not None
        state.link_ends.append("</a>" if is_link else "</span>")
        return tag if is_link else "<span>"
    return tag


_GROUNDS = {"cw-bright": BRIGHT, "cw-dim": DIM, "cw-tinted": TINTED}


def _is_box(piece: Piece | None) -> bool:
    """Whether it is the box of a task. Other inputs are removed."""
    return piece is not None and piece.name == "input" and piece.attribute("type") == "checkbox"
