"""Reads notes from a package or from a collection, without changing it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from cardwright.delivery.collection import (
    damaged_collection,
    missing_collection,
    open_collection,
    opened,
)
from cardwright.delivery.target import AnkiTarget
from cardwright.delivery.values import AnkiError, AnkiNote, BuiltDeck
from cardwright.diagnostics import Code
from cardwright.model import Guid
from cardwright.package.packed import NotReadable, read_package


def read_notes(
    target: AnkiTarget, package: Path | None, wanted: BuiltDeck
) -> Mapping[Guid, AnkiNote]:
    """Return the deck's notes, from a package if one is given. A collection is read from a copy.

    AN842 if there are none.
    """
    if package is not None:
        notes, name = notes_in_package(package, wanted), package.name
    elif file := target.file():
        with copied(file) as copy, opened(copy) as anki:
            notes, name = anki.read_deck(wanted).notes, file.name
    else:
        with target.opened(is_writing=False) as running:
            notes, name = running.read_deck(wanted).notes, target.name
    if not notes:
        message = f"'{name}' has no note of the deck '{wanted.root}'"
        hint = "import the package that 'cardwright build' makes, or choose another collection"
        raise AnkiError(Code.DECK_NOT_IN_ANKI, message, hint)
    return notes


def notes_in_package(path: Path, wanted: BuiltDeck) -> Mapping[Guid, AnkiNote]:
    """Return the deck's notes in an ``.apkg`` or ``.colpkg``. AN843 if it cannot be read."""
    packed = read_package(path, {entry.guid for entry in wanted.lock.entries})
    if isinstance(packed, NotReadable):
        hint = "export the deck in Anki again: File > Export"
        raise AnkiError(Code.UNREADABLE_PACKAGE, f"'{path.name}' {packed.reason}", hint)
    return {
        Guid(note.guid): AnkiNote(
            note.note_id,
            Guid(note.guid),
            dict(zip(note.notetype.fields, note.values, strict=True)),
            note.tags,
            (),
            note.mod,
        )
        for note in packed.notes
    }


@contextmanager
def copied(collection: Path) -> Iterator[Path]:
    """Yield a temporary copy of a collection, because opening the original would change it.

    AN802 if it is missing or damaged, AN803 if another program has it open.
    """
    if not collection.is_file():
        raise missing_collection(collection)
    if _is_open(collection):
        raise open_collection(collection)
    with TemporaryDirectory(prefix="cardwright-") as folder:
        copy = Path(folder) / "collection.anki2"
        try:
            copyfile(collection, copy)
            if _log(collection).is_file():
                copyfile(_log(collection), _log(copy))
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("SELECT count() FROM notes, cards LIMIT 1")
        except (OSError, sqlite3.Error) as error:
            raise damaged_collection(collection, error) from error
        yield copy


def _log(collection: Path) -> Path:
    """Return SQLite's write-ahead log, which has changes that are not in the main file yet."""
    return collection.with_name(f"{collection.name}-wal")


_SHARED = 0x40000002, 510
"""Offset and length of SQLite's shared lock (https://www.sqlite.org/lockingv3.html)."""


def _is_open(collection: Path) -> bool:
    """Whether another program has the collection open. Anki holds a lock while it runs."""
    if sys.platform == "win32":
        return _log(collection).is_file() and _log(collection).stat().st_size > 0
    import fcntl

    start, length = _SHARED
    with collection.open("rb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, length, start)
        except (BlockingIOError, PermissionError):
            return True
    return False
