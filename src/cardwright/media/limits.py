"""What is too large: for AnkiWeb, for a phone, and for the computer that builds the deck."""

from __future__ import annotations

LARGEST_FILE = 100_000_000
"""Bytes; AnkiWeb takes no file that is larger."""

LARGEST_EMBEDDED = 20_000_000
"""Bytes of what a ``data:`` URI holds; of base64 a third more."""

MOST_PIXELS = 100_000_000
"""Of one image: decoded they take four bytes each, before anything is scaled down."""

LONGEST_SIDE = 65_535
"""Pixels; more than any camera or screen has, and what a JPEG can say."""

MOST_FRAME_PIXELS = 60_000_000
"""Of all frames of an animation once they are scaled: they are in memory together."""

MOST_DECODED_PIXELS = 400_000_000
"""Of all frames as they were: each is decoded, for which a build has no more time than this."""

MOST_ELEMENTS = 200_000
"""Of a drawing, those that are used again counted as often as they are drawn."""

DEEPEST_NESTING = 256
"""Elements of a drawing in one another."""

LARGEST_DRAWING = 20_000_000
"""Characters of an SVG, its entities replaced."""
