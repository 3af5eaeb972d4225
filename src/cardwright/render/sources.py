"""Chooses the best file for an image from ``srcset`` and from the sources of a ``<picture>``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardwright.markup import Kind, Piece
from cardwright.render.collector import Collector

_TYPES = frozenset(
    ["", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"]
)
_OTHER_SCREENS = re.compile(r"dark|print|max-|monochrome|:\s*reduce|:\s*(?:more|active)")
"""Found in media queries that exclude an ordinary screen: a light one of any size."""
_URL = re.compile(r"[\s,]*+(\S++)")
_DESCRIPTOR = re.compile(r"\s*([^,]*)")
_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)[wx]")


def is_picture_part(piece: Piece) -> bool:
    """Whether a tag is ``<picture>`` or ``<source>``, which do not go on a card."""
    return piece.kind in (Kind.START, Kind.END) and piece.name in ("picture", "source")


def note_picture_part(piece: Piece, collector: Collector) -> None:
    """Remember the source that a browser with a light screen of any size would choose."""
    if piece.name == "picture":
        collector.picture = "" if piece.kind is Kind.START else None
    elif collector.picture == "" and _suits(piece):
        collector.picture = _largest(piece.attribute("srcset"))


def target_of(image: Piece, collector: Collector) -> str:
    """Return the address of an ``<img>``: a suitable source of its picture, else its own."""
    if collector.picture:
        return collector.picture
    return _largest(image.attribute("srcset")) or image.attribute("src")


def _suits(source: Piece) -> bool:
    kind = source.attribute("type").partition(";")[0].strip().lower()
    return kind in _TYPES and _OTHER_SCREENS.search(source.attribute("media").lower()) is None


def _largest(srcset: str) -> str:
    """Return the address with the greatest width or density, or ``""`` if there is none."""
    return max(_candidates(srcset), key=lambda each: each[1], default=("", 0.0))[0]


def _candidates(srcset: str) -> Iterator[tuple[str, float]]:
    """Yield addresses and sizes. Both may contain commas (HTML standard, 4.8.4.3.10)."""
    at = 0
    while match := _URL.match(srcset, at):
        url, at = match[1], match.end()
        if url.endswith(","):
            yield url.rstrip(","), 1.0
            continue
        descriptor = _DESCRIPTOR.match(srcset, at)
        words = descriptor[1] if descriptor else ""
        at += len(descriptor[0]) if descriptor else 0
        number = _NUMBER.search(words)
        yield url, float(number[1]) if number else 1.0
