"""Names of files. They are in NFC, so that notes, tags and the lock are the same on every disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from cardwright.model import Place, composed


def is_below(path: Path | str, folder: Path) -> bool:
    """Whether a path leads into a folder, wherever its links lead. The folder is in itself."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


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
        return _names_in(folder, folder.stat().st_mtime_ns).get(name, name)
    except OSError:
        return name


@lru_cache(maxsize=256)
def _names_in(folder: Path, _changed: int) -> Mapping[str, str]:
    """Return the names in a folder by their NFC. It is listed again after a change."""
    return {composed(each): each for each in sorted(os.listdir(folder), reverse=True)}  # noqa: PTH208


def path_on_disk(folder: Path, name: str) -> Path:
    """Return the path of the file ``name`` of the content in ``folder``."""
    return folder / name_on_disk(folder, name)


def shown_path(folder: Path, name: str) -> str:
    """Return the path of a file of the content as it is shown, and as other programs open it."""
    return path_on_disk(folder, name).as_posix()


def shown_place(folder: Path, place: Place) -> Place:
    """Return a place in the content with the ``shown_path`` of its file."""
    return replace(place, path=shown_path(folder, place.path))
