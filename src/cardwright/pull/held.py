"""The notes that a package or a collection holds, read without changing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cardwright.delivery.errors import AnkiError
from cardwright.delivery.values import HeldNote, Wanted
from cardwright.diagnostics import Code
from cardwright.model import Guid
from cardwright.package.packed import NotReadable, read_package


def notes_in_package(path: Path, wanted: Wanted) -> Mapping[Guid, HeldNote]:
    """The deck's notes in an ``.apkg`` or a ``.colpkg``; AN823 where it cannot be read."""
    packed = read_package(path, {entry.guid for entry in wanted.lock.entries})
    if isinstance(packed, NotReadable):
        hint = "export the deck in Anki again: File > Export"
        raise AnkiError(Code.UNREADABLE_PACKAGE, f"'{path}' {packed.reason}", hint)
    return {
        Guid(note.guid): HeldNote(
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
    with TemporaryDirectory(prefix="cardwright-") as folder:
        copy = Path(folder) / "collection.anki2"
        address = f"{collection.absolute().as_uri()}?mode=ro"
        try:
            with (
                closing(sqlite3.connect(address, uri=True, timeout=1)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                message = f"'{collection}' is open in another program"
                raise AnkiError(Code.COLLECTION_OPEN, message, "close Anki") from error
            raise _damaged(collection, error) from error
        except sqlite3.DatabaseError as error:
            raise _damaged(collection, error) from error
        yield copy


def _damaged(collection: Path, error: sqlite3.Error) -> AnkiError:
    message = f"'{collection}' cannot be opened: {error}"
    hint = "open it in Anki: Tools > Check Database repairs it"
    return AnkiError(Code.NO_COLLECTION, message, hint)


def check_held(notes: Mapping[Guid, HeldNote], name: str, wanted: Wanted) -> None:
    """AN822 where no note of the deck is among those that ``name`` holds."""
    if not notes:
        message = f"'{name}' holds no note of the deck '{wanted.root}'"
        hint = "import the package that 'cardwright build' makes, or name another way into Anki"
        raise AnkiError(Code.NOTHING_HELD, message, hint)
