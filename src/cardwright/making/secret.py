"""A random key of this user, which proves that a cache entry is the user's own."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path

_LENGTH = 32  # bytes


@cache
def user_secret() -> bytes | None:
    """Return the key, which the first build creates, or ``None`` if that is impossible.

    A key file that other users could have written or read is not used.
    """
    path = user_cache_path("cardwright", appauthor=False) / "key"
    try:
        return _read(path) or _create(path)
    except (OSError, RuntimeError):  # no home
        return None


def _read(path: Path) -> bytes | None:
    if not path.exists():
        return None
    key = path.read_bytes() if _is_ours(path) else b""
    return key if len(key) == _LENGTH else None


def _is_ours(path: Path) -> bool:
    if not path.is_file() or path.is_symlink():
        return False
    found = path.lstat()
    return os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & 0o077)


def _create(path: Path) -> bytes | None:
    """Create the key, or return that of a faster build. ``None`` if that key is not ours."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_bytes(_LENGTH)
    temporary = path.with_name(f"key-{secrets.token_hex(8)}")
    try:
        temporary.touch(mode=0o600, exist_ok=False)
        with temporary.open("wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        if _is_ours(path) and path.stat().st_size != _LENGTH:
            path.unlink()  # unfinished, because the disk was full
        os.link(temporary, path)
    except FileExistsError:
        return _read(path)
    finally:
        temporary.unlink(missing_ok=True)
    return key
