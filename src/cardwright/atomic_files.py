"""Writes files atomically: readers see the old file or the new one, never a part."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_STAGED = re.compile(r"\.([0-9a-f]{16})-[0-9a-f]{16}\.tmp")
_NO_KEY = "0" * 16
_DEAD_AFTER = 3600  # seconds; no build stages a file for longer


def stage(path: Path, content: bytes, key: str = "", *, is_synced: bool = True) -> Path:
    """Write ``content`` to a temporary file beside ``path`` and return its path (``stage_by``)."""
    return stage_by(
        path, lambda temporary: temporary.write_bytes(content), key, is_synced=is_synced
    )


def stage_by(
    path: Path, write: Callable[[Path], object], key: str = "", *, is_synced: bool = True
) -> Path:
    """Let ``write`` make a temporary file beside ``path`` and return its path.

    Creates the folder if needed. With ``is_synced``, the bytes are on disk on return. Without
    it, a power cut after the rename could leave an empty file. If ``write`` fails, nothing is
    left behind, and an ``OSError`` names ``path``. If the program is killed, ``sweep`` finds the
    file by ``key`` (16 hex digits).
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
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename == str(temporary):
            error.filename = str(path)
        raise
    return temporary


def commit(temporary: Path, path: Path) -> None:
    """Rename a staged file to ``path``, replacing the old file.

    After an ``OSError``, the staged file is removed. Windows refuses while another program has
    the old file open. Virus scanners and search indexes do that for a moment, so it retries.
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
_IN_USE = (5, 32)  # ERROR_ACCESS_DENIED and ERROR_SHARING_VIOLATION of Windows


def sweep(folder: Path, key: str = "") -> None:
    """Remove abandoned staged files in ``folder``.

    Files of ``key`` are removed at once, so only the build with that key may call this. Other
    files are removed after an hour. A missing or unwritable folder is ignored.
    """
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            staged = _STAGED.fullmatch(entry.name)
            if staged and (staged[1] == key or time.time() - entry.stat().st_mtime > _DEAD_AFTER):
                Path(entry.path).unlink(missing_ok=True)


def is_read_only(folder: Path) -> bool:
    """Whether a folder must not be written to. One that is missing can still be created.

    A folder without write permission for anybody counts as read-only even for the root user, who
    could write. On Windows, the answer is always no: the read-only attribute of a folder only
    affects its icon.
    """
    if os.name == "nt" or not folder.exists():
        return False
    return not os.access(folder, os.W_OK) or not folder.stat().st_mode & 0o222


def workspace(otherwise: Path) -> TemporaryDirectory[str]:
    """Return a new temporary folder, inside ``otherwise`` if the system has no temporary folder."""
    try:
        parent = Path(tempfile.gettempdir())
    except FileNotFoundError:
        parent = otherwise
    return TemporaryDirectory(
        prefix="cardwright-",
        dir=parent if parent.is_dir() else otherwise,
        ignore_cleanup_errors=True,
    )
