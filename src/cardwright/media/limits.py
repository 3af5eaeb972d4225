"""Limits on media files: of AnkiWeb, of phones, and of the computer that builds the deck."""

from __future__ import annotations

LARGEST_FILE = 100_000_000
"""Bytes. AnkiWeb rejects larger files."""

LARGEST_EMBEDDED = 20_000_000
"""Bytes in a decoded ``data:`` URI. In base64, they take a third more."""

MOST_PIXELS = 100_000_000
"""Pixels of one image. Decoded, each takes four bytes, before the image is scaled down."""

LONGEST_SIDE = 65_535
"""Pixels. This is more than any camera or screen has, and the maximum of JPEG."""

LONGEST_WEBP = 16_383
"""Pixels of a side of a WebP."""

MOST_FRAME_PIXELS = 60_000_000
"""Pixels of all scaled frames of an animation. All of them are in memory together."""

MOST_DECODED_PIXELS = 400_000_000
"""Pixels of all frames before scaling. Decoding more would take a build too long."""

MOST_ELEMENTS = 200_000
"""Elements of a drawing. Elements that are used again count each time they are drawn."""

DEEPEST_NESTING = 256
"""Levels of nested elements in a drawing."""

LARGEST_DRAWING = 20_000_000
"""Characters of an SVG after its entities are replaced."""
