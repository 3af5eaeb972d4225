"""Caches fetched files, processed images and other work beside the package."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cardwright.atomic_files import commit, stage, sweep
from cardwright.media.picture import Drawings, Picture

CACHE = ".cache"
"""The name of the cache folder, which is beside the package."""

_FETCHED = "fetched"
_PICTURES = "made"
_WORK = "work"
_DAY = 86_400.0
_SEASON = 90 * _DAY
"""Seconds. Files that no build has used for this long are removed."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A cache folder, which may be deleted at any time. With ``None``, the cache is always empty.

    It is only written to if ``is_writable``. Content whose hash does not match counts as missing.
    If the disk is full, nothing is stored. The time of a file is that of its last use, to within a
    day.
    """

    folder: Path | None = None
    is_writable: bool = False
    drawings: Drawings = field(default_factory=Drawings)

    def fetched(self, digest: str) -> bytes | None:
        """Return the bytes with this SHA-256 (hex), or ``None``."""
        content = self._read(_FETCHED, digest)
        return content if content is not None and sha256(content).hexdigest() == digest else None

    def store_fetched(self, content: bytes) -> None:
        self._write(_FETCHED, sha256(content).hexdigest(), content)

    def picture(self, key: str) -> Picture | None:
        """Return the picture for a key, or ``None``. A key covers source, recipe and libraries."""
        stored = self._read(_PICTURES, key) or b""
        head, _, content = stored.partition(b"\n")
        try:
            keys = json.loads(head)
            if keys.pop("sha256") != sha256(content).hexdigest():
                return None
            lost = tuple(str(part) for part in keys["lost"])
            return Picture(content, str(keys["extension"]), bool(keys["is_clear"]), lost)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def store_picture(self, key: str, picture: Picture) -> None:
        keys = {
            "sha256": sha256(picture.content).hexdigest(),
            "extension": picture.extension,
            "is_clear": picture.is_clear,
            "lost": picture.lost,
        }
        self._write(_PICTURES, key, json.dumps(keys).encode() + b"\n" + picture.content)

    def work(self, name: str) -> bytes | None:
        """Return what ``store_work`` last stored by this name, or ``None``. It may be damaged."""
        return self._read(_WORK, name)

    def store_work(self, name: str, content: bytes) -> None:
        """Store work under a name and replace the old one. Readers have to check it."""
        self._write(_WORK, name, content, is_synced=False)

    def prune(self, pinned: Collection[str]) -> None:
        """Remove files not used for 90 days, except the fetched images in ``pinned`` (SHA-256).

        Another build may use the cache at the same time. It fetches or makes again what is gone.
        """
        if self.folder is None or not self.is_writable:
            return
        oldest = time.time() - _SEASON
        for path in _entries(self.folder):
            with suppress(OSError):
                if path.name not in pinned and path.lstat().st_mtime < oldest:
                    path.unlink()

    def sweep(self) -> None:
        """Remove the unfinished files of builds that were killed at least an hour ago."""
        if self.folder is None or not self.is_writable:
            return
        for folder in (self.folder, *self.folder.glob("*/??")):
            sweep(folder)

    def _read(self, kind: str, name: str) -> bytes | None:
        if self.folder is None or not name.isalnum():  # a path could lead outside
            return None
        path = _path(self.folder, kind, name)
        try:
            if not _is_inside(path, self.folder) or not path.is_file():
                return None
            content = path.read_bytes()
        except OSError:
            return None
        if self.is_writable:
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _DAY:
                    os.utime(path)
        return content

    def _write(self, kind: str, name: str, content: bytes, *, is_synced: bool = True) -> None:
        if self.folder is None or not self.is_writable:
            return
        ignore, path = self.folder / ".gitignore", _path(self.folder, kind, name)
        if not _is_inside(path, self.folder):
            return
        try:
            if not ignore.exists():
                commit(stage(ignore, b"*\n"), ignore)
            commit(stage(path, content, is_synced=is_synced), path)
        except OSError:
            return


NO_CACHE = Cache()


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether the path stays in the cache. The folder may come from a stranger, links included."""
    real = Path(os.path.realpath(folder.parent)) / folder.name / path.relative_to(folder)
    return Path(os.path.realpath(path)) == real


def _entries(folder: Path) -> Iterator[Path]:
    """Yield the files of the cache, but no other files beside them and nothing behind links.

    The folder may come with a stranger's repository. A link in it could lead anywhere, and
    ``prune`` deletes files.
    """
    for kind in (folder / _FETCHED, folder / _PICTURES, folder / _WORK):
        if kind.is_symlink():
            continue
        try:
            parts = [part for part in kind.iterdir() if len(part.name) == 2]
            for part in (part for part in parts if part.is_dir() and not part.is_symlink()):
                yield from part.iterdir()
        except OSError:
            continue


def _path(folder: Path, kind: str, name: str) -> Path:
    return folder / kind / name[:2] / name
