"""Reads images from the syntax of other tools: shortcodes, components and embeds."""

from __future__ import annotations

from cardwright.model import Place
from cardwright.render.tools.tags import Tag, Tool
from cardwright.render.words import Picture

_FIGURES = frozenset({"figure", "img", "image", "asset_img"})


def is_figure(tag: Tag) -> bool:
    """Whether a tag is an image with an address."""
    is_named = tag.name.lower() in _FIGURES and not tag.is_closing
    return is_named and bool(tag.argument("src", *_FIRST[tag.tool is Tool.MDX]))


_FIRST: tuple[tuple[str, ...], tuple[str, ...]] = (("0", "link"), ())


def picture_of(tag: Tag, place: Place) -> tuple[Picture, str]:
    """Return the image, and the text below it as Markdown: a bold title and the caption.

    The text below is not used as alternative text too, because a placeholder would repeat it.
    """
    caption, title = tag.argument("caption"), tag.argument("title")
    is_below = bool(caption) or tag.tool is Tool.HUGO
    alt = tag.argument("alt") or ("" if is_below else title)
    if tag.name == "asset_img":
        alt = " ".join(value for key, value in tag.arguments if key.isdecimal() and key != "0")
    target = tag.argument("src", *_FIRST[tag.tool is Tool.MDX])
    size = (tag.argument("width"), tag.argument("height"))
    below = [f"**{title}**" if title and tag.tool is Tool.HUGO else "", caption]
    return Picture(target, alt, "", size, place), " ".join(part for part in below if part)
