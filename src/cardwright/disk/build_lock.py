"""Lets only one build of a deck run at a time, across all programs of a user."""

from __future__ import annotations

import os
import platform
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Place

NOTIFY_AFTER = 1.0
"""Seconds to wait before the user is told why."""

GIVE_UP_AFTER = 300.0
"""Seconds to wait before giving up. A build that fetches hundreds of images takes less."""

_FILE_MODE = 0o600  # only its owner can open it, because every reader could lock it

Notify = Callable[[str], None]
"""Called with a message for the waiting user."""


@dataclass(frozen=True, slots=True)
class BuildLock:
    """The right to build a deck."""

    key: str  # 16 hex digits, the same for all builds by this user; "" if another may be running
    problems: tuple[Diagnostic, ...] = ()


@contextmanager
def build_lock(lock_file: Path, notify: Notify) -> Iterator[BuildLock]:
    """Wait until no other build of the deck runs, and block others until the context ends.

    If the program dies, the system releases the lock. LK608 after ``GIVE_UP_AFTER``. LK609, a
    warning, if the system cannot lock a file. The locked file is in the system's temporary
    folder, because git would see a file beside the deck's lock.
    """
    try:
        key = _key(lock_file)
        file_lock = FileLock(_system_lock_path(lock_file, key), mode=_FILE_MODE)
        problems = _acquire(file_lock, lock_file, notify)
    except (OSError, NotImplementedError) as error:
        yield BuildLock("", (_cannot_lock(lock_file, error),))
        return
    try:
        yield BuildLock("" if problems else key, problems)
    finally:
        file_lock.release()


def _key(lock_file: Path) -> str:
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    path = os.path.normcase(os.path.realpath(lock_file))  # takes links in a circle, too
    return sha256(os.fsencode(f"{platform.node()}\n{user}\n{path}")).hexdigest()[:16]


def _system_lock_path(lock_file: Path, key: str) -> Path:
    folder = Path(tempfile.gettempdir())
    if not folder.is_dir():
        raise NotADirectoryError(20, os.strerror(20))
    beside = Path(os.path.realpath(lock_file)).parent
    if folder.resolve() == beside and not _is_named(folder):
        # If there is no temporary folder, Python returns the current folder.
        raise FileNotFoundError(2, "there is no temporary folder")
    file_lock = folder / f"cardwright-{key}.lock"
    if os.path.lexists(file_lock) and not _is_ours(file_lock.lstat()):
        raise PermissionError(1, f"'{file_lock.name}' is not a file of this user")
    return file_lock


def _is_named(folder: Path) -> bool:
    """Whether the system or the user calls this folder temporary (see Python's ``tempfile``)."""
    named = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    named += ["/tmp", "/var/tmp", "/usr/tmp"]
    return any(each and folder == Path(each).absolute() for each in named)


def _is_ours(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and (os.name == "nt" or found.st_uid == os.getuid())


def _acquire(file_lock: FileLock, lock_file: Path, notify: Notify) -> tuple[Diagnostic, ...]:
    with suppress(Timeout):
        file_lock.acquire(timeout=NOTIFY_AFTER)
        return ()
    notify(f"waiting for another build to finish with '{lock_file.as_posix()}'")
    with suppress(Timeout):
        file_lock.acquire(timeout=GIVE_UP_AFTER)
        return ()
    message = f"another build has not finished in {GIVE_UP_AFTER:g} seconds"
    hint = "wait for it or end it, then build again"
    return (Diagnostic(Place(lock_file.as_posix()), Code.BUILD_RUNNING, message, hint),)


def _cannot_lock(lock_file: Path, error: Exception) -> Diagnostic:
    reason = getattr(error, "strerror", None) or str(error)
    message = f"simultaneous builds are not prevented: '{tempfile.gettempdir()}' "
    message += f"takes no lock file ({reason.lower()})"
    hint = "build this deck in one place at a time, or name a folder in TMPDIR"
    return Diagnostic(Place(lock_file.as_posix()), Code.NO_BUILD_LOCK, message, hint)
