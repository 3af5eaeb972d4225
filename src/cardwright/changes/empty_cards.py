"""Counts cards that an edit leaves empty. An import updates their notes but keeps the cards."""

from __future__ import annotations

from dataclasses import dataclass

from cardwright.changes.old_notes import OldNotes
from cardwright.identify import Identified, Identity
from cardwright.model import Note
from cardwright.notetypes import CLOZE, cloze_numbers
from cardwright.package.packed_notes import PackedNote

EMPTY_CARDS = "Tools > Empty Cards"
"""The menu item in Anki that removes them."""


@dataclass(frozen=True, slots=True)
class EmptyCards:
    """How many cards a build empties. ``unknown`` says why not all are counted, or is ``""``."""

    count: int = 0
    unknown: str = ""


def empty_cards(identified: Identified, old: OldNotes) -> EmptyCards:
    """Count the empty cards of the notes that a build changes. ``old`` is from the last build.

    A question whose old cards are unknown only counts if the deck uses ``reverse``.
    """
    has_reverse = any(note.is_reverse for note in identified.notes)
    counts = [
        card_counts(identity, note, old.note_for(identity.before))[0]
        if note.kind == CLOZE or has_reverse or old.note_for(identity.before)
        else 0
        for identity, note in zip(identified.identities, identified.notes, strict=True)
    ]
    count = sum(each or 0 for each in counts)
    if None not in counts:
        return EmptyCards(count)
    have_returned = all(
        identity.before is not None and identity.before.is_retired
        for identity, each in zip(identified.identities, counts, strict=True)
        if each is None
    )
    words = "what comes back was not in the last package"
    return EmptyCards(count, words if have_returned else old.unknown)


def card_counts(
    identity: Identity, note: Note, packed: PackedNote | None
) -> tuple[int | None, int | None]:
    """Return how many cards become empty and how many are new, ``None`` if that is unknown."""
    before, entry = identity.before, identity.entry
    if before is None or before.mod == entry.mod:
        return 0, 0
    if packed is not None:
        emptied, added = changed_card_names(note, packed)
        return len(emptied), len(added)
    if note.kind == CLOZE:
        return (0, 0) if entry.answer == before.answer else (None, None)
    return (0, None) if note.is_reverse else (None, 0)


def changed_card_names(note: Note, packed: PackedNote) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the cards that the note loses, and of those that it gains."""
    if note.kind == CLOZE:
        old, new = cloze_numbers(packed.field("Text")), cloze_numbers(note.front)
        gone = tuple(f"c{number}" for number in sorted(old - new))
        return gone, tuple(f"c{number}" for number in sorted(new - old))
    was_reverse = bool(packed.field("Reverse"))
    if was_reverse == note.is_reverse:
        return (), ()
    names = ("the card from answer to question",)
    return (names, ()) if was_reverse else ((), names)
