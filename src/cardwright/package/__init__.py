"""Pack notes into the bytes of an ``.apkg``, the same ones every time."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence

from cardwright.diagnostics import Code, Diagnostic
from cardwright.lock import Lock, format_lock
from cardwright.model import Deck, Note, NoteTypeStamp, Place
from cardwright.notetypes.katex import katex_media

LOCK_ENTRY = "deck.lock"
"""The entry of the zip that holds the lock; Anki looks only at entries that it knows."""

_LONGEST_NAME = 120  # bytes of UTF-8; leaves room on every file system for what a browser adds
_MOST_PACKED = 100_000_000  # bytes
_MOST_UNPACKED = 250_000_000
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold


def pack(
    notes: Sequence[Note],
    decks: Sequence[Deck],
    notetypes: Sequence[NoteTypeStamp],
    root_deck: str,
    katex: str = "",
    own_style: str = "",
    lock: Lock | None = None,
) -> bytes:
    """The package of ``notes``, in the format that Anki 2.1 and newer import.

    ``decks`` gives descriptions: a deck that a note names and its parents are there without it.
    ``notetypes`` has a stamp for the kind of each note; ``katex`` is the version of KaTeX whose
    fonts are packed, ``""`` for none; ``own_style`` is the deck's CSS. ``lock`` travels with
    them, so that it can be restored. Equal arguments give equal bytes, whatever the clock, the
    folder and the hash seed.
    """
    from cardwright.package.collection import collection  # not every command packs with genanki

    content = collection(notes, decks, notetypes, root_deck, katex, own_style)
    media = {media.name: media.content for note in notes for media in note.media}
    media |= {media.name: media.content for media in (katex_media() if katex else ())}
    text = format_lock(lock) if lock else ""
    return _zip(content, dict(sorted(media.items())), text)


def _zip(database: bytes, media: Mapping[str, bytes], lock: str) -> bytes:
    """The zip that Anki imports: the collection, the media by number, and their names;
    behind them the lock."""
    names = {str(number): name for number, name in enumerate(media)}
    entries = {
        "collection.anki2": database,
        "media": json.dumps(names, ensure_ascii=False).encode(),
        **{number: media[name] for number, name in names.items()},
        **({LOCK_ENTRY: lock.encode()} if lock else {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system = 3  # Unix, on Windows too
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return buffer.getvalue()


def check_size(package: bytes, name: str) -> tuple[Diagnostic, ...]:
    """PK702 where the package alone is more than AnkiWeb takes for a whole collection.

    The limits are about 100 MB packed and 250 MB unpacked.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if len(package) <= _MOST_PACKED and unpacked <= _MOST_UNPACKED:
        return ()
    message = f"'{name}' has {_megabytes(len(package))}, unpacked {_megabytes(unpacked)}; "
    message += "AnkiWeb takes about 100 MB and 250 MB"
    return (Diagnostic(Place(name), Code.PACKAGE_OVERSIZED, message, _SMALLER),)


_SMALLER = "leave out sounds and films, lower 'images: max_width', or make two decks of it"
_SHRINKING = (".svg", ".wav", ".bmp", ".ico")
"""Files that a zip makes smaller, by an amount that is not known before."""


def check_media(notes: Sequence[Note], name: str) -> tuple[Diagnostic, ...]:
    """PK702 where the media alone are too much, which is known without packing them."""
    sizes = {media.name: len(media.content) for note in notes for media in note.media}
    unpacked = sum(sizes.values())
    packed = sum(size for file, size in sizes.items() if not file.endswith(_SHRINKING))
    if packed <= _MOST_PACKED and unpacked <= _MOST_UNPACKED:
        return ()
    message = f"'{name}' has images and sounds of {_megabytes(unpacked)}; "
    message += "AnkiWeb takes about 100 MB packed and 250 MB unpacked"
    return (Diagnostic(Place(name), Code.PACKAGE_OVERSIZED, message, _SMALLER),)


def _megabytes(count: int) -> str:
    return f"{max(round(count / 1_000_000), 1):,} MB"


def file_name(root_deck: str) -> str:
    """The package's file name: the deck's name in lower case, words joined by hyphens.

    Accents go from Latin letters; other scripts stay as they are. Never empty, without a path
    separator, at most 120 bytes of UTF-8.
    """
    letters = [
        char if unicodedata.category(char)[0] in "LMN" else "-"
        for char in _without_accents(root_deck).lower()
    ]
    slug = re.sub("-+", "-", "".join(letters)).strip("-")
    room = _LONGEST_NAME - len(".apkg")
    slug = slug.encode()[:room].decode(errors="ignore").rstrip("-")
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
