"""A folder of notes and the collection of somebody who studies them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from anki.collection import Collection

from cardwright.building import Built, build_deck
from cardwright.media.cache import Cache
from cardwright.pipeline import Options
from tests.notes import bytes_of

Import = Callable[[bytes], dict[str, int]]

Schedule = tuple[int, ...]
"""All that an import must leave as it is: where a card is in its learning, its flag, its deck."""


@dataclass
class Garden:
    """The first build is now, the later ones a hundred seconds apart.

    So what an import brings is older than what the learner writes afterwards, and each later
    build is newer than the import before it, by whose time old versions of Anki date its notes.
    """

    folder: Path
    collection: Collection
    import_package: Import
    now: int = field(default_factory=lambda: int(time.time()) - 100)
    schedules: dict[int, Schedule] = field(default_factory=dict)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace what stands in the file once, or several times alike."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new))

    def build(self, *, is_accepting_new: bool = False) -> Built:
        """As the program does it: what did not change is taken from the build before."""
        self.now += 100
        output = self.folder.parent / "build"
        cache = Cache(output / ".cache", is_writable=True)
        options = Options(self.now, cache=cache, is_accepting_new=is_accepting_new)
        return build_deck(self.folder, output, options)

    def keep_time(self) -> None:
        """Let the next build be now, in a second after all that was imported.

        In a long run under old versions of Anki the builds would else be ahead of the times that
        these give to what they import, which then looks older than the same note in a package.
        """
        time.sleep(1.01 - time.time() % 1)
        self.now = int(time.time()) - 100

    def build_and_import(self, *, is_accepting_new: bool = False) -> dict[str, int]:
        """What the importer counts; no studied card may have another schedule afterwards."""
        built = self.build(is_accepting_new=is_accepting_new)
        assert built.package is not None, built.diagnostics
        counts = self.import_package(bytes_of(built))
        for card, schedule in self.schedules.items():
            assert self.schedule(card) == schedule
        guids = self.collection.db.list("select guid from notes")
        assert len(guids) == len(set(guids))
        return counts

    def study(self, search: str) -> int:
        """Answer one card with Easy and remember its schedule; returns its id."""
        found = int(self.collection.find_cards(search)[0])
        self._answer(found)
        self.schedules[found] = self.schedule(found)
        return found

    def study_everything(self) -> None:
        """Answer all cards; suspend one, flag one, and put one into a deck of the learner's."""
        cards = sorted(int(card) for card in self.collection.find_cards(""))
        for card in cards:
            self._answer(card)
        mine = self.collection.decks.id("Mine")
        assert mine is not None
        self.collection.sched.suspend_cards(cards[:1])
        self.collection.set_user_flag_for_cards(3, cards[1:2])
        self.collection.set_deck(cards[2:3], int(mine))
        self.schedules |= {card: self.schedule(card) for card in cards}

    def _answer(self, card_id: int) -> None:
        card = self.collection.get_card(card_id)
        card.start_timer()
        self.collection.sched.answerCard(card, 4)

    def schedule(self, card: int) -> Schedule:
        columns = "type, queue, due, ivl, factor, reps, lapses, flags, did"
        return tuple(self.collection.db.first(f"select {columns} from cards where id = ?", card))

    def fronts(self) -> dict[str, str]:
        """The plain front of every note in the collection, by GUID."""
        rows = self.collection.db.execute("select id from notes")
        notes = [self.collection.get_note(row[0]) for row in rows]
        return {note.guid: note["Plain"] for note in notes}

    def answer_of(self, card: int) -> str:
        return str(self.collection.get_card(card).note()["Answer"])
