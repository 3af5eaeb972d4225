"""The images that are in a drawing itself, counted together."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.media.limits import MOST_PIXELS
from cardwright.media.picture import Refusal
from cardwright.media.svg_css import pixels_in
from cardwright.media.svg_tree import Element, bomb


def too_many_pixels(root: Element) -> Refusal | None:
    """MD510 where the images that are embedded in a drawing are more than one image may be."""
    if sum(map(pixels_in, _texts(root))) > MOST_PIXELS:
        return bomb(f"the images in it have more than {MOST_PIXELS // 1_000_000} million pixels")
    return None


def _texts(root: Element) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield from element.attributes.values()
        for part in element.parts:
            if isinstance(part, Element):
                waiting.append(part)
            elif element.name[1] == "style":
                yield part
