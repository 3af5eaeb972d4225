"""Applies differences to Anki, in an order that survives being killed.

The next push can continue after each step. For example, cards move before their note records
their deck, and files are stored before a field refers to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from cardwright.atomic_files import workspace
from cardwright.deck_names import with_parents
from cardwright.delivery.decks import after_renames
from cardwright.delivery.values import (
    RETIRED,
    AnkiDeck,
    BuiltDeck,
    Differences,
    PresetUpdate,
)
from cardwright.model import DeckName, Note
from cardwright.package import pack
from cardwright.presets import mark_incomplete

if TYPE_CHECKING:
    from cardwright.delivery.collection import ClosedCollection
    from cardwright.delivery.connect import RunningAnki

    AnkiConnection: TypeAlias = ClosedCollection | RunningAnki
    """A connection to Anki. Each method does one thing, completely or not at all."""

RecordDeckIds = Callable[[Mapping[int, int]], None]
"""Called with the new ids of decks that are about to be renamed, by old id."""


def apply(
    differences: Differences,
    wanted: BuiltDeck,
    anki_deck: AnkiDeck,
    anki: AnkiConnection,
    record_deck_ids: RecordDeckIds = lambda _ids: None,
) -> None:
    """Apply the differences to Anki. Raises ``AnkiError`` if Anki refuses one."""
    retired = [each for each in differences.bookkeeping if each.note.guid in wanted.retired]
    if retired:  # no later push would know the renames, and what the learner suspended
        anki.update(retired)
    for rename in differences.renames:
        anki.rename_deck(rename.old, rename.new, record_deck_ids)
    if differences.preset and wanted.preset:
        _write_preset(differences.preset, wanted.preset.project, anki)
    cards: defaultdict[str, list[int]] = defaultdict(list)
    for move in differences.moves:
        cards[move.new] += move.cards
    for deck, ids in cards.items():
        anki.move_cards(ids, deck)
    if differences.deserted:
        anki.delete_decks(differences.deserted)
    if differences.new or differences.notetypes:
        _import(differences, wanted, anki_deck, anki)
    for media in differences.media:
        anki.store(media)
    if differences.returned:  # the update removes the record of what the learner suspended
        anki.suspend([c.id for n in differences.returned for c in n.sleeping_cards], is_on=False)
        anki.tag([note.id for note in differences.returned], RETIRED, is_on=False)
    if differences.unsuspended_cards:  # the update removes the sign that they were empty
        anki.suspend(differences.unsuspended_cards, is_on=False)
    if differences.visible_updates:
        anki.update(differences.visible_updates)
    if differences.suspended_cards:
        anki.suspend(differences.suspended_cards, is_on=True)
    if differences.retired:
        anki.suspend([c.id for note in differences.retired for c in note.cards], is_on=True)
        anki.tag([note.id for note in differences.retired], RETIRED, is_on=True)
    if differences.pruned:
        anki.delete_notes([note.id for note in differences.pruned])
    if differences.emptied:
        anki.delete_cards(differences.emptied)
    if differences.positions:
        anki.set_positions(differences.positions)
    if rest := [each for each in differences.bookkeeping if each.note.guid not in wanted.retired]:
        anki.update(rest)


def _write_preset(preset: PresetUpdate, project: str, anki: AnkiConnection) -> None:
    """Write the preset. If it is new to our decks, it is marked as such until all have it."""
    id_ = preset.id
    if id_ is None or preset.is_changed:
        is_incomplete = preset.is_first and preset.decks
        options = mark_incomplete(preset.options, project) if is_incomplete else preset.options
        id_ = anki.write_preset(replace(preset, options=options))
    if preset.decks:
        anki.use_preset(preset.decks, id_)
        if preset.is_first:
            anki.write_preset(replace(preset, id=id_))


def _import(
    differences: Differences, wanted: BuiltDeck, anki_deck: AnkiDeck, anki: AnkiConnection
) -> None:
    """Import a package of the new notes, and of one old note for each changed note type.

    A package cannot have a note type without a note. The old note has ``mod`` 0, so that Anki
    skips it.
    """
    kinds = {stamp.kind for stamp in differences.notetypes} - {n.kind for n in differences.new}
    carriers = [_carrier(kind, differences, wanted, anki_deck) for kind in sorted(kinds)]
    notes = [*differences.new, *carriers]
    used = {note.kind for note in notes}
    stamps = [stamp for stamp in wanted.lock.notetypes if stamp.kind in used]
    names = {note.deck for note in differences.new}
    above = {deck for name in names for deck in with_parents(name)}
    decks = [replace(deck, preset=None) for deck in wanted.decks if deck.name in above]
    katex = wanted.lock.katex
    with workspace(Path.cwd()) as folder:
        package = Path(folder) / "push.apkg"
        pack(package, notes, decks, stamps, differences.root, katex, wanted.style)
        anki.import_package(
            package, is_merging=not any(anki_deck.notes[c.guid].is_foreign for c in carriers)
        )


def _carrier(kind: str, differences: Differences, wanted: BuiltDeck, anki_deck: AnkiDeck) -> Note:
    """Return a note of this kind that Anki has, in the deck where Anki now has its first card."""
    able = [n for n in wanted.notes if n.kind == kind and n.guid in anki_deck.notes]
    note = min(able, key=lambda n: anki_deck.notes[n.guid].is_foreign)
    cards = anki_deck.notes[note.guid].cards
    moved = {card: move.new for move in differences.moves for card in move.cards}
    deck = moved.get(cards[0].id) if cards else None
    if deck is None and cards:
        deck = after_renames(cards[0].deck, differences.renames)
    return replace(note, mod=0, media=(), deck=DeckName(deck or differences.root))
