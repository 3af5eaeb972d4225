"""Of the files that one image can be, the best: ``srcset``, ``<picture>`` and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardwright.markup import Kind, Piece
from cardwright.render.collector import Collector

_TYPES = frozenset(
    ["", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"]
)
_OTHER_SCREENS = re.compile(r"dark|print|max-|monochrome|:\s*reduce|:\s*(?:more|active)")
"""What a query asks for that is not a screen of the usual kind, light and as large as one likes."""
_URL = re.compile(r"[\s,]*+(\S++)")
_DESCRIPTOR = re.compile(r"\s*([^,]*)")
_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)[wx]")


def is_picture_part(piece: Piece) -> bool:
    """Whether a tag is one around or beside an image, which does not go on a card itself."""
    return piece.kind in (Kind.START, Kind.END) and piece.name in ("picture", "source")


def note_picture_part(piece: Piece, collector: Collector) -> None:
    """Keep in mind what a browser with a light screen of any size would take for the image."""
    if piece.name == "picture":
        collector.picture = "" if piece.kind is Kind.START else None
    elif collector.picture == "" and _suits(piece):
        collector.picture = _largest(piece.attribute("srcset"))


def target_of(image: Piece, collector: Collector) -> str:
    """The address of an ``<img>``: that of the picture's first source that suits, else its own."""
    if collector.picture:
        return collector.picture
    return _largest(image.attribute("srcset")) or image.attribute("src")


def _suits(source: Piece) -> bool:
    kind = source.attribute("type").partition(";")[0].strip().lower()
    return kind in _TYPES and _OTHER_SCREENS.search(source.attribute("media").lower()) is None


def _largest(srcset: str) -> str:
    """The address with the greatest width or density; ``""`` for none."""
    return max(_candidates(srcset), key=lambda each: each[1], default=("", 0.0))[0]


def _candidates(srcset: str) -> Iterator[tuple[str, float]]:
    """Addresses and sizes, as the HTML standard (4.8.4.3.10) cuts them: commas may be in both."""
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
