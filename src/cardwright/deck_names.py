"""Handles hierarchical names of decks and tags, whose parts are joined by ``::``."""

from __future__ import annotations

from collections.abc import Iterator


def with_parents(deck: str) -> Iterator[str]:
    """Yield the parents of a deck, topmost first, and then the deck."""
    parts = deck.split("::")
    return ("::".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def is_within(name: str, root: str) -> bool:
    """Whether a deck or tag is ``root`` or below it. Compares case."""
    return name == root or name.startswith(f"{root}::")


def is_within_in_anki(name: str, root: str) -> bool:
    """Like ``is_within``, but ignores case, as Anki does."""
    return is_within(name.casefold(), root.casefold())


def renamed(deck: str, old: str, new: str) -> str:
    """Return the name of a deck after the deck ``old``, which may contain it, is renamed."""
    if not is_within_in_anki(deck, old):
        return deck
    return "::".join([new, *deck.split("::")[old.count("::") + 1 :]])


def possible_renames(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield what can be renamed so that the deck ``old`` becomes ``new``, lowest first.

    That is the deck itself, and its parents as long as the subdecks below them have equal names.
    """
    before, after = old.split("::"), new.split("::")
    yield old, new
    while len(before) > 1 and len(after) > 1 and before[-1] == after[-1]:
        del before[-1], after[-1]
        yield "::".join(before), "::".join(after)


def topmost_rename(old: str, new: str) -> tuple[str, str]:
    """Return the rename of the topmost deck by which ``old`` becomes ``new``."""
    *_, topmost = possible_renames(old, new)
    return topmost
