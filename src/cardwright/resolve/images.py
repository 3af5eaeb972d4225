"""An image on a card, or what is shown in its place."""

from __future__ import annotations

import re
from html import escape

from cardwright.markup.inert import inert_code, inert_text
from cardwright.model import Image, Media

_SIZE = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*(px|%)?\s*")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_MAX_NAME = 80


def image_html(image: Image, media: Media | None, *, is_alone: bool, is_linked: bool) -> str:
    """``<img>`` with the file's name, Anki's mark for a sound, or a box with the alternative text.

    ``is_alone``: nothing else is in its paragraph; ``is_linked``: it is in a link. The box of a
    remote image is one to it, if it can be: it is not in the package, but not lost. An image
    through which the ground shows has a class of its own: at night it needs a light one.
    """
    if media is not None and media.is_sound:
        return f"[sound:{media.name}]"
    if media is not None:
        alt = f' alt="{escape(image.alt)}"'
        title = f' title="{escape(image.title)}"' if image.title else ""
        size = _size("width", image.width) + _size("height", image.height)
        names = ["cw-figure"] * is_alone + ["cw-clear"] * media.is_clear
        classes = f' class="{" ".join(names)}"' if names else ""
        return inert_code(f'<img{classes} src="{escape(media.name)}"{alt}{title}{size}>')
    text = inert_text(escape(image.alt or _name(image.target), quote=False))
    if _REMOTE.match(image.target) and not is_linked:
        address = f"https:{image.target}" if image.target.startswith("//") else image.target
        text = f'<a href="{inert_code(escape(address))}">{text}</a>'
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
