"""Compares the content with what Anki has, to find what a push must do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from cardwright.delivery.decks import deck_changes
from cardwright.delivery.note_updates import MergedNote, merge_note, retired_note
from cardwright.delivery.presets import preset_update
from cardwright.delivery.values import (
    AnkiCard,
    AnkiDeck,
    AnkiNote,
    AnkiNoteType,
    BuiltDeck,
    DeliveryHistory,
    Differences,
)
from cardwright.lock.deliveries import delivered_notes, earlier_decks
from cardwright.lock.order import in_source_order
from cardwright.model import Guid, Note, NoteTypeStamp, Seconds
from cardwright.notetypes import CLOZE, cloze_numbers, notetype


@dataclass(frozen=True, slots=True)
class PushChoices:
    """The options of the command."""

    is_overwriting: bool = False  # conflicts are resolved in favour of the content
    is_pruning: bool = False  # retired notes, and empty cards that were studied, are deleted
    is_restoring: bool = False  # notes that the learner deleted are added again


def compare(
    wanted: BuiltDeck,
    anki_deck: AnkiDeck,
    choices: PushChoices,
    history: DeliveryHistory,
) -> Differences:
    """Return everything that must be done in Anki.

    A note in ``history`` that Anki does not have was deleted by the learner.
    """
    changes = deck_changes(wanted, anki_deck, _earlier_decks(wanted, anki_deck, history))
    live = {note.guid: note for note in wanted.notes}
    merge = partial(merge_note, wanted=wanted, is_overwriting=choices.is_overwriting)
    merged = {
        note.guid: merge(note, theirs, is_elsewhere=note.guid in changes.stays)
        for note, theirs in anki_deck.pairs(wanted.notes)
    }
    missing = [note for note in wanted.notes if note.guid not in anki_deck.notes]
    gone = frozenset() if choices.is_restoring else history.notes
    deleted = tuple(note.guid for note in missing if note.guid in gone)
    new = tuple(
        replace(note, deck=changes.targets[note.deck]) for note in missing if note.guid not in gone
    )
    present = [note for guid, note in anki_deck.notes.items() if guid in live]
    theirs = in_source_order(wanted.lock, wanted.retired & anki_deck.notes.keys())
    retired = [anki_deck.notes[entry.guid] for entry in theirs]
    retired = [note for note in retired if not note.is_foreign]
    awake = tuple(note for note in retired if not note.is_retired)
    updates = [m.update for m in merged.values()]
    if not choices.is_pruning:
        updates += [retired_note(note, changes.renames) for note in retired]
    # The import of new notes adds their files.
    used = {media.name for note in wanted.notes if note.guid in merged for media in note.media}
    empty = [*_empty_cards(live, merged, anki_deck)]
    emptied = tuple(card.id for card in empty if card.is_new or choices.is_pruning)
    return Differences(
        root=changes.targets[wanted.root],
        renames=changes.renames,
        moves=changes.moves,
        deserted=changes.deserted,
        preset=preset_update(wanted, anki_deck, changes, new),
        new=new,
        notetypes=tuple(_notetypes(wanted, anki_deck, history.at, {*deleted})),
        media=tuple(wanted.media[name] for name in sorted(used - anki_deck.media)),
        updates=tuple(update for update in updates if not update.is_nothing),
        returned=tuple(note for note in present if note.is_retired),
        retired=() if choices.is_pruning else awake,
        pruned=tuple(retired) if choices.is_pruning else (),
        emptied=emptied,
        suspended_cards=tuple(c.id for c in empty if c.id not in emptied and not c.is_suspended),
        unsuspended_cards=tuple(_filled_cards(live, merged, anki_deck)),
        positions=_positions(wanted, anki_deck, frozenset(emptied)),
        conflicts=tuple(conflict for each in merged.values() for conflict in each.conflicts),
        edited=tuple(guid for guid, each in merged.items() if each.is_edited),
        foreign=tuple(
            guid for guid in live if guid in anki_deck.notes and anki_deck.notes[guid].is_foreign
        ),
        deleted=deleted,
        stays=tuple(guid for guid in live if guid in changes.stays),
    )


def _earlier_decks(
    wanted: BuiltDeck, anki_deck: AnkiDeck, history: DeliveryHistory
) -> Mapping[Guid, Collection[str]]:
    """Return the decks in which an import left the cards of notes that moved.

    Such a note records its new deck, although its cards are in the old one. Only the lock knows
    that. A lock that does not know the collection cannot say whether a push moved the cards later.
    """
    earlier = earlier_decks(wanted.lock, anki_deck.known)
    if any(each.collection == anki_deck.known for each in wanted.lock.deliveries):
        return earlier
    return {guid: decks for guid, decks in earlier.items() if guid not in history.notes}


def _notetypes(
    wanted: BuiltDeck, anki_deck: AnkiDeck, delivered: Seconds | None, deleted: Collection[Guid]
) -> Iterator[NoteTypeStamp]:
    """Yield note types that are outdated in Anki. A later edit by the learner is kept."""
    there = {each.id: each for each in anki_deck.notetypes}
    kinds = {note.kind for note in wanted.notes if note.guid not in deleted}
    for stamp in wanted.lock.notetypes:
        theirs = there.get(stamp.id)
        if theirs is None or stamp.kind not in kinds:
            continue  # the import of its first note adds it
        date = theirs.mod if theirs.mod is not None else delivered
        is_older = date is None or date < stamp.mod
        if is_older and not _is_as_wanted(theirs, stamp, wanted):
            yield stamp


def _is_as_wanted(theirs: AnkiNoteType, stamp: NoteTypeStamp, wanted: BuiltDeck) -> bool:
    ours = notetype(stamp.kind, wanted.root, wanted.lock.katex, wanted.style)
    templates = {each.name: (each.front.strip(), each.back.strip()) for each in ours.templates}
    there = {name: (q.strip(), a.strip()) for name, (q, a) in theirs.templates.items()}
    is_alike = theirs.style.strip() == ours.style.strip() and there == templates
    return is_alike and theirs.name == ours.name


def _empty_cards(
    live: Mapping[Guid, Note], merged: Mapping[Guid, MergedNote], anki_deck: AnkiDeck
) -> Iterator[AnkiCard]:
    """Yield empty cards, but never all cards of a note: Anki would delete the note."""
    is_reverse_ours = all(
        list(each.templates)[1:2] in ([], [_REVERSE]) for each in anki_deck.notetypes
    )
    for guid, each in merged.items():
        note, theirs, fields = live[guid], anki_deck.notes[guid], each.fields
        if note.kind != CLOZE and not is_reverse_ours:
            continue  # the learner replaced the template
        empty = [card for card in theirs.cards if _is_empty(card.number, note, theirs, fields)]
        if len(empty) < len(theirs.cards):
            yield from empty


def _filled_cards(
    live: Mapping[Guid, Note], merged: Mapping[Guid, MergedNote], anki_deck: AnkiDeck
) -> Iterator[int]:
    """Yield suspended cards that are empty now and will not be: an earlier push suspended them."""
    for guid, each in merged.items():
        note, theirs = live[guid], anki_deck.notes[guid]
        woken = theirs.sleeping_cards if theirs.is_retired else ()
        for card in (card for card in theirs.cards if card not in woken):
            was_empty, is_empty = (
                _is_empty(card.number, note, theirs, fields)
                for fields in (theirs.fields, each.fields)
            )
            if card.is_suspended and was_empty and not is_empty:
                yield card.id


_REVERSE = "Answer to question"  # the name of the second template of a question's note type


def _is_empty(number: int, note: Note, anki_note: AnkiNote, fields: Mapping[str, str]) -> bool:
    """Whether a card is empty with these fields. ``number`` counts from 0, as in ``AnkiCard``.

    Cards do not count if the learner added their template or removed their field.
    """
    if note.kind == CLOZE:
        return "Text" in anki_note.fields and number + 1 not in cloze_numbers(fields["Text"])
    if number != 1 or not {"Reverse", "Answer"} <= anki_note.fields.keys():
        return False
    return not (fields["Reverse"].strip() and fields["Answer"].strip())


def _positions(wanted: BuiltDeck, anki_deck: AnkiDeck, emptied: frozenset[int]) -> dict[int, int]:
    """Return positions that put the new cards into source order, none if they are in order."""
    order: list[tuple[int, ...]] = []
    places_of: dict[int, int] = {}
    for note in wanted.notes:
        theirs = anki_deck.notes.get(note.guid)
        ours = theirs.cards if theirs and not theirs.is_foreign else ()
        cards = [card for card in ours if card.is_new and card.id not in emptied]
        order.append(tuple(card.due for card in cards) if theirs else (note.due,))
        places_of |= {card.id: note.due for card in cards if card.due != note.due}
    filled = [dues for dues in order if dues]
    is_right = all(max(a) < min(b) for a, b in pairwise(filled))
    return {} if is_right else places_of


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
    return DeliveryHistory(frozenset(guid for guid in guids if delivery_mark(guid) in marks), at)


def delivery_mark(guid: Guid) -> str:
    """Return the mark that a collection stores for a delivered note: six characters.

    Two of a million notes may share one. A new note with the mark of a deleted note would be
    reported as deleted.
    """
    return guid[:6]
