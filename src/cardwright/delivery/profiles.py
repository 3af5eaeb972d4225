"""Finds Anki's profiles, which are folders with a collection."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cardwright.delivery.values import AnkiError
from cardwright.diagnostics import Code

COLLECTION = "collection.anki2"


def profile_collection(name: str) -> Path:
    """Return the collection of the profile ``name``. AN802 if there is no such profile."""
    folder = anki_folder()
    file = folder / name / COLLECTION
    if name in profiles():
        return file
    known = ", ".join(f"'{each}'" for each in profiles())
    message = f"Anki has no profile '{name}' in {folder}"
    hint = f"the profiles there: {known}" if known else "name the file itself with --collection"
    raise AnkiError(Code.NO_COLLECTION, message, hint)


def profiles() -> tuple[str, ...]:
    """Return the names of all profiles, sorted."""
    folder = anki_folder()
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{COLLECTION}")))


def anki_folder() -> Path:
    """Return the folder of Anki's profiles, as in Anki's manual.

    Like Anki, this uses ``ANKI_BASE`` and ``XDG_DATA_HOME``.
    """
    if base := os.environ.get("ANKI_BASE"):
        return Path(base)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", str(Path.home()))) / "Anki2"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Anki2"
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "Anki2"
