"""Names of files. They are in NFC, so that notes, tags and the lock are the same on every disk."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath

from cardwright.model import Place


def composed(name: str) -> str:
    """Return a name in NFC."""
    return unicodedata.normalize("NFC", name)


def name_of(path: Path, folder: Path) -> str:
    """Return the name of a file: its path below ``folder``, with ``/`` between its parts."""
    return composed(path.relative_to(folder).as_posix())


def name_on_disk(folder: Path, name: str) -> str:
    """Return a name as the disk has it. Files that come from a Mac may have names in NFD.

    A name that no file has is returned unchanged.
    """
    if name.isascii() or os.path.lexists(folder / name):
        return name
    path = PurePosixPath()
    for part in PurePosixPath(name).parts:
        path /= _spelling(folder / path, part)
    return str(path)


def _spelling(folder: Path, name: str) -> str:
    try:
        found = [each for each in os.listdir(folder) if composed(each) == name]  # noqa: PTH208
    except OSError:
        return name
    return name if name in found else min(found, default=name)


def path_on_disk(folder: Path, name: str) -> Path:
    """Return the path of the file ``name`` of the content in ``folder``."""
    return folder / name_on_disk(folder, name)


def shown_path(folder: Path, name: str) -> str:
    """Return the path of a file of the content as it is shown, and as other programs open it."""
    return path_on_disk(folder, name).as_posix()


def shown_place(folder: Path, place: Place) -> Place:
    """Return a place in the content with the ``shown_path`` of its file."""
    return replace(place, path=shown_path(folder, place.path))
