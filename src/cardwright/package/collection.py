"""Put notes, decks and note types into a collection of Anki's: a SQLite file, through genanki."""

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
from cardwright.notetypes import CLOZE, cloze_numbers, field_names, notetype, stable_id
from cardwright.package.pieces import PAGE
from cardwright.package.shipped import SHIPPED, format_shipped, shipped
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
    """Write a collection as a new SQLite file; equal arguments give equal bytes.

    genanki makes its tables, note types and decks. The rows are ours: genanki gives all notes
    one time, and writes them one by one.
    """
    deck_ids = _deck_ids(decks, notes, root_deck)
    models = {stamp.kind: _Model(stamp, root_deck, katex, own_style) for stamp in notetypes}
    note_ids = _note_ids(notes)
    # A page is full before the next one begins where rows come in the order of their ids.
    in_order = sorted(notes, key=lambda note: note_ids[note.guid])
    root = genanki.Deck(deck_ids[root_deck], root_deck)
    for kind in dict.fromkeys(note.kind for note in notes):
        root.add_model(models[kind])
    with _refusals_of_the_system(), closing(sqlite3.connect(path)) as connection:
        # Whatever happens to a file that is half written: nobody has seen it.
        connection.executescript(
            f"PRAGMA page_size = {PAGE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "PRAGMA locking_mode = EXCLUSIVE"
        )
        cursor = connection.cursor()
        genanki.Package([root]).write_to_db(cursor, timestamp=0, id_gen=iter(()))
        _write_decks(cursor, deck_ids, decks)
        cursor.executemany(
            "INSERT INTO notes VALUES(?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')",
            (_note_row(note, models[note.kind], note_ids[note.guid]) for note in in_order),
        )
        cursor.executemany(
            "INSERT INTO cards VALUES(?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            sorted(_card_rows(in_order, note_ids, deck_ids)),
        )
        connection.commit()


@contextmanager
def _refusals_of_the_system() -> Iterator[None]:
    """Raise what SQLite could not do with a file as an ``OSError``."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF  # without what the extended ones say
        if code not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
            raise
        raise OSError(EIO, str(error)) from error


def _deck_ids(decks: Sequence[Deck], notes: Sequence[Note], root_deck: str) -> dict[str, int]:
    """An id for every deck and all of its parents; Anki itself matches decks by name."""
    named = {root_deck, *(deck.name for deck in decks), *(note.deck for note in notes)}
    names = {name for deck in named for name in with_parents(deck)}
    ids: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        ids[name] = _next_free(stable_id("deck", name), taken)
        taken.add(ids[name])
    return ids


def _next_free(number: int, taken: set[int]) -> int:
    """``number`` or the nearest below that is not taken."""
    while number in taken:
        number -= 1
    return number


def _note_ids(notes: Sequence[Note]) -> dict[str, int]:
    """The id of each GUID: its time of birth, or the next moment that no older note has.

    Two branches that were merged can hold notes that were born at the same time.
    """
    ids: dict[str, int] = {}
    last = 0
    for note in sorted(notes, key=lambda note: (note.note_id, note.guid)):
        last = ids[note.guid] = max(note.note_id, last + 1)
    return ids


class _Model(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A note type with a change time of its own; genanki has one time for all."""

    def __init__(self, stamp: NoteTypeStamp, root_deck: str, katex: str, own_style: str) -> None:
        type_ = notetype(stamp.kind, root_deck, katex, own_style)
        super().__init__(
            model_id=stamp.id,
            name=type_.name,
            fields=[
                {
                    "name": field.name,
                    "id": field.id,
                    "plainText": field.is_plain,
                    "collapsed": field.is_collapsed,
                }
                for field in type_.fields
            ],
            templates=[
                {
                    "name": template.name,
                    "id": template.id,
                    "qfmt": template.front,
                    "afmt": template.back,
                }
                for template in type_.templates
            ],
            css=type_.style,
            model_type=self.CLOZE if type_.is_cloze else self.FRONT_BACK,
            sort_field_index=type_.sort_field,
        )
        self._mod = stamp.mod

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, object]:  # noqa: ARG002
        """Called by genanki; its ``timestamp`` is not ours."""
        model: dict[str, object] = super().to_json(self._mod, deck_id)
        return model


def _note_row(note: Note, model: _Model, note_id: int) -> tuple[object, ...]:
    """id, guid, mid, mod, tags, flds and sfld."""
    values = field_values(note)
    fields = [values[field["name"]] for field in model.fields]
    tags = f" {' '.join(note.tags)} "
    text = "\x1f".join(fields)
    return note_id, note.guid, model.model_id, note.mod, tags, text, values["Plain"]


def field_values(note: Note) -> dict[str, str]:
    """What the fields of a note hold in a package, by their names, in the note type's order."""
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
        "Plain": _plain_field(note.plain),
    }
    # U+001F is what Anki separates fields with.
    values = {name: value.replace("\x1f", "") for name, value in values.items()}
    names = field_names(note.kind)
    fields = {name: values.get(name, "") for name in names}
    fields[SHIPPED] = format_shipped(shipped(note, fields), names)
    return fields


def _plain_field(plain: str) -> str:
    """Plain text as a field: HTML, like every field, without what Anki would take for media."""
    return inert_code(html.escape(plain, quote=False))


def _card_rows(
    notes: Sequence[Note], note_ids: Mapping[str, int], deck_ids: Mapping[str, int]
) -> Iterator[tuple[int, ...]]:
    """id, nid, did, ord, mod and due; the id of each card depends on its own note alone.

    The first card has the note's id. Another one has a moment of the hour before, drawn by
    hash, so that ids of notes made in one build (which follow each other) stay free; Anki shows
    it as the day that the card was added. ``notes`` are the oldest first, who draw first: a new
    note changes no old id.
    """
    taken = set(note_ids.values())
    for note in notes:
        note_id = card_id = note_ids[note.guid]
        for ord_ in card_ords(note):
            if ord_ > 0:
                digest = hashlib.sha256(f"{note.guid}\n{ord_}".encode()).digest()
                moment = note_id - 1 - int.from_bytes(digest[:8]) % _HOUR
                card_id = _next_free(moment, taken)
                taken.add(card_id)
            yield card_id, note_id, deck_ids[note.deck], ord_, note.mod, note.due


def card_ords(note: Note) -> list[int]:
    """Which cards Anki makes of the note; of a cloze without a number the first."""
    if note.kind == CLOZE:
        return sorted({max(number - 1, 0) for number in cloze_numbers(note.front)} or {0})
    sides = (bool(note.front), note.is_reverse and bool(note.back))
    return [ord_ for ord_, is_shown in enumerate(sides) if is_shown]


def _write_decks(
    cursor: sqlite3.Cursor, deck_ids: Mapping[str, int], decks: Iterable[Deck]
) -> None:
    """Replace genanki's list of decks by ours, the deck Default of every collection kept.

    All of them have the same options, if there are any.
    """
    descriptions = {str(deck.name): deck.description for deck in decks}
    preset = next((deck.preset for deck in decks if deck.preset), None)
    options = new_options(preset) if preset else {"id": 1}
    (text,) = cursor.execute("SELECT decks FROM col").fetchone()
    listed = {"1": json.loads(text)["1"]}
    for name, id_ in deck_ids.items():
        deck = genanki.Deck(id_, name, descriptions.get(name, ""))
        listed[str(id_)] = {**deck.to_json(), "conf": options["id"]}
    cursor.execute("UPDATE col SET decks = ?", (json.dumps(listed),))
    if preset:
        (text,) = cursor.execute("SELECT dconf FROM col").fetchone()
        presets = {**json.loads(text), str(options["id"]): options}
        cursor.execute("UPDATE col SET dconf = ?", (json.dumps(presets),))
