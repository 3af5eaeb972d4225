"""A learner who studied an old deck, and all of it that has to be there afterwards."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anki.collection import Collection

from tests.in_anki import collection_in

_COLUMNS = (
    "id, nid, did, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data"
)


@dataclass(frozen=True, slots=True)
class Record:
    """What studying left: each card's whole row without what Anki counts changes by, and its
    template; the review log; the tags of each note."""

    cards: tuple[tuple[Any, ...], ...]
    templates: dict[int, int]
    reviews: tuple[tuple[Any, ...], ...]
    tags: dict[int, frozenset[str]]


def record(file: Path) -> Record:
    with collection_in(file) as col:
        assert col.db
        rows = col.db.all(f"SELECT {_COLUMNS} FROM cards ORDER BY id")
        templates = dict(col.db.all("SELECT id, ord FROM cards"))
        reviews = col.db.all("SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog")
        tags = dict(col.db.all("SELECT id, tags FROM notes"))
        return Record(
            tuple(map(tuple, rows)),
            templates,
            tuple(map(tuple, sorted(reviews))),
            {id_: frozenset(text.split()) for id_, text in tags.items()},
        )


def study(file: Path, decks: Sequence[str], seed: int = 1) -> None:
    """Answer cards as they come up, and do what learners do besides."""
    chance = random.Random(seed)
    with collection_in(file) as col:
        for deck in decks:
            col.decks.select(col.decks.id(deck))
            _answer(col, 12, chance)
        cards = list(col.find_cards(" OR ".join(f'"deck:{deck}"' for deck in decks)))
        assert len(cards) >= 8
        col.sched.set_due_date(cards[:2], "3-9!")
        col.sched.suspend_cards(cards[2:3])
        col.sched.bury_cards(cards[3:4])
        col.set_user_flag_for_cards(2, cards[4:6])
        note = col.get_card(cards[5]).note()
        note.tags = ["marked", "exam::june"]
        col.update_note(note)
        col.db.execute(
            "UPDATE cards SET lapses = 3, factor = 1700, ivl = 40, data = ? WHERE id = ?",
            '{"s":41.2,"d":6.1,"dr":0.9}',
            cards[1],
        )
        _borrow(col, cards[6:8])


def _answer(col: Collection, count: int, chance: random.Random) -> None:
    for _ in range(count):
        card = col.sched.getCard()
        if card is None:
            return
        card.start_timer()
        col.sched.answerCard(card, chance.choice((1, 2, 3, 3, 4)))


def _borrow(col: Collection, cards: Sequence[int]) -> None:
    """Let a filtered deck have these cards."""
    deck = col.sched.get_or_create_filtered_deck(0)
    deck.name = "Cramming"
    term = deck.config.search_terms[0]
    term.search = "cid:" + ",".join(map(str, cards))
    term.limit = 100
    deck.config.reschedule = True
    col.sched.add_or_update_filtered_deck(deck)
