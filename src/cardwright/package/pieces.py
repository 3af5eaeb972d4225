"""The collection of a package in pieces that are deflated one by one, and taken over unchanged.

An edit changes few pages of a database. So a new package takes the pieces of the last one that it
has as well, as they were deflated then. What a piece becomes depends on its own bytes alone, so the
package is the same with and without a last one.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cardwright.package.packed import DAMAGED_ZIP, OUR_COLLECTION, read_entry

PIECES_ENTRY = "collection.pieces"
"""The entry of the zip that tells where the pieces of the collection end; Anki passes it over."""

LEVEL = 6
"""Of zlib. 9 takes twice as long for a package that is 1 % smaller."""

PAGE = 65_536
"""Bytes of a page of the database. Hardly a note is longer, so that a page seldom holds a part of
one, and an edit changes the pages around it and no others."""

END = b"\x03\0"
"""The last block of a deflated stream, with nothing in it (RFC 1951)."""

_RECIPE = f"{LEVEL} {zlib.ZLIB_RUNTIME_VERSION}"
_PAGES, _MOST_PAGES = 8, 32
"""So many pages has a piece as a rule, and at most."""
_WORKERS = min(4, os.cpu_count() or 1)
_LONGEST_LIST = 10_000_000  # bytes

Key = tuple[int, int]
"""The CRC-32 and the length of a piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a collection, and what they are deflated: blocks without a last one, which refer
    to nothing before them."""

    content: bytes
    key: Key
    deflated: bytes


def list_of_pieces(lengths: Sequence[tuple[Key, int]]) -> bytes:
    """The content of the entry: the key of each piece, and its length when deflated."""
    listed = [[*key, length] for key, length in lengths]
    return json.dumps({"recipe": _RECIPE, "pieces": listed}).encode()


def deflated_pieces(database: Path, last: Path | None) -> Iterator[Piece]:
    """The pieces of a SQLite file in their order, those of the package ``last`` taken over.

    Several are deflated at the same time, and few are in memory.
    """
    kept = _kept_pieces(last) if last and last.is_file() and not last.is_symlink() else {}
    with (
        database.open("rb") as file,
        last.open("rb") if last and kept else nullcontext() as packed,
        ThreadPoolExecutor(_WORKERS) as workers,
    ):
        waiting: deque[tuple[bytes, Key, Future[bytes]]] = deque()
        for content in _cut(file):
            key = zlib.crc32(content), len(content)
            known = _read(packed, kept[key]) if packed and key in kept else b""
            waiting.append((content, key, workers.submit(_deflated, content, known)))
            if len(waiting) > 2 * _WORKERS:
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _done(content: bytes, key: Key, deflated: Future[bytes]) -> Piece:
    return Piece(content, key, deflated.result())


def _cut(database: IO[bytes]) -> Iterator[bytes]:
    """Runs of whole pages. A page says itself whether a run ends with it, so that most runs stay
    as they are when one before them gets longer."""
    pages: list[bytes] = []
    while page := database.read(PAGE):
        pages.append(page)
        # How many rows are in a page, and where the first begins
        # (https://www.sqlite.org/fileformat.html): as good as drawn by lot.
        is_end = int.from_bytes(page[3:7]) % _PAGES == 0
        if is_end or len(pages) == _MOST_PAGES:
            yield b"".join(pages)
            pages = []
    if pages:
        yield b"".join(pages)


def _deflated(content: bytes, known: bytes) -> bytes:
    """The deflated bytes, ``known`` where they are these: a package is not taken at its word."""
    if known.endswith(_FLUSHED) and _is_whole(known, content):
        return known
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush(zlib.Z_FULL_FLUSH)


_FLUSHED = b"\0\0\xff\xff"
"""The end of what was flushed: it is that of a byte, too."""


def _is_whole(deflated: bytes, content: bytes) -> bool:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        is_same = inflate.decompress(deflated, len(content) + 1) == content
    except zlib.error:
        return False
    return is_same and not inflate.eof and not inflate.unconsumed_tail


def _kept_pieces(package: Path) -> Mapping[Key, tuple[int, int]]:
    """Where in the file of a package its pieces are, deflated as they would be today: the first
    byte and the number of bytes; nothing where it does not say."""
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
