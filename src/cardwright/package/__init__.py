"""Packs notes into an ``.apkg``. The same notes give the same bytes."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cardwright.atomic_files import workspace
from cardwright.diagnostics import Code, Diagnostic
from cardwright.model import Deck, Media, Note, NoteTypeStamp, Place, is_device
from cardwright.notetypes.katex import katex_media
from cardwright.package.packed import OUR_COLLECTION
from cardwright.package.pieces import (
    END,
    LEVEL,
    PIECES_ENTRY,
    DeflatedPiece,
    Key,
    deflated_pieces,
    list_of_pieces,
)

LOCK_ENTRY = "deck.lock"
"""The entry of the zip that holds the lock. Anki ignores entries that it does not know."""

_LONGEST_NAME = 120  # bytes of UTF-8. A browser may append " (1)" to it.
_MOST_PACKED = 100_000_000  # bytes
_MOST_UNPACKED = 250_000_000
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold


def pack(
    package: Path,
    notes: Sequence[Note],
    decks: Sequence[Deck],
    notetypes: Sequence[NoteTypeStamp],
    root_deck: str,
    katex: str = "",
    own_style: str = "",
    lock: str = "",
    *,
    last: Path | None = None,
) -> None:
    """Write ``notes`` to a new file ``package``, in the format that Anki 2.1 and newer import.

    ``decks`` gives the descriptions of decks. Decks that notes name, and their parents, need no
    entry there. ``notetypes`` has one stamp for each kind of note. ``katex`` is the version of
    KaTeX whose fonts are packed, ``""`` for none. ``own_style`` is the deck's CSS. ``lock`` is the
    text of the lock, from which a lost lock can be restored.

    Equal arguments give equal bytes, independent of clock, folder and hash seed. ``last`` is the
    previous package; it only saves time. The collection is built in the system's temporary folder.
    Raises ``OSError`` if a disk is full, including that one.
    """
    from cardwright.package.collection import write_collection  # genanki, for new packages only

    media = {media.name: media for note in notes for media in note.media}
    media |= {media.name: media for media in (katex_media() if katex else ())}
    with workspace(package.parent) as folder, ThreadPoolExecutor(1) as worker:
        database = Path(folder) / OUR_COLLECTION
        shrunk = worker.submit(_deflated, lock.encode())  # meanwhile: a lock has megabytes
        write_collection(database, notes, decks, notetypes, root_deck, katex, own_style)
        with zipfile.ZipFile(package, "w") as archive:
            _write(archive, database, [media[name] for name in sorted(media)], shrunk, last)


def _deflated(content: bytes) -> DeflatedPiece:
    """Return an entry in one piece."""
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return DeflatedPiece(content, (0, 0), deflate.compress(content) + deflate.flush())


def _write(
    archive: zipfile.ZipFile,
    database: Path,
    media: Sequence[Media],
    lock: Future[DeflatedPiece],
    last: Path | None,
) -> None:
    """Write the entries: the collection, the names of the media, the media by number, and ours."""
    collection = _entry(OUR_COLLECTION)
    collection.file_size = database.stat().st_size
    with closing(deflated_pieces(database, last)) as pieces:  # if a disk is full, it has more
        lengths = _write_ready(archive, collection, pieces, END)
    names = {str(number): file.name for number, file in enumerate(media)}
    _add(archive, "media", json.dumps(names, ensure_ascii=False).encode())
    for number, file in enumerate(media):
        _add(archive, str(number), file.content, is_shrinking=file.name.endswith(_SHRINKING))
    if lock.result().content:
        _write_ready(archive, _entry(LOCK_ENTRY), [lock.result()], b"")
    _add(archive, PIECES_ENTRY, list_of_pieces(lengths))


def _write_ready(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    pieces: Iterable[DeflatedPiece],
    end: bytes,
) -> list[tuple[Key, int]]:
    """Write an entry from its pieces. Return the key and the deflated length of each."""
    ready = _Ready(end)
    lengths = []
    with archive.open(entry, "w") as file:
        # zipfile has no other way to write bytes that are already deflated.
        file._compressor = ready  # type: ignore[attr-defined]
        for piece in pieces:
            ready.deflated = piece.deflated
            file.write(piece.content)
            lengths.append((piece.key, len(piece.deflated)))
    return lengths


@dataclass(slots=True)
class _Ready:
    """A compressor for ``zipfile`` that returns bytes which are already deflated."""

    end: bytes
    deflated: bytes = b""

    def compress(self, _content: bytes) -> bytes:
        return self.deflated

    def flush(self) -> bytes:
        return self.end


def _add(archive: zipfile.ZipFile, name: str, content: bytes, *, is_shrinking: bool = True) -> None:
    kind = zipfile.ZIP_DEFLATED if is_shrinking else zipfile.ZIP_STORED
    archive.writestr(_entry(name), content, kind, compresslevel=LEVEL)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
    entry.create_system = 3  # Unix, on Windows too
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def check_size(package: Path, name: str) -> tuple[Diagnostic, ...]:
    """Return PK702 if the package is larger than AnkiWeb allows a whole collection to be.

    The limits are about 100 MB packed and 250 MB unpacked.
    """
    with zipfile.ZipFile(package) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    packed = package.stat().st_size
    words = f"has {_megabytes(packed)}, unpacked {_megabytes(unpacked)}"
    return _oversized(name, packed, unpacked, words)


_SMALLER = "leave out sounds and films, lower 'images: max_width', or make two decks of it"
_SHRINKING = (".svg", ".wav", ".bmp", ".ico")
"""Suffixes of files that a zip makes smaller. How much is known only after packing."""


def check_media(notes: Sequence[Note], name: str) -> tuple[Diagnostic, ...]:
    """Return PK702 if the media alone exceed the limits. Needs no packing."""
    sizes = {media.name: len(media.content) for note in notes for media in note.media}
    unpacked = sum(sizes.values())
    packed = sum(size for file, size in sizes.items() if not file.endswith(_SHRINKING))
    return _oversized(name, packed, unpacked, f"has images and sounds of {_megabytes(unpacked)}")


def _oversized(name: str, packed: int, unpacked: int, words: str) -> tuple[Diagnostic, ...]:
    if packed <= _MOST_PACKED and unpacked <= _MOST_UNPACKED:
        return ()
    message = f"'{name}' {words}; AnkiWeb allows about 100 MB packed and 250 MB unpacked"
    return (Diagnostic(Place(name), Code.PACKAGE_OVERSIZED, message, _SMALLER),)


def _megabytes(count: int) -> str:
    return f"{max(round(count / 1_000_000), 1):,} MB"


def file_name(root_deck: str) -> str:
    """Return the file name of a deck's package: the name in lower case, words joined by hyphens.

    Latin letters lose their accents; other scripts are unchanged. The result has no path separator,
    at most 120 bytes of UTF-8, and is no Windows device name such as ``con``.
    """
    letters = [
        char if unicodedata.category(char)[0] in "LMN" else "-"
        for char in _without_accents(root_deck).lower()
    ]
    slug = re.sub("-+", "-", "".join(letters)).strip("-")
    room = _LONGEST_NAME - len(".apkg")
    slug = slug.encode()[:room].decode(errors="ignore").rstrip("-")
    if is_device(slug):
        slug += "-deck"
    return f"{slug or 'deck'}.apkg"


def _without_accents(text: str) -> str:
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", text):
        is_mark = unicodedata.combining(char) != 0
        if not is_mark:
            base = char
        if not (is_mark and base.isascii()):
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))
