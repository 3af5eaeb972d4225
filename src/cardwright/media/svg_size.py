"""The width and height that a drawing says it has, and its ``viewBox``."""

from __future__ import annotations

import re

from cardwright.diagnostics import Code
from cardwright.media.picture import Refusal
from cardwright.media.svg_tree import Element

_NUMBER = re.compile(r"[+-]?(?:\d{1,12}\.?\d{0,12}|\.\d{1,12})(?:[eE][+-]?\d{1,2})?")
_LENGTH = re.compile(rf"\s*({_NUMBER.pattern})\s*(px|pt|pc|mm|cm|in|em|ex|rem|%)?\s*")
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0,
    "ex": 8.0, "rem": 16.0,
}  # fmt: skip
_LONGEST_SIDE = 30_000
"""CSS pixels; a browser draws a picture of this size, if it does, into as many of its own."""
_WIDEST = 1_000
_NARROWEST = 16
_USUAL = 300
"""What a browser gives to a drawing that says nothing (CSS 2.1, 10.3.2)."""


def sized(root: Element) -> Refusal | None:
    """Give the root a width, a height and a ``viewBox`` where it lacks them; MD510 if huge.

    A side that is missing follows from the ``viewBox``; its units are anything, so what it says
    alone is kept between a symbol's size and a page's.
    """
    width, height = (_length(root.attributes.get(("", name), "")) for name in ("width", "height"))
    box = _view_box(root.attributes.get(("", "viewBox"), ""))
    if max(width or 0, height or 0) > _LONGEST_SIDE:
        hint = f"give it a width and a height of at most {_LONGEST_SIDE:,}"
        words = f"is too large to be opened: {width or 0:,.0f} × {height or 0:,.0f} pixels"
        return Refusal(words, hint, Code.IMAGE_OVERSIZED)
    if box is None:
        if width and height:
            root.attributes["", "viewBox"] = f"0 0 {_plain(width)} {_plain(height)}"
        return None
    if not (width and height):
        width, height = _completed(width, height, *box)
        root.attributes |= {("", "width"): _plain(width), ("", "height"): _plain(height)}
    return None


def _length(text: str) -> float | None:
    """CSS pixels; ``None`` for none, for per cent and for what is no length."""
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] == "%":
        return None
    pixels = float(match[1]) * _PIXELS[match[2] or "px"]
    return pixels if pixels > 0 else None


def _view_box(text: str) -> tuple[float, float] | None:
    """The width and height of a ``viewBox``, ``None`` when it has none."""
    numbers = text.replace(",", " ").split()
    if len(numbers) != 4 or not all(_NUMBER.fullmatch(number) for number in numbers):
        return None
    width, height = float(numbers[2]), float(numbers[3])
    return (width, height) if width > 0 and height > 0 else None


def _completed(
    width: float | None, height: float | None, box_width: float, box_height: float
) -> tuple[float, float]:
    if width:
        return width, width * box_height / box_width
    if height:
        return height * box_width / box_height, height
    return _from_box(box_width, box_height)


def _from_box(width: float, height: float) -> tuple[float, float]:
    longer = max(width, height)
    if longer < _NARROWEST:
        return width * _USUAL / longer, height * _USUAL / longer
    scale = min(1.0, _WIDEST / width)
    return width * scale, height * scale


def _plain(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")
