"""Read a package back: the notes of an ``.apkg`` as values."""

from __future__ import annotations

import sys
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from cardwright.package.packed_notes import (
    DAMAGE,
    Packed,
    PackedNote,
    PackedNoteType,
    read_database,
)
from cardwright.package.workspace import workspace

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

OUR_COLLECTION = "collection.anki2"
_NEWER_COLLECTION = "collection.anki21b"
_COLLECTIONS = (_NEWER_COLLECTION, "collection.anki21", OUR_COLLECTION)
"""Where Anki's databases stand in a package, the one that counts first; ours has the last.

Behind another one, the last only says that the package is for newer versions of Anki.
"""

DAMAGED_ZIP = (
    *(zipfile.BadZipFile, zlib.error),
    *(EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError),
)
"""What a zip leads to that is not as it should be."""


@dataclass(frozen=True, slots=True)
class NotReadable:
    """Why a file gives no notes, in words that go on after its name: ``'is no package'``."""

    reason: str


def read_package(path: Path, wanted: Collection[str] | None = None) -> Packed | NotReadable:
    """The notes of Cardwright's that the package at ``path`` holds, at least one.

    ``wanted`` are the GUIDs of those to read, of which it may hold none. Reads what ``pack``
    writes and what Anki exports, for older versions or not. Notes of other note types are passed
    over. Nothing that the file holds is trusted: neither its sizes nor the schema of its database,
    which is unpacked into the system's temporary folder.
    """
    try:
        with workspace(path.parent) as folder:
            packed = _read(path, wanted, Path(folder) / "collection")
    except OSError as error:
        return NotReadable(f"cannot be read: {(error.strerror or str(error)).lower()}")
    if isinstance(packed, Packed) and not packed.notes and wanted is None:
        return NotReadable("holds no note that Cardwright made")
    return packed


def _read(path: Path, wanted: Collection[str] | None, database: Path) -> Packed | NotReadable:
    """As ``read_package``, by way of the file ``database``, but perhaps without a note."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            name = next((name for name in _COLLECTIONS if name in names), None)
            if name is None:
                return NotReadable("is no Anki package")
            if not _unpack(archive, name, database):
                return NotReadable("is too large to be read")
    except DAMAGED_ZIP:
        return NotReadable("is damaged or no Anki package")
    try:
        return read_database(database, wanted, is_newer=name == _NEWER_COLLECTION)
    except DAMAGE:
        return NotReadable("holds a damaged database")


def _unpack(archive: zipfile.ZipFile, name: str, database: Path) -> bool:
    """Write the database that an entry holds, unless it is too large."""
    unpacked = _unpacked_twice if name == _NEWER_COLLECTION else _unpacked
    size = 0
    with _opened(archive, name) as entry, database.open("wb") as file:
        for piece in unpacked(entry):
            size += len(piece)
            if size > MOST_UNPACKED:
                return False
            file.write(piece)
        if name == _NEWER_COLLECTION and size >= _HEADER:
            # Anki's collections are written ahead (https://www.sqlite.org/fileformat.html), for
            # which SQLite makes files beside them; nothing waits in an exported one.
            file.seek(18)
            file.write(b"\1\1")
    return True


_HEADER = 100  # bytes


def _unpacked(entry: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(entry.read, _PIECE), b"")


def _unpacked_twice(entry: IO[bytes]) -> Iterator[bytes]:
    """What an entry holds compressed once more."""
    if sys.version_info >= (3, 14):  # here: our own packages have no such entry
        from compression import zstd
    else:
        from backports import zstd

    unpacked = zstd.ZstdDecompressor()
    while not unpacked.eof:
        packed = entry.read(_PIECE) if unpacked.needs_input else b""
        if not packed and unpacked.needs_input:
            raise EOFError
        try:
            piece = unpacked.decompress(packed, _PIECE)
        except zstd.ZstdError as error:
            raise zipfile.BadZipFile(str(error)) from None
        yield piece
    # Anki writes one frame; there could be frames without end that unpack to nothing.
    if unpacked.unused_data or entry.read(1):
        raise zipfile.BadZipFile("more than one frame")


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
