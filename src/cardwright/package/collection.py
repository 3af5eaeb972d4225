"""Writes notes, decks and note types to a new collection of Anki, a SQLite file."""

from __future__ import annotations

import hashlib
import html
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from errno import EIO
from pathlib import Path

import genanki

from cardwright.deck_names import with_parents
from cardwright.markup.inert import inert_code
from cardwright.model import Deck, Note, NoteTypeStamp
from cardwright.notetypes import card_ords, field_names, notetype, stable_id
from cardwright.package.pieces import PAGE
from cardwright.package.shipped import SHIPPED, format_shipped, packed_value, shipped
from cardwright.presets import new_options

_HOUR = 3_600_000  # milliseconds


def write_collection(
    path: Path,
    notes: Sequence[Note],
    decks: Sequence[Deck],
    notetypes: Sequence[NoteTypeStamp],
    root_deck: str,
    katex: str = "",
    own_style: str = "",
) -> None:
    """Write a collection as a new SQLite file. Equal arguments give equal bytes.

    genanki creates the tables, note types and decks. We write the rows ourselves: genanki gives all
    notes the same time, and inserts them one by one.
    """
    deck_ids = _deck_ids(decks, notes, root_deck)
    models = {stamp.kind: _Model(stamp, root_deck, katex, own_style) for stamp in notetypes}
    # SQLite fills a page before it starts the next if rows come in the order of their ids.
    in_order = sorted(notes, key=lambda note: note.note_id)
    root = genanki.Deck(deck_ids[root_deck], root_deck)
    for kind in dict.fromkeys(note.kind for note in notes):
        root.add_model(models[kind])
    with _refusals_of_the_system(), closing(sqlite3.connect(path)) as connection:
        # No journal and no sync: nobody uses this file if the program dies here.
        connection.executescript(
            f"PRAGMA page_size = {PAGE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "PRAGMA locking_mode = EXCLUSIVE"
        )
        cursor = connection.cursor()
        genanki.Package([root]).write_to_db(cursor, timestamp=0, id_gen=iter(()))
        _write_decks(cursor, deck_ids, decks)
        cursor.executemany(
            "INSERT INTO notes VALUES(?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')",
            (_note_row(note, models[note.kind]) for note in in_order),
        )
        cursor.executemany(
            "INSERT INTO cards VALUES(?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            sorted(_card_rows(in_order, deck_ids)),
        )
        connection.commit()


@contextmanager
def _refusals_of_the_system() -> Iterator[None]:
    """Raise ``OSError`` if SQLite could not open or write a file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF  # the primary code
        if code not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
            raise
        raise OSError(EIO, str(error)) from error


def _deck_ids(decks: Sequence[Deck], notes: Sequence[Note], root_deck: str) -> dict[str, int]:
    """Return an id for every deck and its parents. To Anki, names in other case are one deck."""
    named = {root_deck, *(deck.name for deck in decks), *(note.deck for note in notes)}
    names = {name for deck in named for name in with_parents(deck)}
    ids: dict[str, int] = {}
    caseless: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        free = _next_free(stable_id("deck", name), taken)
        ids[name] = caseless.setdefault(name.casefold(), free)
        taken.add(ids[name])
    return ids


def _next_free(number: int, taken: set[int]) -> int:
    """Return ``number``, or the nearest smaller number that is not taken."""
    while number in taken:
        number -= 1
    return number


class _Model(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A note type with its own change time. genanki has one time for all."""

    def __init__(self, stamp: NoteTypeStamp, root_deck: str, katex: str, own_style: str) -> None:
        type_ = notetype(stamp.kind, root_deck, katex, own_style)
        super().__init__(
            model_id=stamp.id,
            name=type_.name,
            fields=[
                {"name": f.name, "id": f.id, "plainText": f.is_plain, "collapsed": f.is_collapsed}
                for f in type_.fields
            ],
            templates=[
                {"name": each.name, "id": each.id, "qfmt": each.front, "afmt": each.back}
                for each in type_.templates
            ],
            css=type_.style,
            model_type=self.CLOZE if type_.is_cloze else self.FRONT_BACK,
            sort_field_index=type_.sort_field,
        )
        self._mod = stamp.mod

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, object]:  # noqa: ARG002
        """Return the note type for genanki, whose ``timestamp`` is ignored."""
        model: dict[str, object] = super().to_json(self._mod, deck_id)
        return model


def _note_row(note: Note, model: _Model) -> tuple[object, ...]:
    """Return the columns id, guid, mid, mod, tags, flds and sfld."""
    values = field_values(note)
    fields = [values[field["name"]] for field in model.fields]
    tags = f" {' '.join(note.tags)} "
    text = "\x1f".join(fields)
    return note.note_id, note.guid, model.model_id, note.mod, tags, text, values["Plain"]


def field_values(note: Note) -> dict[str, str]:
    """Return the fields of a note as they are packed, by name, in the order of the note type."""
    values = {
        "Question": note.front,
        "Text": note.front,
        "Answer": note.back,
        "Hint": note.hint,
        "Extra": note.extra,
        "Context": note.context,
        "Source": note.source,
        "Reverse": "yes" if note.is_reverse else "",
        "Id": note.guid,
        "Plain": inert_code(html.escape(note.plain, quote=False)),  # Anki finds no media in it
    }
    together = "".join(values.values())
    if packed_value(together) is not together:  # rarely: most notes have no such character
        values = {name: packed_value(value) for name, value in values.items()}
    names = field_names(note.kind)
    fields = {name: values.get(name, "") for name in names}
    fields[SHIPPED] = format_shipped(shipped(note, fields), names)
    return fields


def _card_rows(notes: Sequence[Note], deck_ids: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    """Yield id, nid, did, ord, mod and due. The id of a card depends on its own note only.

    The first card has the note's id. Other cards get a moment of the hour before, chosen by hash:
    the ids of notes from one build are consecutive and must stay free. Anki shows the id as the day
    when the card was added. ``notes`` are in the order of their ids, so a new note changes no old
    id.
    """
    taken = {note.note_id for note in notes}
    for note in notes:
        card_id = note.note_id
        for ord_ in card_ords(note):
            if ord_ > 0:
                digest = hashlib.sha256(f"{note.guid}\n{ord_}".encode()).digest()
                moment = note.note_id - 1 - int.from_bytes(digest[:8]) % _HOUR
                card_id = _next_free(moment, taken)
                taken.add(card_id)
            yield card_id, note.note_id, deck_ids[note.deck], ord_, note.mod, note.due


def _write_decks(
    cursor: sqlite3.Cursor, deck_ids: Mapping[str, int], decks: Iterable[Deck]
) -> None:
    """Replace genanki's list of decks with ours, and keep the deck Default of every collection."""
    descriptions = {str(deck.name): deck.description for deck in decks}
    preset = next((deck.preset for deck in decks if deck.preset), None)
    options = new_options(preset) if preset else {"id": 1}
    (text,) = cursor.execute("SELECT decks FROM col").fetchone()
    listed = {"1": json.loads(text)["1"]}
    for name, id_ in deck_ids.items():
        deck = genanki.Deck(id_, name, descriptions.get(name, ""))
        listed.setdefault(str(id_), {**deck.to_json(), "conf": options["id"]})
    cursor.execute("UPDATE col SET decks = ?", (json.dumps(listed),))
    if preset:
        (text,) = cursor.execute("SELECT dconf FROM col").fetchone()
        presets = {**json.loads(text), str(options["id"]): options}
        cursor.execute("UPDATE col SET dconf = ?", (json.dumps(presets),))
