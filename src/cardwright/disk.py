"""Write files so that whoever looks sees the old one or the new one, never a half."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def stage(path: Path, content: bytes) -> Path:
    """Write ``content`` beside ``path`` under a temporary name and return that.

    Makes the folder where there is none. The bytes are on the disk when it returns: without
    that, a power cut after the rename could leave the name with nothing in it. On an
    ``OSError`` nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    temporary = path.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def commit(temporary: Path, path: Path) -> None:
    """Give a staged file its name, in place of what had it; undone on an ``OSError``."""
    try:
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def is_read_only(folder: Path) -> bool:
    """Whether nothing is to be written into a folder.

    A folder without write permission for anybody is meant to stay as it is, even where the
    program runs as a user whom permissions do not stop.
    """
    return not os.access(folder, os.W_OK) or not folder.stat().st_mode & 0o222
