"""Collections of the real Anki, and what a learner does in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.notes import Note

if TYPE_CHECKING:
    from anki.cards import Card


@contextmanager
def collection_in(file: Path) -> Iterator[Collection]:
    """The collection in ``file``, made where there is none."""
    opened = Collection(str(file))
    try:
        yield opened
    finally:
        opened.close()


def import_into(file: Path, package: Path) -> None:
    """Import as Anki's dialogue does when nothing in it is touched."""
    with collection_in(file) as collection:
        collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        )


def edit_answer(collection: Collection) -> None:
    """Write into the answer of the first note, as in Anki's editor."""
    note = _first(collection)
    note["Answer"] = "<p>An organ, green.</p>"
    collection.update_note(note)


def retype(collection: Collection) -> None:
    """Give the first note the note type Basic, as Browse does."""
    note = _first(collection)
    basic = collection.models.by_name("Basic")
    assert basic is not None
    wish = collection.models.change_notetype_info(
        old_notetype_id=note.mid, new_notetype_id=basic["id"]
    ).input
    wish.note_ids.extend([note.id])
    collection.models.change_notetype_of_notes(wish)


def _first(collection: Collection) -> Note:
    return collection.get_note(collection.find_notes("")[0])


@dataclass(frozen=True, slots=True)
class CardState:
    """Where a card is, and what studying made of it. ``due`` is all that a new card has."""

    deck: str
    is_suspended: bool
    due: int
    schedule: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoteState:
    """A note with its cards by their numbers, from 0."""

    fields: Mapping[str, str]
    tags: frozenset[str]
    cards: Mapping[int, CardState]


def states(collection: Collection) -> dict[str, NoteState]:
    """All notes by GUID. A card in a filtered deck is told as in the deck that it belongs to."""
    notes = (collection.get_note(id_) for id_ in collection.find_notes(""))
    return {
        note.guid: NoteState(
            dict(note.items()),
            frozenset(note.tags),
            {card.ord: _state(collection, card) for card in note.cards()},
        )
        for note in notes
    }


def _state(collection: Collection, card: Card) -> CardState:
    schedule = (card.type, card.ivl, card.factor, card.reps, card.lapses, card.flags)
    deck = collection.decks.name(card.odid or card.did)
    due = card.odue if card.odid else card.due
    return CardState(deck, card.queue == -1, due, schedule)


def study(collection: Collection, query: str) -> None:
    """Let the cards that a search finds be known for ten days, with a flag."""
    cards = [collection.get_card(id_) for id_ in collection.find_cards(query)]
    for card in cards:
        card.type = card.queue = 2
        card.ivl, card.factor, card.reps, card.lapses, card.flags = 10, 2300, 4, 1, 3
        card.due = collection.sched.today + 7
    collection.update_cards(cards)
