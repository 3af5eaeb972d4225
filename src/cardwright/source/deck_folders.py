"""Says which deck a file or folder belongs to."""

from __future__ import annotations

import shlex
from collections.abc import Collection
from pathlib import Path

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import LOCK_NAME, SUFFIXES, Place
from cardwright.source import SETTINGS


def deck_folder_of(path: Path, tops: Collection[Path] = ()) -> Path | None:
    """Return the folder of the deck around a file or folder, ``None`` if there is none.

    It is the nearest folder with a lock. Without one, it is the outermost folder with settings,
    because settings below others are for their folder only. The search ends at one of ``tops`` or
    at the top of a git repository.
    """
    found = None
    for folder in path.parents:
        try:
            if is_deck(folder):
                found = folder
                if (folder / LOCK_NAME).is_file():
                    break
            if folder in tops or (folder / ".git").exists():
                break
        except OSError:
            break
    return found


def is_deck(folder: Path) -> bool:
    """Whether a folder has settings or a lock. A lock beside a file ``deck.md`` belongs to that
    file.
    """
    if (folder / SETTINGS).is_file():
        return True
    has_namesake = any((folder / f"deck{suffix}").exists() for suffix in SUFFIXES)
    return (folder / LOCK_NAME).is_file() and not has_namesake


def check_alone(path: Path, name: str) -> tuple[Diagnostic, ...]:
    """Return SR206 if a file or folder belongs to a deck's folder, and so is not built alone.

    A folder that already has a lock is a deck of its own.
    """
    folder = None if (path / LOCK_NAME).is_file() else deck_folder_of(path.resolve())
    if folder is None:
        return ()
    written = next((parent for parent in path.parents if parent.resolve() == folder), folder)
    message = f"'{shorten(name)}' belongs to the deck of the folder '{written}'"
    hint = f"build the folder: cardwright build {shlex.quote(str(written))}"
    if path.is_dir():
        hint += f"; or write 'deck: NAME' in '{path / SETTINGS}' to make a deck of this folder"
    return (Diagnostic(Place("." if path.is_dir() else name), Code.INSIDE_A_DECK, message, hint),)
