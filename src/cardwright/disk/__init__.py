"""Write files so that whoever looks sees the old one or the new one, never a half."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_STAGED = re.compile(r"\.([0-9a-f]{16})-[0-9a-f]{16}\.tmp")
_NO_KEY = "0" * 16
_DEAD_AFTER = 3600  # seconds; what lies staged for so long has no build any more


def stage(path: Path, content: bytes, key: str = "", *, is_synced: bool = True) -> Path:
    """Write ``content`` beside ``path`` under a temporary name and return that.

    As ``stage_by``.
    """
    return stage_by(
        path, lambda temporary: temporary.write_bytes(content), key, is_synced=is_synced
    )


def stage_by(
    path: Path, write: Callable[[Path], object], key: str = "", *, is_synced: bool = True
) -> Path:
    """Let ``write`` make a file beside ``path`` under a temporary name and return that.

    Makes the folder if there is none. With ``is_synced``, the bytes are on the disk when it
    returns. Without, a power cut after the rename could leave the name with nothing in it. If
    ``write`` fails, nothing is left behind. If the program is killed, ``sweep`` finds the file
    by ``key`` (16 hex digits).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    temporary = path.parent / f".{key or _NO_KEY}-{secrets.token_hex(8)}.tmp"
    try:
        write(temporary)
        if is_synced:
            with temporary.open("r+b") as file:
                os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def commit(temporary: Path, path: Path) -> None:
    """Give a staged file its name and replace what had it. An ``OSError`` removes the staged file.

    Windows refuses while another program has the old file open. A virus scanner or a search
    index has it for a moment, so it is tried again.
    """
    for pause in (*_PAUSES, None):
        try:
            temporary.replace(path)
            return
        except OSError as error:
            if pause is None or getattr(error, "winerror", None) not in _IN_USE:
                temporary.unlink(missing_ok=True)
                raise
        time.sleep(pause)


_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds
_IN_USE = (5, 32)
"""ERROR_ACCESS_DENIED and ERROR_SHARING_VIOLATION of Windows."""


def sweep(folder: Path, key: str = "") -> None:
    """Remove the staged files in ``folder`` that nobody will give a name any more.

    Files of ``key`` go at once, so only the build with that key may call this. All others go
    once they are older than an hour. A folder that forbids it, or is not there, stays as it is.
    """
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            staged = _STAGED.fullmatch(entry.name)
            if staged and (staged[1] == key or time.time() - entry.stat().st_mtime > _DEAD_AFTER):
                Path(entry.path).unlink(missing_ok=True)


def is_read_only(folder: Path) -> bool:
    """Whether nothing is to be written into a folder.

    A folder without write permission for anybody is meant to stay as it is. This holds even for
    a user whom permissions do not stop. On Windows, the attribute "read-only" of a folder means
    something else: Explorer shows such a folder with an icon of its own.
    """
    if os.name == "nt":
        return False
    return not os.access(folder, os.W_OK) or not folder.stat().st_mode & 0o222
