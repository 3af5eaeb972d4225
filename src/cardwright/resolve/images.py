"""An image on a card, or what is shown in its place."""

from __future__ import annotations

import re
from html import escape

from cardwright.inert import inert_code, inert_text
from cardwright.model import Image, Media

_SIZE = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*(px|%)?\s*")
_MAX_NAME = 80


def image_html(image: Image, media: Media | None, *, is_alone: bool) -> str:
    """``<img>`` with the file's name, or a box with the alternative text.

    ``is_alone``: nothing else is in its paragraph. The box of a remote image is a link to it: it
    is not in the package, but not lost.
    """
    if media is not None:
        alt = f' alt="{escape(image.alt)}"'
        title = f' title="{escape(image.title)}"' if image.title else ""
        size = _size("width", image.width) + _size("height", image.height)
        figure = ' class="cw-figure"' if is_alone else ""
        return inert_code(f'<img{figure} src="{escape(media.name)}"{alt}{title}{size}>')
    text = inert_text(escape(image.alt or _name(image.target), quote=False))
    if image.target.lower().startswith(("http://", "https://")):
        text = f'<a href="{inert_code(escape(image.target))}">{text}</a>'
    return f'<span class="cw-missing">{text}</span>'


def _size(name: str, value: str) -> str:
    """CSS pixels or per cent, as HTML's attribute takes them; ``""`` for anything else."""
    match = _SIZE.fullmatch(value)
    if match is None:
        return ""
    return f' {name}="{match[1]}{"%" if match[2] == "%" else ""}"'


def _name(target: str) -> str:
    """What to call an image without a text: its file's name."""
    if target.lower().startswith("data:"):
        return "image"
    name = re.split(r"[/\\]", re.split(r"[?#]", target)[0].rstrip("/\\"))[-1]
    return name[:_MAX_NAME] or "image"
