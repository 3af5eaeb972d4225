"""Merges a note with the learner's version in Anki, so that their edits and tags stay."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial

from cardwright.anki_fields.flow import without_colours
from cardwright.anki_fields.reading import blocks_of, read_like
from cardwright.delivery.decks import after_renames
from cardwright.delivery.values import (
    RETIRED,
    AnkiNote,
    BuiltDeck,
    Conflict,
    NoteUpdate,
    Rename,
)
from cardwright.filing import is_place_tag
from cardwright.model import Note
from cardwright.notetypes import CLOZE, field_names
from cardwright.package.collection import field_values
from cardwright.package.packed_notes import PackedNote
from cardwright.package.shipped import (
    ELSEWHERE,
    SHIPPED,
    UNTRACKED,
    Shipped,
    deck_hash,
    format_shipped,
    hash_of,
    shipped,
    tag_hash,
)
from cardwright.planning.shown import shown_text


@dataclass(frozen=True, slots=True)
class MergedNote:
    """A merged note. ``is_edited`` says that an edit of the learner stays, without a conflict."""

    update: NoteUpdate
    conflicts: tuple[Conflict, ...] = ()
    is_edited: bool = False

    @property
    def fields(self) -> Mapping[str, str]:
        """The note's fields after the update."""
        return {**self.update.note.fields, **self.update.fields}


def merge_note(
    note: Note, anki_note: AnkiNote, wanted: BuiltDeck, *, is_overwriting: bool, is_elsewhere: bool
) -> MergedNote:
    """Merge three versions of each field: shipped, in Anki, and in the content.

    A field that only the learner changed stays. A field that both sides changed is a conflict. It
    stays too, unless ``is_overwriting``. If only colours differ, there is no conflict, and Anki
    keeps its own: ``pull`` brings text without them. ``is_elsewhere`` says that the learner moved
    the cards to another deck. The note records that, so that our renames do not mislead the next
    push.
    """
    names = field_names(note.kind)
    ours = field_values(note)
    base = anki_note.shipped(note.kind)
    deck = ELSEWHERE if is_elsewhere else deck_hash(note.deck)
    if base is not None and base.mod == note.mod:
        return _unchanged(anki_note, base, deck, names)
    now = replace(shipped(note, ours), deck=deck)
    known = base or _as_packed(note, wanted.packed.get(note.guid), names)
    # Whether it still has the time with which it was shipped.
    is_untouched = anki_note.mod is not None and anki_note.mod == wanted.mods.get(note.guid)
    written: dict[str, str] = {}
    conflicts: list[Conflict] = []
    coloured: set[str] = set()
    is_edited = False
    for name in names:
        theirs = anki_note.fields.get(name)
        if name in UNTRACKED or theirs is None or _is_same(theirs, ours[name]):
            continue
        was = known.fields[name] if known is not None else ""
        if was == now.fields[name]:
            is_edited = True
            continue
        if known is not None:
            is_unedited = hash_of(theirs) == was
        else:
            is_unedited = is_untouched or shown_text(theirs) == shown_text(ours[name])
        # It is alike if the content has the learner's edit.
        if is_unedited or is_overwriting or _is_alike(theirs, ours[name], note):
            written[name] = ours[name]
        elif _is_alike(theirs, ours[name], note, ignores_colours=True):
            coloured.add(name)
        else:
            conflicts.append(Conflict(note.guid, name, ours[name], theirs))
    is_front_ours = _is_same(anki_note.fields.get(names[0], ""), ours[names[0]])
    if is_front_ours or names[0] in {*written, *coloured}:
        written |= _different({name: ours[name] for name in ("Id", "Plain")}, anki_note)
    kept = {conflict.field: known.fields[conflict.field] if known else "" for conflict in conflicts}
    state = _state_to_record(now, base, kept)
    if state is not None:
        written |= _different({SHIPPED: format_shipped(state, names)}, anki_note)
    update = NoteUpdate(anki_note, written, *_tags(note, anki_note, known, wanted))
    return MergedNote(update, tuple(conflicts), is_edited or bool(coloured))


def _unchanged(anki_note: AnkiNote, base: Shipped, deck: str, names: tuple[str, ...]) -> MergedNote:
    """Return a note that has not changed since it was shipped; only its recorded deck may."""
    there = anki_note.fields
    is_edited = any(hash_of(there.get(name, "")) != hash_ for name, hash_ in base.fields.items())
    state = replace(base, deck=deck, suspended=None)
    written = {SHIPPED: format_shipped(state, names)} if state != base else {}
    return MergedNote(NoteUpdate(anki_note, written), is_edited=is_edited)


def retired_note(anki_note: AnkiNote, renames: Collection[Rename]) -> NoteUpdate:
    """Record what a retired note needs if its question returns.

    This is the new name of its deck, if we rename it: then the note stays if the learner moved it.
    And it is the cards that the learner has suspended, before we suspend the others.
    """
    kind = anki_note.kind
    base = anki_note.shipped(kind)
    if base is None:
        return NoteUpdate(anki_note)
    decks = {card.deck: after_renames(card.deck, renames) for card in anki_note.cards}
    new = {deck_hash(old): deck_hash(deck) for old, deck in decks.items() if old != deck}
    state = replace(base, deck=new.get(base.deck, base.deck))
    if state.suspended is None and not anki_note.is_retired:
        cards = tuple(card.number for card in anki_note.cards if card.is_suspended)
        state = replace(state, suspended=cards)
    written = {} if state == base else {SHIPPED: format_shipped(state, field_names(kind))}
    return NoteUpdate(anki_note, written)


def _as_packed(note: Note, packed: PackedNote | None, names: tuple[str, ...]) -> Shipped | None:
    """Return the shipped state of a note without a record, from the package of the last build."""
    if packed is None:
        return None
    fields = {name: hash_of(packed.field(name)) for name in names if name not in UNTRACKED}
    return Shipped(packed.mod, deck_hash(note.deck), fields, frozenset(map(tag_hash, packed.tags)))


def _is_alike(theirs: str, ours: str, note: Note, *, ignores_colours: bool = False) -> bool:
    """Whether both are the same for ``pull``, where ``<b>`` equals ``<strong>``, for example."""
    read = partial(blocks_of, is_cloze=note.kind == CLOZE)
    there, here = read_like(theirs, ours, read), read(ours)
    return without_colours(there) == without_colours(here) if ignores_colours else there == here


_UNRESOLVED = 0
"""The recorded ``mod`` of a note with a conflict. The next push compares the note again."""


def _state_to_record(now: Shipped, base: Shipped | None, kept: Mapping[str, str]) -> Shipped | None:
    """Return the state to record, ``None`` to keep that of the note. Conflicts keep their hash."""
    if not kept:
        return now
    if base is None:
        return None
    return replace(now, mod=_UNRESOLVED, fields={**now.fields, **kept})


def _tags(
    note: Note, anki_note: AnkiNote, base: Shipped | None, wanted: BuiltDeck
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tags to add and to remove. What the learner added or removed stays so."""
    known = base.tags if base is not None else frozenset()
    there = {tag.casefold() for tag in anki_note.tags}
    mine = {tag.casefold() for tag in note.tags}
    added = [t for t in note.tags if t.casefold() not in there and tag_hash(t) not in known]
    removed = [
        tag
        for tag in anki_note.tags
        if tag.casefold() not in mine
        and tag != RETIRED
        and (tag_hash(tag) in known or is_place_tag(tag, wanted.root))
    ]
    return tuple(added), tuple(removed)


def _different(values: Mapping[str, str], anki_note: AnkiNote) -> dict[str, str]:
    """Return the values that differ from the note's fields, without fields that it lacks."""
    return {
        name: value
        for name, value in values.items()
        if name in anki_note.fields and not _is_same(anki_note.fields[name], value)
    }


def _is_same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
