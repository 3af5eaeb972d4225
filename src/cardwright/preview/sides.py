"""Renders both sides of a card to HTML, with the templates of the package."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape, unescape
from urllib.parse import quote

from cardwright.anki_fields.reading import FORMULA_IN_TEXT
from cardwright.markup import TEXT, cut
from cardwright.model import Note
from cardwright.notetypes import CLOZE, Template, card_ords, notetype
from cardwright.package.collection import field_values
from cardwright.preview.pages import media_type

_SOUND = re.compile(r"\[sound:([^\[\]]*)\]")


def card_names(note: Note) -> list[tuple[int, str]]:
    """Return position and name of each card of a note."""
    if note.kind == CLOZE:
        return [(ord_, f"Cloze {ord_ + 1}") for ord_ in card_ords(note)]
    return [(ord_, _template(note, ord_).name) for ord_ in card_ords(note)]


def card_sides(note: Note, ord_: int) -> tuple[str, str]:
    """Return front and back of a card as Anki renders them, with sounds as ``[sound:…]``."""
    template, fields = _template(note, ord_), field_values(note)
    cloze = ord_ + 1 if note.kind == CLOZE else 0
    front = rendered(template.front, fields, cloze)
    return front, rendered(template.back, fields, cloze, is_front=False)


def _template(note: Note, ord_: int) -> Template:
    return _templates(note.kind)[0 if note.kind == CLOZE else ord_]


@cache
def _templates(kind: str) -> tuple[Template, ...]:
    return notetype(kind, "").templates


def for_browser(html: str) -> str:
    """Return a side for a browser: with players of sounds, and with TeX for MathJax in a box."""
    return "".join(
        FORMULA_IN_TEXT.sub(_formula_box, _SOUND.sub(_player, piece.text))
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


_TEMPLATE_TAG = re.compile(r"\{\{\s*([#^/]?)\s*([^{}]*?)\s*\}\}")
_EMPTY = re.compile(r"(?:\s|<br ?/?>|</?div ?/?>)*", re.IGNORECASE)
"""Anki treats a field as empty if it has only white space and such tags."""


def rendered(
    template: str, fields: Mapping[str, str], cloze: int = 0, *, is_front: bool = True
) -> str:
    """Render a side of a card.

    Replaces ``{{Field}}``, ``{{#Field}}``, ``{{^Field}}`` and ``{{cloze:Field}}``. ``cloze`` is the
    number of the card's deletion. Raises ``KeyError`` for an unknown field, which is a bug.
    """
    kept: list[str] = []
    shown = [True]
    at = 0
    for tag in _TEMPLATE_TAG.finditer(template):
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
            if name.startswith("cloze:"):
                text = fields[name.removeprefix("cloze:")]
                kept.append(shown_cloze(text, cloze, is_front=is_front))
            else:
                kept.append(fields[name])
    kept.append(template[at:])
    return "".join(kept)


_TOKEN = re.compile(r"\{\{c(\d+)::|\}\}")
_CLOZE_MATHJAX = re.compile(r"(\\[(\[])(.*?)(\\[)\]])", re.DOTALL)
_HTML_TAG = re.compile(r"<[^>]*>")
_NAMED = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"}


@dataclass(slots=True)
class _Deletion:
    """A deletion: the HTML inside, its hint or ``""``, and the numbers of the deletions inside."""

    number: int
    parts: list[str] = field(default_factory=list)
    hint: str = ""
    numbers: set[int] = field(default_factory=set)


def shown_cloze(text: str, number: int, *, is_front: bool) -> str:
    """Return ``text`` on the card of deletion ``number``, ``""`` if there is no such deletion.

    Like Anki, removes tags from MathJax formulas, including the tags of deletions.
    """
    open_: list[_Deletion] = [_Deletion(0)]
    at = 0
    for token in _TOKEN.finditer(text):
        _add(open_[-1], text[at : token.start()])
        at = token.end()
        if token[1] is not None:
            open_.append(_Deletion(int(token[1])))
        elif len(open_) > 1:
            closed = open_.pop()
            open_[-1].parts.append(_shown(closed, number, is_front))
            open_[-1].numbers |= {closed.number, *closed.numbers}
        else:
            open_[0].parts.append(token[0])
    _add(open_[-1], text[at:])
    if number not in open_[0].numbers:
        return ""
    shown = "".join(open_[0].parts)
    return _CLOZE_MATHJAX.sub(
        lambda match: match[1] + _HTML_TAG.sub("", match[2]) + match[3], shown
    )


def _add(deletion: _Deletion, text: str) -> None:
    """Add text to a deletion. Text after ``::`` is its hint."""
    if deletion.number and "::" in text:
        text, deletion.hint = text.split("::", 1)
    deletion.parts.append(text)


def _shown(deletion: _Deletion, number: int, is_front: bool) -> str:
    ordinal, inside = f'data-ordinal="{deletion.number}"', "".join(deletion.parts)
    if deletion.number != number:
        return f'<span class="cloze-inactive" {ordinal}>{inside}</span>'
    if not is_front:
        return f'<span class="cloze" {ordinal}>{inside}</span>'
    hidden = "".join(map(_escaped, inside))
    return f'<span class="cloze" data-cloze="{hidden}" {ordinal}>[{deletion.hint or "..."}]</span>'


def _escaped(character: str) -> str:
    """Escape a character as Anki does in an attribute: all but ASCII letters and digits."""
    if character.isascii() and character.isalnum():
        return character
    return _NAMED.get(character, f"&#x{ord(character):X};")
