"""Pushes a built deck: compares it with Anki and applies the differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cardwright.delivery.apply import NoteIds, apply
from cardwright.delivery.compare import PushChoices, compare
from cardwright.delivery.values import AnkiDeck, BuiltDeck, DeliveryHistory, Differences
from cardwright.lock.deliveries import delivered_notes
from cardwright.model import Guid

if TYPE_CHECKING:
    from cardwright.delivery.apply import AnkiConnection

_MOST_ROUNDS = 5
"""Rounds of comparing and applying. For example, a card that an update adds is placed later."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """The result of a push.

    ``found`` are the differences before it. ``left`` are those after it, which are only
    reported. ``was`` is the collection's id before the push; a rename through AnkiConnect
    changes it. ``is_done`` is false after a dry run, or if the user declined.
    """

    anki_deck: AnkiDeck
    found: Differences
    left: Differences
    is_done: bool
    was: str = ""


def push(
    wanted: BuiltDeck,
    anki: AnkiConnection,
    choices: PushChoices,
    agree: Callable[[Differences, AnkiDeck], bool],
    note_ids: NoteIds,
) -> Pushed:
    """Bring Anki up to date, if ``agree`` accepts the differences.

    A second push finds nothing to do. ``note_ids`` notes the new ids of renamed decks in time.
    """
    anki_deck = anki.read_deck(wanted)
    history = delivery_history(wanted, anki_deck)
    found = left = compare(wanted, anki_deck, choices, history)
    if not agree(found, anki_deck):
        return Pushed(anki_deck, found, left, is_done=False)
    anki.refresh()  # the user may have taken a while to answer
    anki_deck = anki.read_deck(wanted)
    left = compare(wanted, anki_deck, choices, history)
    was = anki_deck.known
    for _ in range(_MOST_ROUNDS):
        if left.is_nothing:
            break
        apply(left, wanted, anki_deck, anki, note_ids)
        anki_deck = anki.read_deck(wanted)
        left = compare(wanted, anki_deck, choices, history)
    marks = anki_deck.delivered_marks or frozenset()
    marks |= {_mark(guid) for guid in (*history.notes, *anki_deck.notes)}
    marks -= {_mark(note.guid) for note in found.pruned}
    if anki_deck.delivered_marks != marks:
        anki.store_delivered(wanted.lock.project, marks)
    return Pushed(anki_deck, found, left, is_done=True, was=was)


def delivery_history(wanted: BuiltDeck, anki_deck: AnkiDeck) -> DeliveryHistory:
    """Return what was delivered to the collection, from its own settings or else from the lock.

    If the collection has none of the notes, nothing counts as delivered.
    """
    if not anki_deck.notes:
        return DeliveryHistory()
    times = {each.collection: each.at for each in wanted.lock.deliveries}
    at = times.get(anki_deck.known)
    marks = anki_deck.delivered_marks
    if marks is None:
        return DeliveryHistory(delivered_notes(wanted.lock, anki_deck.known), at)
    guids = (entry.guid for entry in wanted.lock.entries)
    return DeliveryHistory(frozenset(guid for guid in guids if _mark(guid) in marks), at)


def _mark(guid: Guid) -> str:
    """Return the mark that a collection stores for a delivered note: six characters.

    Two of a million notes may share one. A new note with the mark of a deleted note would be
    reported as deleted.
    """
    return guid[:6]
