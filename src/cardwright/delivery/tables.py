"""Reads a deck from the tables of a collection, which is fast for thousands of notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection as AnyOf
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cardwright.delivery.values import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    AnkiNoteType,
    AnkiPreset,
    BuiltDeck,
)
from cardwright.lock import Lock
from cardwright.model import Guid
from cardwright.notetypes import KINDS, notetype

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

_T = TypeVar("_T")

SETTINGS = "cardwright"
"""The key in a collection's settings for what was delivered to it."""

DEFAULT_DECK = 1
"""The id of the deck that Anki never deletes."""

_SUSPENDED = -1  # the queue of suspended cards
_CHUNK = 500  # ids in one query at most, because SQLite has a limit


def read_collection(col: Collection, wanted: BuiltDeck) -> AnkiDeck:
    """Return everything in a collection that a push compares with the content."""
    names = deck_names(col)
    ids = [stamp.id for stamp in wanted.lock.notetypes]
    types = [type_ for id_ in ids if (type_ := col.models.get(id_))]
    notes = _notes(col, types, {entry.guid for entry in wanted.lock.entries}, names)
    home = "CASE WHEN odid THEN odid ELSE did END"
    counts: Counter[str] = Counter()
    for deck, count in query_rows(col, f"SELECT {home}, count() FROM cards GROUP BY 1"):
        counts[names.get(deck, "")] += count
    folder = Path(col.media.dir())
    marks = own_settings(col).get(wanted.lock.project)
    collection = root_id({name: id_ for id_, name in names.items()}, wanted.root, notes.values())
    anki_deck = AnkiDeck(
        collection,
        known_id(names, collection, wanted.lock),
        frozenset(names.values()),
        counts,
        frozenset(name for id_, name in names.items() if col.decks.is_filtered(id_)),
        tuple(AnkiNoteType(t["id"], t["name"], t["css"], _sides(t), t["mod"]) for t in types),
        notes,
        frozenset(name for name in wanted.media if (folder / name).is_file()),
        frozenset(marks.split()) if isinstance(marks, str) else None,
        names.get(DEFAULT_DECK, ""),
    )
    if not wanted.preset:
        return anki_deck
    presets = (AnkiPreset(int(each["id"]), each["name"], each) for each in col.decks.all_config())
    decks = ((name, col.decks.get(id_)) for id_, name in names.items())
    # Filtered decks have none.
    used = {name: int(deck["conf"]) for name, deck in decks if deck and "conf" in deck}
    return replace(anki_deck, presets=tuple(presets), deck_presets=used)


def deck_names(col: Collection) -> dict[int, str]:
    """Return the names of all decks by id."""
    return {deck.id: deck.name for deck in col.decks.all_names_and_ids()}


def own_settings(col: Collection) -> Mapping[str, Any]:
    """Return what we store in a collection's settings, by project."""
    settings = col.get_config(SETTINGS, {})
    return settings if isinstance(settings, dict) else {}


def _notes(
    col: Collection, types: Sequence[NotetypeDict], guids: AnyOf[Guid], decks: Mapping[int, str]
) -> dict[Guid, AnkiNote]:
    fields = {type_["id"]: tuple(our_names(type_)) for type_ in types}
    query = "SELECT id, guid, mid, mod, tags, flds FROM notes WHERE guid IN (?) ORDER BY id"
    rows = list(_rows_of(col, query, sorted(guids)))
    cards = read_cards(col, [row[0] for row in rows], decks)
    notes: dict[Guid, AnkiNote] = {}
    for id_, guid, mid, mod, tags, text in rows:
        names = fields.get(mid)
        values = dict(zip(names, text.split("\x1f"), strict=False)) if names else {}
        values.pop("", None)
        notes[guid] = AnkiNote(
            id_, guid, values, tuple(tags.split()), tuple(cards[id_]), mod, names is None
        )
    return notes


def read_cards(
    col: Collection, notes: Sequence[int], decks: Mapping[int, str]
) -> Mapping[int, Sequence[AnkiCard]]:
    """Return the cards of notes by the note's id, in the order of their numbers."""
    cards: defaultdict[int, list[AnkiCard]] = defaultdict(list)
    query = (
        "SELECT id, nid, ord, did, odid, due, odue, type, reps, queue FROM cards WHERE nid IN (?)"
    )
    for row in _rows_of(col, f"{query} ORDER BY nid, ord", notes):
        id_, nid, ord_, did, odid, due, odue, type_, reps, queue = row
        deck, position = decks.get(odid or did, ""), odue if odid else due
        is_suspended = queue == _SUSPENDED
        cards[nid].append(
            AnkiCard(id_, ord_, deck, position, type_ == 0, reps, is_suspended=is_suspended)
        )
    return cards


def _rows_of(col: Collection, query: str, values: Sequence[object]) -> Iterator[Any]:
    """Yield the rows for all values, which replace the query's ``?``."""
    for some in chunks(values, _CHUNK):
        yield from query_rows(col, query.replace("?", ", ".join("?" * len(some))), *some)


def query_rows(col: Collection, query: str, *values: object) -> Sequence[Any]:
    """Return the rows that a query finds, none if the collection is closed."""
    return col.db.all(query, *values) if col.db else ()


def root_id(ids: Mapping[str, int], root: str, notes: Iterable[AnkiNote]) -> str:
    """Return the id of the root deck, or of the deck with all our cards, or ``""``."""
    if root in ids:
        return str(ids[root])
    decks = [card.deck.split("::") for note in notes for card in note.cards if card.deck]
    if not decks:
        return ""
    shared = 0
    while all(len(parts) > shared and parts[shared] == decks[0][shared] for parts in decks):
        shared += 1
    return str(ids.get("::".join(decks[0][:shared]), ""))


def known_id(ids: Iterable[int], collection: str, lock: Lock) -> str:
    """Return the id by which the lock knows a collection: ``collection``, or else any of its decks.

    A rename by a push that was killed leaves two decks, and the lock may know either.
    """
    known = {each.collection for each in lock.deliveries}
    found = sorted(known.intersection(map(str, ids)))
    return collection if collection in known or not found else found[0]


def our_names(type_: NotetypeDict) -> Iterator[str]:
    """Yield our name of each field of a note type, by its id, ``""`` for one of the learner."""
    by_id = {field.id: field.name for kind in KINDS for field in notetype(kind, "").fields}
    for field in type_["flds"]:
        id_ = field.get("id")
        yield by_id.get(id_, "") if id_ is not None else field["name"]


def _sides(type_: NotetypeDict) -> dict[str, tuple[str, str]]:
    return {each["name"]: (each["qfmt"], each["afmt"]) for each in type_["tmpls"]}


def chunks(values: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    """Split the values into chunks of at most this size."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
