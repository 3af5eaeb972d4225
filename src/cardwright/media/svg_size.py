"""Reads the width, the height and the ``viewBox`` of a drawing, and completes them."""

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
"""CSS pixels. A browser allocates as many real pixels for a drawing, if it shows it at all."""
_WIDEST = 1_000
_NARROWEST = 16
_USUAL = 300
"""CSS pixels. The size that a browser gives a drawing without one (CSS 2.1, 10.3.2)."""


def sized(root: Element) -> Refusal | None:
    """Set the root's width, height and ``viewBox`` where they are missing. MD510 if huge.

    A missing side is computed from the ``viewBox``. Its units have no fixed size, so a size from
    the ``viewBox`` alone is limited to the range from a symbol to a page.
    """
    width, height = (_length(root.attribute(name)) for name in ("width", "height"))
    box = _view_box(root.attribute("viewBox"))
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
    """Return CSS pixels, or ``None`` for per cent and for invalid or missing lengths."""
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] == "%":
        return None
    pixels = float(match[1]) * _PIXELS[match[2] or "px"]
    return pixels if pixels > 0 else None


def _view_box(text: str) -> tuple[float, float] | None:
    """Return the width and the height of a ``viewBox``, or ``None`` if it is missing or invalid."""
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
