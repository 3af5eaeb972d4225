"""What an import leaves to do in Anki, with what to paste into its Browse window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.changes.browse import id_search
from cardwright.changes.empty_cards import EMPTY_CARDS, empty_cards
from cardwright.diagnostics import many
from cardwright.identify import Identified
from cardwright.model import DeckName, Guid
from cardwright.plan.values import Plan


@dataclass(frozen=True, slots=True)
class Chore:
    """``search`` finds the notes that it is about, ``""`` where none is needed."""

    words: str
    search: str = ""


def chores(plan: Plan, identified: Identified) -> Iterator[Chore]:
    """Notes to delete, cards to move to each deck, empty cards to remove."""
    gone = identified.changes.retired
    if gone:
        words = f"delete {many(len(gone), 'retired note')}; in Browse, search"
        yield Chore(words, id_search(gone))
    for deck, guids in _moved(identified).items():
        words = f"move {many(len(guids), 'note')} to '{deck}' (Cards > Change Deck); in Browse, "
        yield Chore(f"{words}search", id_search(guids))
    emptied = empty_cards(identified, plan.built.old)
    if emptied.count:
        yield Chore(f"remove {many(emptied.count, 'empty card')}: {EMPTY_CARDS}")
    if emptied.unknown:
        yield Chore(
            f"look for empty cards: {EMPTY_CARDS} (whether a changed note has fewer cards is "
            "not known without the last build's package)"
        )


def _moved(identified: Identified) -> dict[DeckName, list[Guid]]:
    left = {*identified.changes.left_behind}
    decks: defaultdict[DeckName, list[Guid]] = defaultdict(list)
    for note in identified.notes:
        if note.guid in left:
            decks[note.deck].append(note.guid)
    return decks
