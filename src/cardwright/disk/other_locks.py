"""Compares the lock with others on disk: the one in the last package, and those of other decks."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cardwright.changes.browse import id_search
from cardwright.config import Config
from cardwright.content import Content
from cardwright.diagnostics import Code, Diagnostic, many, shorten
from cardwright.disk import is_read_only
from cardwright.disk.lockfile import OLD_PACKAGE_SUFFIX, kept_package
from cardwright.identify import Identified
from cardwright.lock import Lock, LockEntry
from cardwright.lock.deliveries import without_deliveries
from cardwright.lock.records import Header, read_record
from cardwright.lock.text import format_lock, lock_command, parse_lock
from cardwright.model import DeckName, Guid, NoteTypeStamp, Place
from cardwright.package import LOCK_ENTRY, file_name
from cardwright.package.packed import DAMAGED_ZIP, read_entry
from cardwright.source import SETTINGS
from cardwright.source.names import path_on_disk

_FEW = 5
"""A lock with fewer notes proves nothing: all of them may have been replaced."""


def check_unrelated_lock(
    lock_file: Path, before: Lock | None, identified: Identified
) -> Iterator[Diagnostic]:
    """Yield LK613 if the content has none of the lock's live notes."""
    live = [entry for entry in before.entries if not entry.is_retired] if before else []
    is_known = any(identity.before for identity in identified.identities)
    if before is None or len(live) < _FEW or is_known or identified.diagnostics:
        return
    is_named = before.deck not in ("", identified.lock.deck)
    deck = f", '{shorten(before.deck)}'" if is_named else ""
    message = f"no question here is one of the {len(live):,} notes in the lock, so all are new "
    message += f"notes; is it the lock of another deck{deck}?"
    command = lock_command("--from PACKAGE", lock_file.as_posix())
    hint = "if so, do not import this build: restore the lock of this deck, from git or with "
    hint += (
        f"'{command}', and build again; if all questions are really new, run 'build --accept-new'"
    )
    yield Diagnostic(Place(lock_file.as_posix()), Code.UNRELATED_LOCK, message, hint)


def check_project(config: Config, lock: Lock) -> Iterator[Diagnostic]:
    """Yield CF107 if the settings and the lock name different projects. The lock's is used."""
    if config.project and config.project != lock.project:
        message = f"'project' is '{shorten(config.project)}', but the lock keeps "
        message += f"'{shorten(lock.project)}'"
        hint = f"write 'project: {lock.project}' or remove the line; with another project, every "
        hint += "note would be new to Anki"
        yield Diagnostic(Place(SETTINGS), Code.PROJECT_KEPT, message, hint)


def check_neighbouring_locks(
    content: Content, lock_file: Path, lock: Lock, identified: Identified
) -> Iterator[Diagnostic]:
    """Yield LK607 for each lock of another deck beside a file whose questions are all new.

    An import would add each of these questions a second time.
    """
    ours = lock_file.resolve()
    checked: set[Path] = set()
    for path in () if content.is_single else _new_files(identified):
        file = path_on_disk(content.folder, path)
        for folder in sorted(_folders_of(content.folder, file) - checked):
            checked.add(folder)
            for beside in sorted(folder.glob("*.lock")):
                is_of_a_file = beside.with_suffix(".md").exists()
                if not is_of_a_file and beside.resolve() != ours and _is_other(beside, lock):
                    yield _other_deck(path, beside, is_alone=False)
        if _is_other(file.with_suffix(".lock"), lock):
            yield _other_deck(path, file.with_suffix(".lock"), is_alone=True)


def _new_files(identified: Identified) -> list[str]:
    """Return the files whose questions are all new."""
    known: defaultdict[str, bool] = defaultdict(bool)
    for identity in identified.identities:
        known[identity.place.path] |= identity.before is not None
    return [path for path, is_known in known.items() if not is_known]


def _folders_of(root: Path, file: Path) -> set[Path]:
    """Return the folders that contain the file, up to ``root``."""
    return {root, *(folder for folder in file.parents if root in folder.parents)}


def _is_other(lock_file: Path, lock: Lock) -> bool:
    """Whether the file is a lock of another project."""
    if not lock_file.is_file():
        return False
    try:
        with lock_file.open(encoding="utf-8-sig", errors="replace") as file:
            first = read_record(file.readline(_LONGEST_HEADER))
    except OSError:
        return False
    return isinstance(first, Header) and first.project != lock.project


_LONGEST_HEADER = 100_000  # characters


def _other_deck(path: str, beside: Path, *, is_alone: bool) -> Diagnostic:
    if is_alone:
        message = f"this file was built alone before, as '{beside.name}' beside it shows; in this "
        hint = (
            "to keep them, move 'deck.lock' away and run 'cardwright lock --from PACKAGE FOLDER' "
        )
        hint += "with the package of the file; to start over, delete that lock"
    else:
        message = f"this file was part of another deck before, as '{beside.name}' shows; in this "
        hint = "to keep them, build those files as a deck of their own; to start over, delete that "
        hint += "lock"
    message += "folder's deck, its questions are new notes"
    return Diagnostic(Place(path), Code.BUILT_ALONE, message, hint)


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
    lock: Lock, lock_file: Path, output: Path | None, fronts: Collection[str]
) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Return the lock with the later change times of packages in ``output``, and LK610.

    ``fronts`` are the normalised fronts of the content.

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
        text = _packed_text(package) if _project(package) == lock.project else None
        if text is None or text in ours:
            continue  # the package of the last build
        packed = _parsed(text, package)[0]
        updated = _with_times_of(lock, packed) if packed else lock
        if packed and not lock_file.exists():
            is_ours = any(entry.front in fronts for entry in packed.entries)
            problems += _lost(lock_file, package, is_ours=is_ours)
        elif packed:
            problems += _behind(lock_file, package, updated != lock, _unknown(lock, packed))
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
            first = read_record(entry.readline(_LONGEST_HEADER).decode(errors="replace"))
    except (OSError, KeyError, *DAMAGED_ZIP):
        return ""
    return first.project if isinstance(first, Header) else ""


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
    lock_file: Path, package: Path, has_later: bool, unknown: Sequence[Guid]
) -> Iterator[Diagnostic]:
    """Yield LK610 if the package has later times, notes that the lock does not know, or both."""
    if not has_later and not unknown:
        return
    message = f"'{package.as_posix()}' "
    if has_later:
        message += "is newer than this lock; its change times are used, so that this build "
        message += "reaches everyone who imported it"
    if unknown:
        notes = many(len(unknown), "note")
        message += ", and it " if has_later else ""
        message += f"has {notes} that the lock does not know; everyone who imported it keeps "
        message += f"{'it' if len(unknown) == 1 else 'them'}: in Browse, search "
        message += id_search(unknown[:_NAMED])
    command = lock_command(f"--from {package.as_posix()}", lock_file.as_posix())
    hint = f"commit the lock with the content; to take the newer lock instead, run '{command}' (a "
    hint += f"build keeps that package as '{kept_package(package).name}')"
    yield Diagnostic(Place(lock_file.as_posix()), Code.LOCK_BEHIND, message, hint)


def _with_times_of(lock: Lock, packed: Lock) -> Lock:
    theirs = {entry.guid: entry for entry in packed.entries}
    return replace(
        lock,
        entries=tuple(_entry_with_times(entry, theirs) for entry in lock.entries),
        notetypes=tuple(_stamp_with_times(stamp, packed.notetypes) for stamp in lock.notetypes),
    )


def _entry_with_times(entry: LockEntry, theirs: Mapping[Guid, LockEntry]) -> LockEntry:
    other = theirs.get(entry.guid, entry)
    if other.mod <= entry.mod:
        return entry
    return replace(entry, mod=other.mod, made=other.made, media=other.media, output=other.output)


def _stamp_with_times(stamp: NoteTypeStamp, theirs: tuple[NoteTypeStamp, ...]) -> NoteTypeStamp:
    later = (
        other
        for other in theirs
        if (other.kind, other.id) == (stamp.kind, stamp.id) and other.mod > stamp.mod
    )
    return next(later, stamp)
