"""Deflates the collection of a package in pieces, and reuses unchanged pieces.

An edit changes few pages of a database, so a new package copies the deflated pieces that the last
one has too. A deflated piece depends only on its own bytes. So the package is the same with and
without a last one.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cardwright.package.packed import DAMAGED_ZIP, OUR_COLLECTION, read_entry

PIECES_ENTRY = "collection.pieces"
"""The entry of the zip that says where the pieces of the collection end. Anki ignores it."""

LEVEL = 6
"""The level of zlib. 9 takes twice as long, for a package that is 1 % smaller."""

PAGE = 65_536
"""Bytes of a page of the database. Hardly any note is longer, so few notes are split across pages,
and an edit changes only the pages around it.
"""

END = b"\x03\0"
"""An empty last block of a deflated stream (RFC 1951)."""

_RECIPE = f"{LEVEL} {zlib.ZLIB_RUNTIME_VERSION}"
_PAGES, _MOST_PAGES = 8, 32
"""The usual and the largest number of pages in a piece."""
_WORKERS = min(4, os.cpu_count() or 1)
_LONGEST_LIST = 10_000_000  # bytes

Key = tuple[int, int]
"""The CRC-32 and the length of a piece."""


@dataclass(frozen=True, slots=True)
class DeflatedPiece:
    """Bytes of a collection and their deflated form."""

    content: bytes
    key: Key
    deflated: bytes  # blocks that refer to no earlier bytes; none is marked as the last


def list_of_pieces(lengths: Sequence[tuple[Key, int]]) -> bytes:
    """Return the content of the entry: the key of each piece and its deflated length."""
    listed = [[*key, length] for key, length in lengths]
    return json.dumps({"recipe": _RECIPE, "pieces": listed}).encode()


def deflated_pieces(database: Path, last: Path | None) -> Generator[DeflatedPiece, None, None]:
    """Yield the pieces of a SQLite file in order, reusing pieces of the package ``last``.

    Deflates several at the same time, and keeps few in memory. Has files open until it is closed.
    """
    kept = _kept_pieces(last) if last and last.is_file() and not last.is_symlink() else {}
    with (
        database.open("rb") as file,
        last.open("rb") if last and kept else nullcontext() as packed,
        ThreadPoolExecutor(_WORKERS) as workers,
    ):
        waiting: deque[Future[DeflatedPiece]] = deque()
        for content in _cut(file):
            key = zlib.crc32(content), len(content)
            known = _read(packed, kept[key]) if packed and key in kept else b""
            waiting.append(workers.submit(_deflated, content, key, known))
            if len(waiting) > 2 * _WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _cut(database: IO[bytes]) -> Iterator[bytes]:
    """Yield runs of whole pages. A page ends its run, so most stay the same after an insertion."""
    pages: list[bytes] = []
    while page := database.read(PAGE):
        pages.append(page)
        # The number of rows in a page and the start of the first
        # (https://www.sqlite.org/fileformat.html) are as good as random.
        is_end = int.from_bytes(page[3:7]) % _PAGES == 0
        if is_end or len(pages) == _MOST_PAGES:
            yield b"".join(pages)
            pages = []
    if pages:
        yield b"".join(pages)


def _deflated(content: bytes, key: Key, known: bytes) -> DeflatedPiece:
    """Deflate a piece. Reuses ``known`` only if it really inflates to ``content``."""
    if not (known.endswith(_FLUSHED) and _is_whole(known, content)):
        deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        known = deflate.compress(content) + deflate.flush(zlib.Z_FULL_FLUSH)
    return DeflatedPiece(content, key, known)


_FLUSHED = b"\0\0\xff\xff"  # the end of a flushed stream, which is also the end of a byte


def _is_whole(deflated: bytes, content: bytes) -> bool:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        is_same = inflate.decompress(deflated, len(content) + 1) == content
    except zlib.error:
        return False
    return is_same and not inflate.eof and not inflate.unconsumed_tail


def _kept_pieces(package: Path) -> Mapping[Key, tuple[int, int]]:
    """Return offset and length of each deflated piece, ``{}`` if the package has no usable list."""
    try:
        with zipfile.ZipFile(package) as archive:
            listed = json.loads(read_entry(archive, PIECES_ENTRY, _LONGEST_LIST) or b"")
            at = archive.getinfo(OUR_COLLECTION).header_offset
        with package.open("rb") as file:
            file.seek(at)
            header = file.read(30)
        at += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        pieces: dict[Key, tuple[int, int]] = {}
        for crc, size, length in listed["pieces"] if listed["recipe"] == _RECIPE else ():
            pieces[crc, size] = at, length
            at += length
    except (OSError, LookupError, TypeError, ValueError, RecursionError, *DAMAGED_ZIP):
        return {}
    return pieces


def _read(package: IO[bytes], where: tuple[int, int]) -> bytes:
    first, length = where
    if not 0 < length <= 2 * _MOST_PAGES * PAGE:
        return b""
    package.seek(first)
    return package.read(length)
