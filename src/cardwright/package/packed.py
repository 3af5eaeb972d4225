"""Reads the notes of an ``.apkg`` without trusting the file."""

from __future__ import annotations

import sys
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from cardwright.atomic_files import workspace
from cardwright.package.packed_notes import (
    DAMAGE,
    Packed,
    read_database,
)

MOST_UNPACKED = 1_000_000_000
"""Bytes. A package with a larger database is not read. AnkiWeb allows a quarter of that."""

OUR_COLLECTION = "collection.anki2"
_NEWER_COLLECTION = "collection.anki21b"
_COLLECTIONS = (_NEWER_COLLECTION, "collection.anki21", OUR_COLLECTION)
"""Entries that can hold Anki's database, the preferred one first. Ours is the last.

If a package has another one too, the last one only asks the user to update Anki.
"""

DAMAGED_ZIP = (
    *(zipfile.BadZipFile, zlib.error),
    *(EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError),
)
"""The exceptions that reading a damaged zip can raise."""


@dataclass(frozen=True, slots=True)
class NotReadable:
    """Why a file gives no notes."""

    reason: str  # continues a sentence after its name: `'is no package'`


def read_package(path: Path, wanted: Collection[str] | None = None) -> Packed | NotReadable:
    """Return Cardwright's notes from the package at ``path``, or why it has none.

    ``wanted`` restricts them to these GUIDs; then the result may have no notes. Reads packages of
    ``pack``, and those that Anki exports in the old or the new format. Skips notes of other note
    types. Trusts neither the sizes in the file nor the schema of its database. The database is
    unpacked into the system's temporary folder.
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
    """Like ``read_package``, but the result may have no notes. Unpacks to the file ``database``."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            name = next((name for name in _COLLECTIONS if name in names), None)
            if name is None:
                return NotReadable("is no Anki package")
            if not _unpack(archive, name, database):
                return NotReadable("is too large to be read")
    except DAMAGED_ZIP:
        return NotReadable("is damaged or not an Anki package")
    try:
        return read_database(database, wanted, is_newer=name == _NEWER_COLLECTION)
    except DAMAGE:
        return NotReadable("holds a damaged database")


def _unpack(archive: zipfile.ZipFile, name: str, database: Path) -> bool:
    """Write the database of an entry to a file. ``False`` if it is too large."""
    size = 0
    with _opened(archive, name) as entry, database.open("wb") as file:
        is_newer = name == _NEWER_COLLECTION
        once = iter(partial(entry.read, _PIECE), b"")
        for piece in _unpacked_twice(entry) if is_newer else once:
            size += len(piece)
            if size > MOST_UNPACKED:
                return False
            file.write(piece)
        if is_newer and size >= _HEADER:
            # Anki's collections use write-ahead logging (https://www.sqlite.org/fileformat.html).
            # SQLite would create files beside this one, and an exported one needs none.
            file.seek(18)
            file.write(b"\1\1")
    return True


_HEADER = 100  # bytes


def _unpacked_twice(entry: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of an entry that is itself compressed with Zstandard."""
    if sys.version_info >= (3, 14):  # imported here: our own packages have no such entry
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
    # Anki writes one frame. Endless frames that unpack to nothing would never stop.
    if unpacked.unused_data or entry.read(1):
        raise zipfile.BadZipFile("more than one frame")


_PIECE = 1_000_000  # bytes


def read_entry(archive: zipfile.ZipFile, name: str, most: int) -> bytes | None:
    """Return the bytes of an entry, or ``None`` if there are more than ``most``.

    Counts the unpacked bytes, and ignores the size that the zip states. Raises ``KeyError`` if
    there is no such entry, and one of ``DAMAGED_ZIP`` if the zip is damaged.
    """
    with _opened(archive, name) as entry:
        content = entry.read(most + 1)
    return content if len(content) <= most else None


def _opened(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open an entry that is stored or deflated. Anki reads no other compression."""
    info = archive.getinfo(name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("neither stored nor deflated")
    return archive.open(info)
