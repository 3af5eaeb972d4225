"""Writes an image on a card, or a placeholder for it."""

from __future__ import annotations

import re
from contextlib import suppress
from html import escape
from urllib.parse import unquote

from cardwright.markup.inert import inert_code, inert_text
from cardwright.model import Image, Media

_SIZE = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*(px|%)?\s*")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_MAX_NAME = 80


def image_html(image: Image, media: Media | None, look: str, *, is_linked: bool) -> str:
    """Return an ``<img>``, Anki's mark for a sound, or a placeholder with the alternative text.

    ``look`` is a class for where it is, or ``""``. ``is_linked`` says that it is in a link. The
    placeholder of a remote image links to the image, unless it is in a link already. A transparent
    image has a class of its own, because it needs a light background at night.
    """
    if media is not None and media.is_sound:
        return f"[sound:{media.name}]"
    if media is not None:
        alt = f' alt="{escape(image.alt)}"'
        title = f' title="{escape(image.title)}"' if image.title else ""
        size = _size("width", image.width) + _size("height", image.height)
        names = [look] * bool(look) + ["cw-clear"] * media.is_clear
        classes = f' class="{" ".join(names)}"' if names else ""
        return inert_code(f'<img{classes} src="{escape(media.name)}"{alt}{title}{size}>')
    text = inert_text(escape(image.alt or _name(image.target), quote=False))
    if _REMOTE.match(image.target) and not is_linked:
        address = f"https:{image.target}" if image.target.startswith("//") else image.target
        text = f'<a href="{inert_code(escape(address))}">{text}</a>'
    return f'<span class="cw-missing">{text}</span>'


def _size(name: str, value: str) -> str:
    """Return an HTML attribute in CSS pixels or per cent, or ``""`` for any other value."""
    match = _SIZE.fullmatch(value)
    if match is None:
        return ""
    return f' {name}="{match[1]}{"%" if match[2] == "%" else ""}"'


def _name(target: str) -> str:
    """Return the name of the file, as a text for an image that has none."""
    if target.lower().startswith("data:"):
        return "image"
    name = re.split(r"[/\\]", re.split(r"[?#]", target)[0].rstrip("/\\"))[-1]
    with suppress(UnicodeDecodeError):  # its percent signs are no UTF-8
        name = unquote(name, errors="strict")
    return name[:_MAX_NAME] or "image"
