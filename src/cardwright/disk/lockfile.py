"""Reads the lock file, and writes the lock and the package: both or neither."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shutil import copyfile

from cardwright.atomic_files import commit, is_read_only, stage, stage_by, sweep
from cardwright.diagnostics import Code, Diagnostic
from cardwright.lock import Lock
from cardwright.lock.records import is_seconds
from cardwright.lock.text import damaged_lock, format_lock, parse_lock
from cardwright.model import LOCK_NAME, Place
from cardwright.source import LARGEST_LOCK, read_own, read_text

OLD_PACKAGE_SUFFIX = ".old.apkg"
"""The suffix of an old package that is kept only to restore a lock from it."""


def lock_path(path: Path, chosen: Path | None) -> Path:
    """Return ``chosen``, or else ``deck.lock`` in the folder, or ``NAME.lock`` beside the file."""
    if chosen is not None:
        return chosen
    return path / LOCK_NAME if path.is_dir() else path.with_suffix(".lock")


def read_lock(path: Path) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
    """Read the lock at ``path``. Return ``None`` without a diagnostic if there is no file."""
    text, problems = read_own(path, path.as_posix(), LARGEST_LOCK)
    if text is None:
        return None, tuple(damaged_lock(problem.place, problem.message) for problem in problems)
    return parse_lock(text, path.as_posix())


def would_change(path: Path, lock: str) -> bool:
    """Whether the file at ``path`` differs from ``lock``, apart from BOM and ``\\r\\n``."""
    return written_lock(path) != lock


def written_lock(path: Path) -> str | None:
    """Return the text of the lock at ``path`` without BOM and ``\\r\\n``, if it can be read."""
    text, _ = read_text(path, path.as_posix(), LARGEST_LOCK)
    return None if text is None else text.replace("\r\n", "\n")


def check_unchanged(path: Path, lock: Lock) -> tuple[Diagnostic, ...]:
    """Return LK604 if the lock would change, for ``--locked``."""
    if not would_change(path, format_lock(lock)):
        return ()
    message = f"'{path.name}' would change" if path.exists() else f"there is no '{path.name}'"
    hint = "build without --locked and commit the lock with the content"
    return (Diagnostic(Place(path.as_posix()), Code.LOCK_WOULD_CHANGE, message, hint),)


def check_lock(path: Path, lock: Lock) -> Iterator[Diagnostic]:
    """Check whether a lock can be written and read again.

    LK601 for a time that a later build could not read, because of a time that was edited by hand.
    LK605 if the lock has to be written and its folder is read-only.
    """
    for key, values in (
        ("mod", lock.mods),
        ("born", [entry.born // 1000 for entry in lock.entries]),
    ):
        if not all(map(is_seconds, values)):
            message = f"'{key}' would be a time after the year 5138, which no build can read: a "
            message += "time in the lock is too far in the future"
            yield damaged_lock(Place(path.as_posix()), message)
    if is_read_only(path.parent) and would_change(path, format_lock(lock)):
        hint = "copy the folder, and the lock if there is one, to a writable place and build "
        hint += "there; or copy only the lock and name the copy with --lock"
        message = f"'{path.name}' is not written because its folder is read-only; the next build "
        message += "will not know what this one changed"
        yield Diagnostic(Place(path.as_posix()), Code.NO_LOCK_WRITTEN, message, hint)


def remove_leftovers(package: Path, lock_file: Path, key: str) -> None:
    """Remove temporary files of a killed build. ``key`` is that of the build lock."""
    for folder in (lock_file.parent, Path(os.path.realpath(lock_file)).parent, package.parent):
        sweep(folder, key)


def stage_package(
    package: Path, write: Callable[[Path], None], key: str = ""
) -> tuple[Path | None, tuple[Diagnostic, ...]]:
    """Let ``write`` make the package under a temporary name. On failure, return PK701."""
    with _write_errors(package) as failures:
        return stage_by(package, write, key), ()
    return None, tuple(failures)


def write_lock_and_package(
    package: Path,
    staged: Path,
    lock_file: Path,
    lock: str,
    key: str = "",
    *,
    is_keeping_old: bool = False,
) -> tuple[Diagnostic, ...]:
    """Write the lock and rename the ``staged`` package, or do neither and return PK701.

    Both are on disk under temporary names before either is renamed. So after a failure, the old
    files are still there. The lock is not written if it did not change, or if its folder is
    read-only (``check_lock``). With ``is_keeping_old``, the old package is kept as
    ``kept_package``, because nothing else may have its lock.
    """
    with _write_errors(package) as failures:
        if is_keeping_old and package.exists():
            kept = kept_package(package)
            commit(stage_by(kept, partial(copyfile, package), key), kept)
    if not failures and would_change(lock_file, lock) and not is_read_only(lock_file.parent):
        failures = _write_text(lock_file, lock, key)
    if failures:
        staged.unlink(missing_ok=True)
        return tuple(failures)
    with _write_errors(package) as failures:
        commit(staged, package)
    return tuple(failures)


def kept_package(package: Path) -> Path:
    """Return the path for an old package that knows more than the lock."""
    return package.with_suffix(OLD_PACKAGE_SUFFIX)


def write_lock(path: Path, lock: Lock, key: str) -> list[Diagnostic]:
    """Write a lock without a package. Return PK701 on failure.

    If there was no lock, this also tells git in ``.gitattributes`` how to merge locks.
    """
    return _write_text(path, format_lock(lock), key)


def _write_text(path: Path, lock: str, key: str) -> list[Diagnostic]:
    rules = path.parent / ".gitattributes"
    target = Path(os.path.realpath(path))  # ``read_own`` follows only links within the folder
    with _write_errors(path, _LOCK_HINT) as failures:
        staged = stage(target, lock.encode(), key)
    if failures:
        return failures
    if not path.exists():
        with _write_errors(rules, _LOCK_HINT) as failures:
            _add_merge_rule(rules, path.name, key)
    if failures:
        staged.unlink(missing_ok=True)
        return failures
    with _write_errors(path, _LOCK_HINT) as failures:
        commit(staged, target)
    return failures


def _add_merge_rule(path: Path, lock: str, key: str) -> None:
    """Tell git to keep both versions of a record that two branches changed.

    If there are other locks, such as ``poetry.lock``, the rule is for ours alone. A symbolic link
    is left alone: git does not follow it, and its target may be elsewhere.
    """
    if path.is_symlink():
        return
    before = path.read_bytes() if path.is_file() else b""
    is_alone = all(each.name == lock for each in path.parent.glob("*.lock"))
    # In a pattern of git, a space needs quotes, and brackets have a meaning.
    name = "*.lock" if is_alone else re.sub(r"[^\w.-]+", "*", lock, flags=re.ASCII)
    rules = [f"{each} merge=union".encode() for each in ("*.lock", name)]
    if rules[0] in before.splitlines() or rules[1] in before.splitlines():
        return
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    commit(stage(path, before + gap + rules[1] + b"\n", key), path)


_LOCK_HINT = "make its folder writable, or name another lock with --lock"


@contextmanager
def _write_errors(path: Path, hint: str = "") -> Iterator[list[Diagnostic]]:
    """Yield a list. After an ``OSError`` in the block, it contains PK701 for ``path``.

    ``hint`` is ``""`` for the package.
    """
    failures: list[Diagnostic] = []
    try:
        yield failures
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        if not hint and path.parent.is_file():
            hint = f"-o names a folder, and '{path.parent}' is a file"
        hint = hint or "choose another folder with -o, or make this one writable"
        message = f"'{path.name}' cannot be written: {reason}"
        failures.append(Diagnostic(Place(path.as_posix()), Code.CANNOT_WRITE, message, hint))
