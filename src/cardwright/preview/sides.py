"""Renders both sides of a card to HTML, with the templates of the package."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from urllib.parse import quote

from cardwright.markup import TEXT, cut
from cardwright.model import Note
from cardwright.notetypes import CLOZE, Template, notetype
from cardwright.package.collection import card_ords, field_values
from cardwright.preview.pages import media_type
from cardwright.preview.templates import rendered

_MATHJAX = re.compile(r"\\\((?:(?!\\\().)*?\\\)|\\\[(?:(?!\\\[).)*?\\\]", re.DOTALL)
"""No match has a second opening inside. So the search takes linear time."""
_SOUND = re.compile(r"\[sound:([^\[\]]*)\]")


def card_names(note: Note) -> list[tuple[int, str]]:
    """Return position and name of each card of a note."""
    if note.kind == CLOZE:
        return [(ord_, f"Cloze {ord_ + 1}") for ord_ in card_ords(note)]
    return [(ord_, _template(note, ord_).name) for ord_ in card_ords(note)]


def card_sides(note: Note, ord_: int) -> tuple[str, str]:
    """Return the front and the back of a card as Anki renders them.

    Sounds are still ``[sound:…]``.
    """
    template, fields = _template(note, ord_), field_values(note)
    cloze = ord_ + 1 if note.kind == CLOZE else 0
    front = rendered(template.front, fields, is_front=True, cloze=cloze)
    back = rendered(template.back, fields, is_front=False, cloze=cloze, front_side=front)
    return front, back


def _template(note: Note, ord_: int) -> Template:
    return _templates(note.kind)[0 if note.kind == CLOZE else ord_]


@cache
def _templates(kind: str) -> tuple[Template, ...]:
    return notetype(kind, "").templates


def for_browser(html: str) -> str:
    """Return a side for a browser.

    Sounds and films become players. Anki would typeset the remaining formulas with MathJax; here
    their TeX is shown in a box.
    """
    return "".join(
        _MATHJAX.sub(_formula_box, _SOUND.sub(_player, piece.text))
        if piece.kind is TEXT
        else piece.text
        for piece in cut(html)
    )


def _player(sound: re.Match[str]) -> str:
    name = unescape(sound[1])
    element = "video" if media_type(name).startswith("video/") else "audio"
    return f'<{element} controls preload="none" src="{escape(quote(name))}"></{element}>'


def _formula_box(formula: re.Match[str]) -> str:
    style = _BOX + (_BLOCK if formula[0].startswith("\\[") else "")
    return f'<code role="math" title="{_TITLE}" style="{style}">{formula[0]}</code>'


_TITLE = "Anki typesets this with MathJax"
_BOX = (
    "border: 1px dashed currentColor; border-radius: 3px; padding: 0 0.25em; white-space: pre-wrap;"
    " overflow-wrap: anywhere"
)
_BLOCK = "; display: block; margin: 0.5em 0; padding: 0.25em 0.5em; text-align: left"
