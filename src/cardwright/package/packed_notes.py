"""Reads notes from the database of a package, in Anki's older or newer schema."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_BETWEEN_LOOKS = 100_000  # steps of SQLite's virtual machine between two checks of the budget


@dataclass(frozen=True, slots=True)
class PackedNoteType:
    """A note type in a package."""

    id: int
    name: str
    mod: int  # in seconds since 1970
    is_cloze: bool
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note in a package."""

    guid: str
    note_id: int  # in milliseconds since 1970
    mod: int  # in seconds since 1970
    notetype: PackedNoteType
    deck: str  # the deck of its first card
    tags: tuple[str, ...]
    values: tuple[str, ...]  # the HTML of each field of the note type

    def field(self, name: str) -> str:
        """Return the HTML of a field, ``""`` if the note type has no such field."""
        return dict(zip(self.notetype.fields, self.values, strict=True)).get(name, "")


@dataclass(frozen=True, slots=True)
class Packed:
    """Cardwright's notes in a package, sorted by id."""

    notes: tuple[PackedNote, ...]


def read_database(database: Path, wanted: Collection[str] | None, *, is_newer: bool) -> Packed:
    """Return Cardwright's notes in a collection. Raises one of ``DAMAGE`` if it is damaged.

    ``wanted`` restricts them to these GUIDs. ``is_newer`` is for schema 18, which has separate
    tables for note types and decks.
    """
    address = f"{database.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        # Forbid writing, and stop a query that takes far more steps than the file has bytes.
        steps = 10_000_000 + 10 * database.stat().st_size
        budget = iter(range(steps // _BETWEEN_LOOKS))
        connection.set_progress_handler(lambda: next(budget, None) is None, _BETWEEN_LOOKS)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        # A view or virtual table of this name could run for ever, or have side effects.
        tables = dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        )
        needed = (*_TABLES, *(_NEWER_TABLES if is_newer else ()))
        if any(str(tables[name])[:13].upper() != "CREATE TABLE " for name in needed):
            raise ValueError("not a plain table")
        # A generated column can unfold to far more data than the file has (sqlite.org/gencol.html).
        hidden = "SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden"
        if any(connection.execute(hidden, (name,)).fetchone() for name in needed):
            raise ValueError("a generated column")
        known = _newer_notetypes(connection) if is_newer else _notetypes(connection)
        notetypes = {type_.id: type_ for type_ in known if {"Id", "Plain"} <= set(type_.fields)}
        if is_newer:
            rows = connection.execute("SELECT id, name FROM decks")
            decks = {id_: str(name).replace("\x1f", "::") for id_, name in rows}
        else:
            (text,) = connection.execute("SELECT decks FROM col").fetchone()
            decks = {int(each["id"]): str(each["name"]) for each in json.loads(text).values()}
        return Packed(tuple(_notes(connection, notetypes, decks, wanted)))


DAMAGE = (
    *(sqlite3.Error, ArithmeticError),
    *(ValueError, LookupError, TypeError, AttributeError, RecursionError),
)
"""The exceptions that a damaged database, row or JSON text can raise."""

_TABLES = ("col", "notes", "cards")
_NEWER_TABLES = ("notetypes", "fields", "decks")


def _notetypes(connection: sqlite3.Connection) -> Iterator[PackedNoteType]:
    (text,) = connection.execute("SELECT models FROM col").fetchone()
    for model in json.loads(text).values():
        ordered = sorted(model["flds"], key=lambda field: int(field["ord"]))
        fields = tuple(str(field["name"]) for field in ordered)
        is_cloze = int(model["type"]) == 1
        id_, mod = int(model["id"]), int(model["mod"])
        yield PackedNoteType(id_, str(model["name"]), mod, is_cloze, fields)


def _newer_notetypes(connection: sqlite3.Connection) -> Iterator[PackedNoteType]:
    """Yield note types. Their kind is the first field of a Protocol Buffers message, if not 0."""
    fields: defaultdict[int, list[str]] = defaultdict(list)
    for id_, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields[id_].append(str(name))
    query = "SELECT id, name, mtime_secs, config FROM notetypes"
    for id_, name, mod, config in connection.execute(query):
        is_cloze = config[:2] == b"\x08\x01"
        yield PackedNoteType(int(id_), str(name), int(mod), is_cloze, tuple(fields[id_]))


def _notes(
    connection: sqlite3.Connection,
    notetypes: Mapping[int, PackedNoteType],
    deck_names: Mapping[int, str],
    wanted: Collection[str] | None,
) -> Iterator[PackedNote]:
    # ``odid`` is the home deck of a card that a filtered deck has borrowed. The first card counts.
    query = "SELECT nid, CASE WHEN odid THEN odid ELSE did END FROM cards ORDER BY ord DESC"
    decks = {nid: deck_names.get(did, "") for nid, did in connection.execute(query)}
    is_wanted = wanted.__contains__ if wanted is not None else lambda _guid: True
    connection.create_function("is_wanted", 1, is_wanted)
    query = "SELECT id, guid, mid, mod, tags, flds FROM notes WHERE is_wanted(guid) ORDER BY id"
    for note_id, guid, notetype_id, mod, tags, text in connection.execute(query):
        notetype = notetypes.get(notetype_id)
        if notetype is None:
            continue
        if not all(isinstance(column, str) for column in (guid, tags, text)):
            raise ValueError("a column is not text")
        values = tuple(text.split("\x1f"))
        if len(values) != len(notetype.fields):
            raise ValueError("a note and its note type have different numbers of fields")
        deck = decks.get(note_id, "")
        note = PackedNote(guid, int(note_id), int(mod), notetype, deck, tuple(tags.split()), values)
        if note.field("Id") == note.guid:
            yield note
