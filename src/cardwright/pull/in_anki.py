"""The notes that a package or a collection holds, read without changing it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from cardwright.delivery.errors import AnkiError
from cardwright.delivery.values import AnkiNote, Wanted
from cardwright.diagnostics import Code
from cardwright.model import Guid
from cardwright.package.packed import NotReadable, read_package
from cardwright.pipeline import Assembly


def wanted_of(assembly: Assembly) -> Wanted | None:
    """What Anki is asked for; ``None`` where the content could not be built."""
    identified = assembly.identified
    return Wanted(assembly.root, identified.lock, identified.notes) if identified else None


def notes_in_package(path: Path, wanted: Wanted) -> Mapping[Guid, AnkiNote]:
    """The deck's notes in an ``.apkg`` or a ``.colpkg``; AN843 where it cannot be read."""
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
    """A copy of a collection, until the block ends: to open it would write into it.

    AN802 where there is none or it is damaged, AN803 where another program has it open.
    """
    if not collection.is_file():
        message = f"there is no collection '{collection}'"
        raise AnkiError(Code.NO_COLLECTION, message, "name the file collection.anki2 of a profile")
    if _is_open(collection):
        message = f"'{collection}' is open in another program"
        raise AnkiError(Code.COLLECTION_OPEN, message, "close Anki")
    with TemporaryDirectory(prefix="cardwright-") as folder:
        copy = Path(folder) / "collection.anki2"
        try:
            copyfile(collection, copy)
            if _log(collection).is_file():
                copyfile(_log(collection), _log(copy))
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("SELECT count() FROM notes, cards LIMIT 1")
        except (OSError, sqlite3.Error) as error:
            raise _damaged(collection, error) from error
        yield copy


def _log(collection: Path) -> Path:
    """The file in which changes wait that are not in the collection's own yet."""
    return collection.with_name(f"{collection.name}-wal")


_SHARED = 0x40000002, 510
"""Where SQLite locks a file that is read, and how many bytes (https://www.sqlite.org/lockingv3.html)."""


def _is_open(collection: Path) -> bool:
    """Whether another program has the collection open: Anki holds a lock all the time."""
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


def _damaged(collection: Path, error: OSError | sqlite3.Error) -> AnkiError:
    message = f"'{collection}' cannot be opened: {error}"
    hint = "open it in Anki: Tools > Check Database repairs it"
    return AnkiError(Code.NO_COLLECTION, message, hint)


def check_has_notes(notes: Mapping[Guid, AnkiNote], name: str, wanted: Wanted) -> None:
    """AN842 where no note of the deck is among those that ``name`` holds."""
    if not notes:
        message = f"'{name}' holds no note of the deck '{wanted.root}'"
        hint = "import the package that 'cardwright build' makes, or name another way into Anki"
        raise AnkiError(Code.DECK_NOT_IN_ANKI, message, hint)
