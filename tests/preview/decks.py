"""Previews of small decks, built in memory."""

from __future__ import annotations

from pathlib import Path

from cardwright.pipeline import Options
from cardwright.preview.live import Preview

NOTES = """# Plants

## What is a leaf?

An organ that makes sugar from light.

## What is a root? {.basics reverse}

The part below the ground, which takes up water: $h = \\frac{1}{2}$.
"""

MORE = """# Trees

Some words before.

## What is bark?

The outer tissue of a {.x} stem.

## What is a ring?

$\\frac{1$
"""


def write_deck(folder: Path) -> Path:
    """A deck of two files; the second one has a broken formula."""
    folder.mkdir()
    (folder / "deck.yml").write_text("deck: Garden\n", "utf-8")
    (folder / "plants.md").write_text(NOTES, "utf-8")
    (folder / "trees.md").write_text(MORE, "utf-8")
    return folder


def opened(path: Path, *, hides_paths: bool = False) -> Preview:
    """A preview that was built once."""
    options = Options(1_760_000_000, is_offline=True)
    preview = Preview(path, path.parent / "build", options, hides_paths=hides_paths)
    preview.build()
    return preview
