"""Renders the text of a cloze note for one of its cards, as Anki does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\{\{c(\d+)::|\}\}")
_MATHJAX = re.compile(r"(\\[(\[])(.*?)(\\[)\]])", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NAMED = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"}


@dataclass(slots=True)
class _Deletion:
    """A deletion with its parts in order. ``hint`` is ``""`` for none."""

    number: int
    parts: list[str | _Deletion] = field(default_factory=list)
    hint: str = ""


def cloze_text(text: str, number: int, *, is_front: bool) -> str:
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
            open_[-1].parts.append(closed)
        else:
            open_[0].parts.append(token[0])
    _add(open_[-1], text[at:])
    if number not in _numbers(open_[0]):
        return ""
    shown = "".join(_shown(part, number, is_front) for part in open_[0].parts)
    return _MATHJAX.sub(lambda match: match[1] + _TAG.sub("", match[2]) + match[3], shown)


def _add(deletion: _Deletion, text: str) -> None:
    """Add text to a deletion. Text after ``::`` is its hint."""
    if deletion.number and "::" in text:
        text, deletion.hint = text.split("::", 1)
    if text:
        deletion.parts.append(text)


def _numbers(deletion: _Deletion) -> set[int]:
    inner = [_numbers(part) for part in deletion.parts if isinstance(part, _Deletion)]
    return {deletion.number}.union(*inner)


def _shown(part: str | _Deletion, number: int, is_front: bool) -> str:
    if isinstance(part, str):
        return part
    inside = "".join(_shown(each, number, is_front) for each in part.parts)
    if part.number != number:
        return f'<span class="cloze-inactive" data-ordinal="{part.number}">{inside}</span>'
    if not is_front:
        return f'<span class="cloze" data-ordinal="{part.number}">{inside}</span>'
    hidden = "".join(map(_escaped, inside))
    attributes = f'class="cloze" data-cloze="{hidden}" data-ordinal="{part.number}"'
    return f"<span {attributes}>[{part.hint or '...'}]</span>"


def _escaped(character: str) -> str:
    """Escape a character as Anki does in an attribute: all but ASCII letters and digits."""
    if character.isascii() and character.isalnum():
        return character
    return _NAMED.get(character, f"&#x{ord(character):X};")
