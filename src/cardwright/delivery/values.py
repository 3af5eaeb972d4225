"""The values of a push: the built deck, the deck in Anki, and their differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cardwright.diagnostics import Code, Diagnostic
from cardwright.lock import Lock
from cardwright.model import (
    Deck,
    DeckName,
    Guid,
    Media,
    Note,
    NoteTypeStamp,
    Place,
    Preset,
    Seconds,
)
from cardwright.notetypes import CLOZE, QA, field_names
from cardwright.package.packed_notes import PackedNote
from cardwright.package.shipped import SHIPPED, UNTRACKED, Shipped, read_shipped
from cardwright.presets import Options

RETIRED = "cardwright::retired"
"""The tag of a note whose question is gone. Its cards are suspended."""


@dataclass(frozen=True, slots=True)
class BuiltDeck:
    """A built deck: the notes in source order, and all that belongs to them.

    ``style`` is the deck's own CSS. The lock has the retired notes and the note types. The rest
    helps with notes in Anki that do not record how they were shipped: ``packed`` are the changed
    notes in the last package, ``mods`` and ``old_root`` the change times and the root deck
    before the build.
    """

    root: DeckName
    lock: Lock
    notes: tuple[Note, ...]
    decks: tuple[Deck, ...] = ()
    style: str = ""
    packed: Mapping[str, PackedNote] = field(default_factory=dict)
    mods: Mapping[Guid, Seconds] = field(default_factory=dict)
    old_root: str = ""

    @property
    def retired(self) -> frozenset[Guid]:
        return frozenset(entry.guid for entry in self.lock.entries if entry.is_retired)

    @property
    def media(self) -> dict[str, Media]:
        """The files of the notes, by name."""
        return {media.name: media for note in self.notes for media in note.media}

    @property
    def preset(self) -> Preset | None:
        """The options of the deck, if its settings have any."""
        return next((deck.preset for deck in self.decks if deck.preset), None)


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """A card in Anki. ``number`` counts the templates or deletions of its note from 0.

    ``deck`` is its home deck, or ``""`` if it is in a filtered deck and that is unknown. ``due`` is
    its position if it ``is_new``. ``reps`` counts its reviews, and is 0 if the connection does not
    provide it.
    """

    id: int
    number: int
    deck: str
    due: int
    is_new: bool
    reps: int = 0
    is_suspended: bool = False


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note in Anki, with ``fields`` by our names.

    ``mod`` is ``None`` if the connection does not provide it. With ``is_foreign``, the learner
    changed the note type. Such a note is left alone, and has no fields here.
    """

    id: int
    guid: Guid
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    cards: tuple[AnkiCard, ...]
    mod: Seconds | None = None
    is_foreign: bool = False

    @property
    def is_retired(self) -> bool:
        """Whether it has the tag of retired notes. Anki ignores case in tags."""
        return RETIRED.casefold() in {tag.casefold() for tag in self.tags}

    @property
    def sleeping_cards(self) -> tuple[AnkiCard, ...]:
        """The cards to unsuspend if its question comes back. The learner suspended the others."""
        state = self.shipped(self.kind)
        kept = (state.suspended if state else None) or ()
        return tuple(card for card in self.cards if card.number not in kept)

    @property
    def kind(self) -> str:
        return CLOZE if "Text" in self.fields else QA

    def shipped(self, kind: str) -> Shipped | None:
        """Return how the note was shipped, ``None`` if it does not record that."""
        return read_shipped(self.fields.get(SHIPPED, ""), field_names(kind))


@dataclass(frozen=True, slots=True)
class AnkiNoteType:
    """A note type in Anki. ``templates`` maps names to the front and back of the template."""

    id: int
    name: str
    style: str
    templates: Mapping[str, tuple[str, str]]
    mod: Seconds | None = None


@dataclass(frozen=True, slots=True)
class AnkiPreset:
    """A preset in Anki."""

    id: int
    name: str
    options: Options


@dataclass(frozen=True, slots=True)
class AnkiDeck:
    """What Anki has of a deck.

    - ``collection`` is the collection's id: the id that Anki gave to the root deck, which is the
      same on all synced devices. It is ``""`` if there is no such deck yet. ``known`` is the id by
      which the lock knows the collection. It differs after a rename that was interrupted.
    - ``decks`` are all decks of the collection, and ``filtered`` are its filtered decks.
    - ``card_counts`` counts all cards of each deck, without those of its subdecks.
    - ``media`` are the wanted files that are there.
    - ``delivered_marks`` are those of delivered notes, if the collection stores them. In CI,
      nobody commits the lock, which has them otherwise.
    - ``default`` is the deck that Anki never deletes. A new card goes there if the other cards of
      its note are in several decks.
    - ``presets`` and ``deck_presets`` (ids by deck) are only read if the settings have options.
    """

    collection: str = ""
    known: str = ""
    decks: frozenset[str] = frozenset()
    card_counts: Mapping[str, int] = field(default_factory=dict)
    filtered: frozenset[str] = frozenset()
    notetypes: tuple[AnkiNoteType, ...] = ()
    notes: Mapping[Guid, AnkiNote] = field(default_factory=dict)
    media: frozenset[str] = frozenset()
    delivered_marks: frozenset[str] | None = None
    default: str = ""
    presets: tuple[AnkiPreset, ...] = ()
    deck_presets: Mapping[str, int] = field(default_factory=dict)

    def pairs(self, notes: Iterable[Note]) -> list[tuple[Note, AnkiNote]]:
        """Return the notes that Anki has, each with the one in Anki, without foreign ones."""
        there = ((note, self.notes.get(note.guid)) for note in notes)
        return [(note, theirs) for note, theirs in there if theirs and not theirs.is_foreign]


@dataclass(frozen=True, slots=True)
class DeliveryHistory:
    """The notes delivered to a collection, and the last time, ``None`` without a delivery."""

    notes: frozenset[Guid] = frozenset()
    at: Seconds | None = None


@dataclass(frozen=True, slots=True)
class NoteUpdate:
    """The fields to write, and the tags to add and to remove."""

    note: AnkiNote
    fields: Mapping[str, str] = field(default_factory=dict)
    added_tags: tuple[str, ...] = ()
    removed_tags: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.fields or self.added_tags or self.removed_tags)

    @property
    def is_bookkeeping(self) -> bool:
        """Whether no card changes: only the record of a push, or the plain text, does."""
        return not (self.fields.keys() - {*UNTRACKED} or self.added_tags or self.removed_tags)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both the learner and the author changed. The learner's version stays."""

    guid: Guid
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A deck to rename, with its subdecks."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Move:
    """Cards of a note to move to another deck."""

    guid: Guid
    cards: tuple[int, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PresetUpdate:
    """The new options of a preset, and the ``decks`` that get it. They may not exist yet.

    ``id`` is ``None`` for a new preset. ``is_changed`` is false if it has these options already.
    ``is_first`` is true if our decks did not use it before.
    """

    name: str
    id: int | None
    options: Options
    decks: tuple[str, ...]
    is_changed: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """What a push does, and what it only reports.

    - ``root`` is the name of the root deck in Anki.
    - ``new`` are notes to import, each with its deck in Anki. ``notetypes`` are to be updated.
    - ``retired`` notes get suspended and tagged, ``returned`` notes the reverse. ``pruned`` notes
      get deleted.
    - ``emptied`` are empty cards to delete. ``suspended_cards`` are empty cards with reviews, and
      ``unsuspended_cards`` are cards that are no longer empty.
    - ``positions`` maps ids of new cards to positions.
    - ``deserted`` are empty decks to delete. ``preset`` is the update of the deck's options.

    The rest is only reported:

    - ``conflicts`` are fields that both sides changed.
    - ``edited`` are notes with an edit of the learner that stays.
    - ``foreign`` are notes with another note type.
    - ``deleted`` are delivered notes that the learner deleted.
    - ``stays`` are notes with cards that the learner moved.
    """

    root: str = ""
    renames: tuple[Rename, ...] = ()
    new: tuple[Note, ...] = ()
    notetypes: tuple[NoteTypeStamp, ...] = ()
    media: tuple[Media, ...] = ()
    updates: tuple[NoteUpdate, ...] = ()
    moves: tuple[Move, ...] = ()
    returned: tuple[AnkiNote, ...] = ()
    retired: tuple[AnkiNote, ...] = ()
    pruned: tuple[AnkiNote, ...] = ()
    emptied: tuple[int, ...] = ()
    suspended_cards: tuple[int, ...] = ()
    unsuspended_cards: tuple[int, ...] = ()
    positions: Mapping[int, int] = field(default_factory=dict)
    deserted: tuple[str, ...] = ()
    preset: PresetUpdate | None = None
    conflicts: tuple[Conflict, ...] = ()
    edited: tuple[Guid, ...] = ()
    foreign: tuple[Guid, ...] = ()
    deleted: tuple[Guid, ...] = ()
    stays: tuple[Guid, ...] = ()

    @property
    def visible_updates(self) -> tuple[NoteUpdate, ...]:
        """The updates that the learner can see."""
        return tuple(update for update in self.updates if not update.is_bookkeeping)

    @property
    def bookkeeping(self) -> tuple[NoteUpdate, ...]:
        """The updates that only record how the notes were shipped."""
        return tuple(update for update in self.updates if update.is_bookkeeping)

    @property
    def deletions(self) -> frozenset[int]:
        """The ids of the notes and cards that are deleted."""
        return frozenset((*(note.id for note in self.pruned), *self.emptied))

    @property
    def is_nothing(self) -> bool:
        """Whether Anki is up to date."""
        return not any(
            (
                *(self.renames, self.new, self.notetypes, self.media, self.updates, self.moves),
                *(self.returned, self.retired, self.pruned, self.emptied, self.positions),
                *(self.deserted, self.preset, self.suspended_cards, self.unsuspended_cards),
            )
        )


class AnkiError(Exception):
    """Anki cannot be reached or refuses a request. ``hint`` says what to do."""

    def __init__(self, code: Code, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint

    def diagnostic(self, target: str) -> Diagnostic:
        """Return the error as a diagnostic. ``target`` is Anki's file or address."""
        return Diagnostic(Place(target), self.code, str(self), self.hint)
