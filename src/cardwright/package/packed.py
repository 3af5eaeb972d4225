"""Read a package back: the notes of an ``.apkg`` as values."""

from __future__ import annotations

import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cardwright.package.packed_notes import (
    DAMAGE,
    Packed,
    PackedNote,
    PackedNoteType,
    read_database,
)

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = [
    "DAMAGED_ZIP",
    "NotReadable",
    "Packed",
    "PackedNote",
    "PackedNoteType",
    "read_entry",
    "read_package",
]

MOST_UNPACKED = 1_000_000_000
"""Bytes of a database beyond which a package is not read: four times what AnkiWeb takes."""

_NEWER_COLLECTION = "collection.anki21b"
_COLLECTIONS = (_NEWER_COLLECTION, "collection.anki21", "collection.anki2")
"""Where Anki's databases stand in a package, the one that counts first; ours has the last.

Behind another one, the last only says that the package is for newer versions of Anki.
"""

DAMAGED_ZIP = (
    *(zipfile.BadZipFile, zlib.error, zstd.ZstdError),
    *(EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError),
)
"""What a zip leads to that is not as it should be."""


@dataclass(frozen=True, slots=True)
class NotReadable:
    """Why a file gives no notes, in words that go on after its name: ``'is no package'``."""

    reason: str


def read_package(path: Path) -> Packed | NotReadable:
    """The notes of Cardwright's that the package at ``path`` holds, at least one.

    Reads what ``pack`` writes and what Anki exports, for older versions or not. Notes of other note
    types are passed over. Nothing that the file holds is trusted: neither its sizes nor the
    schema of its database.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            name = next((name for name in _COLLECTIONS if name in names), None)
            if name is None:
                return NotReadable("is no Anki package")
            is_newer = name == _NEWER_COLLECTION
            read = _newer_database if is_newer else _database
            database = read(archive, name)
    except DAMAGED_ZIP:
        return NotReadable("is damaged or no Anki package")
    except OSError as error:
        return NotReadable(f"cannot be read: {(error.strerror or str(error)).lower()}")
    if database is None:
        return NotReadable("is too large to be read")
    try:
        packed = read_database(database, is_newer=is_newer)
    except DAMAGE:
        return NotReadable("holds a damaged database")
    return packed if packed.notes else NotReadable("holds no note that Cardwright made")


def _database(archive: zipfile.ZipFile, name: str) -> bytes | None:
    return read_entry(archive, name, MOST_UNPACKED)


def _newer_database(archive: zipfile.ZipFile, name: str) -> bytearray | None:
    """The database that an entry holds compressed once more; ``None`` where it is too large."""
    database = bytearray()
    unpacked = zstd.ZstdDecompressor()
    with _opened(archive, name) as entry:
        while not unpacked.eof:
            packed = entry.read(_PIECE) if unpacked.needs_input else b""
            if not packed and unpacked.needs_input:
                raise EOFError
            database += unpacked.decompress(packed, _PIECE)
            if len(database) > MOST_UNPACKED:
                return None
        # Anki writes one frame; there could be frames without end that unpack to nothing.
        if unpacked.unused_data or entry.read(1):
            raise zstd.ZstdError("more than one frame")
    # Anki's collections are written ahead (https://www.sqlite.org/fileformat.html), which SQLite
    # reads from a file alone; nothing waits to be written into an exported one.
    database[18:20] = b"\1\1"
    return database


_PIECE = 1_000_000  # bytes


def read_entry(archive: zipfile.ZipFile, name: str, most: int) -> bytes | None:
    """The bytes of an entry; ``None`` where there are more than ``most``, whatever it says.

    ``KeyError`` where there is no such entry; else what ``zipfile`` raises for damage.
    """
    with _opened(archive, name) as entry:
        content = entry.read(most + 1)
    return content if len(content) <= most else None


def _opened(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """An entry to read, stored or deflated as Anki knows them."""
    info = archive.getinfo(name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("neither stored nor deflated")
    return archive.open(info)
