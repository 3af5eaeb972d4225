"""A learner's device: a collection that syncs, and all that one does with it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from anki.collection import Collection
from anki.notes import Note
from anki.sync_pb2 import SyncAuth

State = tuple[int, int, int, int, int]
"""Type, interval, ease, repetitions and lapses of a card: what studying made of it."""


@dataclass(slots=True)
class Phone:
    """The device of a learner who studies, tags, edits and tidies up.

    It knows what the learner did, so that a test can say what has to be there afterwards:
    ``edits`` are fields by GUID and name, ``tags`` and the decks that notes were ``moved``
    to by GUID, ``states`` what studying made of each card.
    """

    collection: Collection
    auth: SyncAuth
    edits: dict[tuple[str, str], str] = field(default_factory=dict)
    tags: dict[str, set[str]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)

    @classmethod
    def new(cls, folder: Path, address: str, key: str) -> Phone:
        folder.mkdir()
        collection = Collection(str(folder / "collection.anki2"))
        return cls(collection, SyncAuth(hkey=key, endpoint=address))

    def sync(self) -> None:
        answer = self.collection.sync_collection(self.auth, False)
        needed = answer.ChangesRequired.Name(answer.required)
        if needed == "FULL_DOWNLOAD":
            self.collection.close_for_full_sync()
            self.collection.full_upload_or_download(
                auth=self.auth, server_usn=answer.server_media_usn, upload=False
            )
            self.collection.reopen(after_full_sync=True)
        else:
            assert needed in ("NO_CHANGES", "NORMAL_SYNC"), needed
        self.collection.models._clear_cache()

    def notes(self) -> dict[str, Note]:
        """All notes of the account, by GUID."""
        col = self.collection
        found = [col.get_note(id_) for id_ in col.find_notes("")]
        assert len({note.guid for note in found}) == len(found)
        return {note.guid: note for note in found}

    def deck_of(self, card: int) -> str:
        return str(self.collection.decks.name(self.collection.get_card(card).did))

    def state_of(self, card: int) -> State:
        found = self.collection.get_card(card)
        return found.type, found.ivl, found.factor, found.reps, found.lapses

    def study(self, count: int, chance: random.Random) -> None:
        """Answer some cards of the root deck, as they come up."""
        col = self.collection
        for _ in range(count):
            card = col.sched.getCard()
            if card is None:
                return
            col.sched.answerCard(card, chance.choice((1, 2, 3, 3, 4)))
            self.states[card.id] = self.state_of(card.id)

    def tag(self, note: Note, tag: str) -> None:
        note.add_tag(tag)
        self.collection.update_note(note)
        self.tags.setdefault(note.guid, set()).add(tag)

    def edit(self, note: Note, name: str, text: str) -> None:
        note[name] = text
        self.collection.update_note(note)
        self.edits[note.guid, name] = text

    def move(self, note: Note, deck: str) -> None:
        col = self.collection
        cards = list(note.card_ids())
        col.set_deck(cards, col.decks.id(deck))
        self.moved[note.guid] = deck

    def flag(self, note: Note) -> None:
        self.collection.set_user_flag_for_cards(3, note.card_ids())
