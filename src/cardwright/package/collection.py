"""Put notes, decks and note types into a collection of Anki's: a SQLite file, through genanki."""

from __future__ import annotations

import hashlib
import html
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing

import genanki

from cardwright.markup.inert import inert_code
from cardwright.model import Deck, Note, NoteTypeStamp
from cardwright.notetypes import cloze_numbers, notetype, stable_id

_HOUR = 3_600_000  # milliseconds


def collection(
    notes: Sequence[Note],
    decks: Sequence[Deck],
    notetypes: Sequence[NoteTypeStamp],
    root_deck: str,
    katex: str = "",
    own_style: str = "",
) -> bytes:
    """A collection as a SQLite file.

    All notes go through one deck of genanki and name their own deck themselves: genanki reads
    and writes the list of decks anew for each deck, which a thousand topics would feel.
    """
    deck_ids = _deck_ids(decks, notes, root_deck)
    models = {stamp.kind: _Model(stamp, root_deck, katex, own_style) for stamp in notetypes}
    note_ids = _note_ids(notes)
    root = genanki.Deck(deck_ids[root_deck], root_deck)
    for note in notes:
        row = _NoteRow(note, models[note.kind], note_ids[note.guid], deck_ids[note.deck])
        root.add_note(row)
    _number_cards(root.notes)
    with closing(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        # The time and the ids are the notes' own.
        genanki.Package([root]).write_to_db(cursor, timestamp=0, id_gen=iter(()))
        _write_decks(cursor, deck_ids, decks)
        connection.commit()
        return connection.serialize()


def _deck_ids(decks: Sequence[Deck], notes: Sequence[Note], root_deck: str) -> dict[str, int]:
    """An id for every deck and all of its parents; Anki itself matches decks by name."""
    named = {root_deck, *(deck.name for deck in decks), *(note.deck for note in notes)}
    names = {name for deck in named for name in _with_parents(deck)}
    ids: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        ids[name] = _next_free(stable_id("deck", name), taken)
        taken.add(ids[name])
    return ids


def _with_parents(deck: str) -> Iterator[str]:
    parts = deck.split("::")
    return ("::".join(parts[:depth]) for depth in range(1, len(parts) + 1))


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


class _NoteRow(genanki.Note):  # type: ignore[misc]  # genanki has no types
    """A note that brings its own ids, deck and change time; genanki gives all notes one time."""

    def __init__(self, note: Note, model: _Model, note_id: int, deck_id: int) -> None:
        values = field_values(note)
        super().__init__(
            model=model,
            fields=[values.get(field["name"], "") for field in model.fields],
            guid=note.guid,
            tags=note.tags,
            due=note.due,
        )
        self.note_id = note_id
        self.card_ids: tuple[int, ...] = ()
        self._deck_id = deck_id
        self._mod = note.mod

    def write_to_db(
        self,
        cursor: sqlite3.Cursor,
        timestamp: float,  # noqa: ARG002
        deck_id: int,  # noqa: ARG002
        id_gen: Iterator[int],  # noqa: ARG002
    ) -> None:
        """Called by genanki; its time, deck and ids are not ours."""
        ids = iter((self.note_id, *self.card_ids))
        super().write_to_db(cursor, self._mod, self._deck_id, ids)

    def _cloze_cards(self) -> list[genanki.Card]:
        """Called by genanki, which sees no deletion inside another one."""
        text = dict(zip((field["name"] for field in self.model.fields), self.fields, strict=True))
        ords = {max(number - 1, 0) for number in cloze_numbers(text["Text"])}
        return [genanki.Card(ord_) for ord_ in sorted(ords or {0})]

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Silence genanki's check: the fields are clean, and it is quadratic in a long line."""


def field_values(note: Note) -> dict[str, str]:
    """What the fields of a note hold in a package, by their names; of either note type."""
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
    return {name: value.replace("\x1f", "") for name, value in values.items()}


def _plain_field(plain: str) -> str:
    """Plain text as a field: HTML, like every field, without what Anki would take for media."""
    return inert_code(html.escape(plain, quote=False))


def _number_cards(rows: Sequence[_NoteRow]) -> None:
    """Give every card an id that depends on its own note alone.

    The first card has the note's id. Another one has a moment of the hour before, drawn by
    hash, so that ids of notes made in one build (which follow each other) stay free; Anki shows
    it as the day that the card was added. Older notes draw first: a new note changes no old id.
    """
    taken = {row.note_id for row in rows}
    for row in sorted(rows, key=lambda row: row.note_id):
        row.cards.sort(key=lambda card: card.ord)
        ids = []
        for card in row.cards:
            if card.ord == 0:
                ids.append(row.note_id)
                continue
            digest = hashlib.sha256(f"{row.guid}\n{card.ord}".encode()).digest()
            moment = row.note_id - 1 - int.from_bytes(digest[:8]) % _HOUR
            ids.append(_next_free(moment, taken))
            taken.add(ids[-1])
        row.card_ids = tuple(ids)


def _write_decks(
    cursor: sqlite3.Cursor, deck_ids: Mapping[str, int], decks: Iterable[Deck]
) -> None:
    """Replace genanki's list of decks by ours, the deck Default of every collection kept."""
    descriptions = {str(deck.name): deck.description for deck in decks}
    (text,) = cursor.execute("SELECT decks FROM col").fetchone()
    listed = {"1": json.loads(text)["1"]}
    for name, id_ in deck_ids.items():
        deck = genanki.Deck(id_, name, descriptions.get(name, ""))
        listed[str(id_)] = deck.to_json()
    cursor.execute("UPDATE col SET decks = ?", (json.dumps(listed),))
