"""Read a package back: the notes of an ``.apkg`` as values."""

from __future__ import annotations

import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

MOST_UNPACKED = 1_000_000_000
"""Bytes of a database beyond which a package is not read: four times what AnkiWeb takes."""

_COLLECTIONS = ("collection.anki21", "collection.anki2")
"""Where Anki's databases stand in a package, the one that counts first; ours has the second."""

_BETWEEN_LOOKS = 100_000
"""Steps of SQLite's machine from one look at the budget to the next."""


@dataclass(frozen=True, slots=True)
class PackedNoteType:
    """A note type of a package; ``mod`` in seconds since 1970."""

    id: int
    name: str
    mod: int
    is_cloze: bool
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note as the package holds it; ``deck`` is that of its first card.

    ``note_id`` is in milliseconds, ``mod`` in seconds since 1970; ``values`` has an HTML for each
    of the note type's fields.
    """

    guid: str
    note_id: int
    mod: int
    notetype: PackedNoteType
    deck: str
    tags: tuple[str, ...]
    values: tuple[str, ...]

    def field(self, name: str) -> str:
        """The value of a field, ``""`` where the note type has none of this name."""
        return dict(zip(self.notetype.fields, self.values, strict=True)).get(name, "")


@dataclass(frozen=True, slots=True)
class Packed:
    """What a package holds of Cardwright's: its notes by id, their note types by id."""

    notes: tuple[PackedNote, ...]
    notetypes: tuple[PackedNoteType, ...]


DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What a zip leads to that is not as it should be."""


@dataclass(frozen=True, slots=True)
class NotReadable:
    """Why a file gives no notes, in words that go on after its name: ``'is no package'``."""

    reason: str


def read_package(path: Path) -> Packed | NotReadable:
    """The notes of Cardwright's that the package at ``path`` holds, at least one.

    Reads what ``pack`` writes and what Anki exports for older versions. Notes of other note
    types are passed over. Nothing that the file holds is trusted: neither its sizes nor the
    schema of its database.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            database = _database(archive)
    except DAMAGED_ZIP:
        return NotReadable("is damaged or no Anki package")
    except OSError as error:
        return NotReadable(f"cannot be read: {(error.strerror or str(error)).lower()}")
    if isinstance(database, NotReadable):
        return database
    try:
        packed = _read_database(database)
    except (sqlite3.Error, ArithmeticError, *_WRONG_SHAPES):
        return NotReadable("holds a damaged database")
    return packed if packed.notes else NotReadable("holds no note that Cardwright made")


_WRONG_SHAPES = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What JSON or a row that is not as it should be leads to."""


def _database(archive: zipfile.ZipFile) -> bytes | NotReadable:
    names = set(archive.namelist())
    if "collection.anki21b" in names:
        return NotReadable("is in the format of newer exports; export it for older Anki versions")
    name = next((name for name in _COLLECTIONS if name in names), None)
    if name is None:
        return NotReadable("is no Anki package")
    database = read_entry(archive, name, MOST_UNPACKED)
    return NotReadable("is too large to be read") if database is None else database


def read_entry(archive: zipfile.ZipFile, name: str, most: int) -> bytes | None:
    """The bytes of an entry; ``None`` where there are more than ``most``, whatever it says.

    ``KeyError`` where there is no such entry; else what ``zipfile`` raises for damage.
    """
    with archive.open(name) as entry:
        content = entry.read(most + 1)
    return content if len(content) <= most else None


def _read_database(database: bytes) -> Packed:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database)
        _restrain(connection, len(database))
        # A view or a virtual table of such a name could run for ever, or do something.
        tables = dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        )
        if any(str(tables[name])[:13].upper() != "CREATE TABLE " for name in _TABLES):
            raise ValueError("a table is none")
        notetypes = _notetypes(connection)
        notes = tuple(_notes(connection, notetypes))
    used = {note.notetype.id: note.notetype for note in notes}
    return Packed(notes, tuple(used[id_] for id_ in sorted(used)))


_TABLES = ("col", "notes", "cards")


def _restrain(connection: sqlite3.Connection, size: int) -> None:
    """Let queries only read, and end one that takes far more steps than a table has bytes."""
    budget = iter(range((10_000_000 + 10 * size) // _BETWEEN_LOOKS))
    connection.set_progress_handler(lambda: next(budget, None) is None, _BETWEEN_LOOKS)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")


def _notetypes(connection: sqlite3.Connection) -> Mapping[int, PackedNoteType]:
    """The note types with the fields that all of ours have."""
    (text,) = connection.execute("SELECT models FROM col").fetchone()
    notetypes = {}
    for model in json.loads(text).values():
        ordered = sorted(model["flds"], key=lambda field: int(field["ord"]))
        fields = tuple(str(field["name"]) for field in ordered)
        if {"Id", "Plain"} <= set(fields):
            id_, name, mod = int(model["id"]), str(model["name"]), int(model["mod"])
            notetypes[id_] = PackedNoteType(id_, name, mod, int(model["type"]) == 1, fields)
    return notetypes


def _notes(
    connection: sqlite3.Connection, notetypes: Mapping[int, PackedNoteType]
) -> Iterator[PackedNote]:
    decks = _decks(connection)
    query = "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
    for note_id, guid, notetype_id, mod, tags, text in connection.execute(query):
        notetype = notetypes.get(notetype_id)
        if notetype is None:
            continue
        if not all(isinstance(column, str) for column in (guid, tags, text)):
            raise ValueError("a text is none")
        values = tuple(text.split("\x1f"))
        if len(values) != len(notetype.fields):
            raise ValueError("a note has not the fields of its note type")
        deck = decks.get(note_id, "")
        note = PackedNote(guid, int(note_id), int(mod), notetype, deck, tuple(tags.split()), values)
        if note.field("Id") == note.guid:
            yield note


def _decks(connection: sqlite3.Connection) -> Mapping[int, str]:
    """The name of the deck of each note's first card, by the note's id.

    ``odid`` is where a card belongs that a filtered deck has borrowed.
    """
    (text,) = connection.execute("SELECT decks FROM col").fetchone()
    names = {int(deck["id"]): str(deck["name"]) for deck in json.loads(text).values()}
    query = "SELECT nid, CASE WHEN odid THEN odid ELSE did END FROM cards ORDER BY ord DESC"
    return {nid: names.get(did, "") for nid, did in connection.execute(query)}
