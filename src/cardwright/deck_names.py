"""Names of decks and of tags below each other: parts joined by ``::``."""

from __future__ import annotations

from collections.abc import Iterator


def with_parents(deck: str) -> Iterator[str]:
    """A deck and those above it, the topmost first."""
    parts = deck.split("::")
    return ("::".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def is_within(name: str, root: str) -> bool:
    """Whether a deck or tag is another one or below it, spelled alike."""
    return name == root or name.startswith(f"{root}::")


def is_within_in_anki(name: str, root: str) -> bool:
    """The same as Anki sees it, which knows no case in the names of decks and tags."""
    return is_within(name.casefold(), root.casefold())
