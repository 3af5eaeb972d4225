"""Reads the lock in a package, and takes over what it knows better than the lock on disk."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cardwright.atomic_files import is_read_only
from cardwright.changes.browse import id_search
from cardwright.diagnostics import Code, Diagnostic, many
from cardwright.disk.lockfile import OLD_PACKAGE_SUFFIX, kept_package
from cardwright.lock import Lock, LockEntry
from cardwright.lock.deliveries import without_deliveries
from cardwright.lock.hidden_parts import with_numbers_of
from cardwright.lock.records import LONGEST_HEADER, project_in
from cardwright.lock.text import format_lock, lock_command, parse_lock
from cardwright.model import DeckName, Guid, Place
from cardwright.package import LOCK_ENTRY, file_name
from cardwright.package.packed import DAMAGED_ZIP, read_entry

_LARGEST = 500_000_000  # bytes: a million notes have about as many


def read_packed_lock(package: Path) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
    """Read the lock inside ``package``. Return ``None`` if there is no lock or no package.

    The diagnostics are those of ``parse_lock``, with places inside the package.
    """
    text = _packed_text(package)
    return (None, ()) if text is None else _parsed(text, package)


def _packed_text(package: Path) -> bytes | None:
    try:
        with zipfile.ZipFile(package) as archive:
            return read_entry(archive, LOCK_ENTRY, _LARGEST) or b""
    except (OSError, KeyError, *DAMAGED_ZIP):
        return None


def _parsed(text: bytes, package: Path) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
    place = f"{package.as_posix()}/{LOCK_ENTRY}"
    try:
        return parse_lock(text.decode(), place)
    except UnicodeDecodeError:
        message = "the lock in the package is not UTF-8"
        return None, (Diagnostic(Place(place), Code.DAMAGED_LOCK, message),)


def with_packed_times(
    lock: Lock, lock_file: Path, output: Path | None, name: str, fronts: Collection[str]
) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Return the lock with the later change times of packages in ``output``, and LK610.

    PK703 if the package ``name`` there is of another project. ``fronts`` are the normalised fronts
    of the content.

    A learner who imported such a package has its notes with its change times. Content with an
    older lock reaches that learner only with later times. Notes that the lock does not know are
    not added. Packages of other projects do not count. The package may have any name, because
    the deck may have been renamed.
    """
    problems: list[Diagnostic] = []
    ours = _own_texts(lock, lock_file)
    found = sorted(output.glob("*.apkg")) if output else ()
    packages = (each for each in found if _is_package(each))
    for package in packages:
        project = _project(package)
        if package.name == name and project not in ("", lock.project):
            problems.append(_replaced(package))
        text = _packed_text(package) if project == lock.project else None
        if text is None or text in ours:
            continue  # the package of the last build
        packed = _parsed(text, package)[0]
        updated = _with_times_of(lock, packed) if packed else lock
        if packed and not lock_file.exists():
            is_ours = any(entry.front in fronts for entry in packed.entries)
            problems += _lost(lock_file, package, is_ours=is_ours)
        elif packed:
            is_replaced = package.name == name
            unknown = _unknown(lock, packed)
            problems += _behind(
                lock_file, package, updated != lock, unknown, is_replaced=is_replaced
            )
        lock = updated
    return lock, tuple(problems)


def _is_package(path: Path) -> bool:
    """Whether it is a current package, and no symbolic link."""
    return path.is_file() and not path.is_symlink() and not path.name.endswith(OLD_PACKAGE_SUFFIX)


def _own_texts(lock: Lock, lock_file: Path) -> tuple[bytes, ...]:
    """Return the text of the lock file, and that of the same lock inside a package."""
    if not lock_file.is_file():
        return ()
    bare = without_deliveries(lock)
    packed = () if bare is lock else (format_lock(bare).encode(),)
    return (lock_file.read_bytes(), *packed)


def _project(package: Path) -> str:
    """Return the project in the first line of a package's lock, or ``""``."""
    try:
        with zipfile.ZipFile(package) as archive, archive.open(LOCK_ENTRY) as entry:
            return project_in(entry.readline(LONGEST_HEADER).decode(errors="replace"))
    except (OSError, KeyError, *DAMAGED_ZIP):
        return ""


def remove_renamed(package: Path, before: Lock | None, deck: DeckName) -> None:
    """Remove the package with the previous name of a renamed ``deck``, so that nobody imports it.

    It must contain a lock of the same project. ``package`` itself is never removed: if the file
    system ignores case, both names can be the same file.
    """
    if before is None or before.deck in ("", deck):
        return
    old = package.with_name(file_name(before.deck))
    if _is_package(old) and not old.samefile(package) and _project(old) == before.project:
        old.unlink()


def _replaced(package: Path) -> Diagnostic:
    message = f"'{package.name}' is the package of another deck, and a build replaces it"
    hint = "write 'output: NAME.apkg' in one deck.yml, or name another folder or file with -o"
    return Diagnostic(Place(package.as_posix()), Code.PACKAGE_REPLACED, message, hint)


def _lost(lock_file: Path, package: Path, *, is_ours: bool) -> Iterator[Diagnostic]:
    """Yield LK610 if there is no lock, unless it cannot be written: LK605 covers that.

    A package that has none of the questions may be that of another deck with the same name.
    """
    if is_read_only(lock_file.parent):
        return
    message = f"there is no '{lock_file.name}', but '{package.as_posix()}' contains one"
    command = lock_command(f"--from {package.as_posix()}", lock_file.as_posix())
    if is_ours:
        hint = f"run '{command}' before you build; without it, reworded questions become new "
        hint += "notes"
    else:
        message += ", in which no question is one of these"
        hint = "if it is another deck with the same name, give one of them another title; if it is "
        hint += f"this deck, run '{command}' before you build"
    hint += f"; a build keeps that package as '{kept_package(package).name}'"
    yield Diagnostic(Place(lock_file.as_posix()), Code.LOCK_BEHIND, message, hint)


def _unknown(lock: Lock, packed: Lock) -> tuple[Guid, ...]:
    """Return the live notes that only the package has.

    A retired one may have been forgotten on purpose, and learners do not get it from the package.
    """
    known = {entry.guid for entry in lock.entries}
    live = (entry.guid for entry in packed.entries if not entry.is_retired)
    return tuple(guid for guid in live if guid not in known)


_NAMED = 20


def _behind(
    lock_file: Path, package: Path, has_later: bool, unknown: Sequence[Guid], *, is_replaced: bool
) -> Iterator[Diagnostic]:
    """Yield LK610 for later times in the package, or notes that the lock does not know, or both."""
    if not has_later and not unknown:
        return
    message = f"'{package.as_posix()}' "
    if has_later:
        message += "is newer than this lock, so the build takes over its change times; "
        message += "otherwise Anki would ignore the update"
    if unknown:
        message += "; it " if has_later else ""
        message += f"has {many(len(unknown), 'note')} that the lock does not know, and people who "
        message += f"imported it still have {'it' if len(unknown) == 1 else 'them'}: in Browse, "
        message += f"search {id_search(unknown[:_NAMED])}"
    command = lock_command(f"--from {package.as_posix()}", lock_file.as_posix())
    hint = f"commit the lock with the content; to take the newer lock instead, run '{command}'"
    if is_replaced:
        hint += f" (a build keeps that package as '{kept_package(package).name}')"
    yield Diagnostic(Place(lock_file.as_posix()), Code.LOCK_BEHIND, message, hint)


def _with_times_of(lock: Lock, packed: Lock) -> Lock:
    theirs = {entry.guid: entry for entry in packed.entries}
    known = {(stamp.kind, stamp.id): stamp for stamp in packed.notetypes}
    stamps = ((stamp, known.get((stamp.kind, stamp.id), stamp)) for stamp in lock.notetypes)
    return replace(
        lock,
        entries=tuple(_entry_with_times(entry, theirs) for entry in lock.entries),
        notetypes=tuple(max(pair, key=lambda stamp: stamp.mod) for pair in stamps),
    )


def _entry_with_times(entry: LockEntry, theirs: Mapping[Guid, LockEntry]) -> LockEntry:
    other = theirs.get(entry.guid, entry)
    if other.mod <= entry.mod:
        return entry
    made = replace(entry, mod=other.mod, made=other.made, media=other.media, output=other.output)
    if not other.hidden:
        return made
    # The places of what a note hides are counted in its front, so both come from the package.
    return with_numbers_of(replace(made, front=other.front, hidden=other.hidden), entry)
