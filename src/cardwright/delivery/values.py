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

    The last three help with notes in Anki that do not record how they were shipped.
    """

    root: DeckName
    lock: Lock  # with the retired notes and the note types
    notes: tuple[Note, ...]
    decks: tuple[Deck, ...] = ()
    style: str = ""  # the deck's own CSS
    packed: Mapping[str, PackedNote] = field(default_factory=dict)  # notes in the last package
    mods: Mapping[Guid, Seconds] = field(default_factory=dict)  # change times before the build
    old_root: str = ""  # the root deck before the build

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
    """A card in Anki."""

    id: int
    number: int  # counts the templates or deletions of its note from 0
    deck: str  # its home deck, "" if it is in a filtered deck and that is unknown
    due: int  # its position if it is new
    is_new: bool
    reps: int = 0  # reviews, 0 if the connection does not provide them
    is_suspended: bool = False


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note in Anki."""

    id: int
    guid: Guid
    fields: Mapping[str, str]  # by our names
    tags: tuple[str, ...]
    cards: tuple[AnkiCard, ...]
    mod: Seconds | None = None  # `None` if the connection does not provide it
    is_foreign: bool = False  # the learner changed the note type; it is left alone, without fields

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

    ``collection`` is the id of the root deck in Anki, the same on all synced devices, or ``""``
    if there is no such deck yet. ``known`` is the id by which the lock knows the collection. It
    differs after an interrupted rename. ``default`` is the deck that Anki never deletes. A new card
    goes there if the other cards of its note are in several decks.
    """

    collection: str = ""
    known: str = ""
    decks: frozenset[str] = frozenset()  # all decks of the collection
    card_counts: Mapping[str, int] = field(default_factory=dict)  # without those of subdecks
    filtered: frozenset[str] = frozenset()  # filtered decks
    notetypes: tuple[AnkiNoteType, ...] = ()
    notes: Mapping[Guid, AnkiNote] = field(default_factory=dict)
    media: frozenset[str] = frozenset()  # the wanted files that are there
    delivered_marks: frozenset[str] | None = None  # `None` if the collection stores none
    default: str = ""
    presets: tuple[AnkiPreset, ...] = ()  # only read if the settings have options
    deck_presets: Mapping[str, int] = field(default_factory=dict)  # ids by deck, read likewise

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
    """The update of a preset, and the decks that get it."""

    name: str
    id: int | None  # `None` for a new preset
    options: Options
    decks: tuple[str, ...]  # they may not exist yet
    is_changed: bool  # false if it has these options already
    is_first: bool  # our decks did not use it before


@dataclass(frozen=True, slots=True)
class Differences:
    """What a push does, and, from ``conflicts`` on, what it only reports."""

    root: str = ""  # its name in Anki
    renames: tuple[Rename, ...] = ()
    new: tuple[Note, ...] = ()  # notes to import, each with its deck in Anki
    notetypes: tuple[NoteTypeStamp, ...] = ()  # to update
    media: tuple[Media, ...] = ()
    updates: tuple[NoteUpdate, ...] = ()
    moves: tuple[Move, ...] = ()
    returned: tuple[AnkiNote, ...] = ()  # to unsuspend, without the tag of retired notes
    retired: tuple[AnkiNote, ...] = ()  # to suspend and tag
    pruned: tuple[AnkiNote, ...] = ()  # to delete
    emptied: tuple[int, ...] = ()  # empty cards to delete
    suspended_cards: tuple[int, ...] = ()  # empty cards with reviews
    unsuspended_cards: tuple[int, ...] = ()  # cards that are no longer empty
    positions: Mapping[int, int] = field(default_factory=dict)  # of new cards by id
    deserted: tuple[str, ...] = ()  # empty decks to delete
    preset: PresetUpdate | None = None
    conflicts: tuple[Conflict, ...] = ()  # fields that both sides changed
    edited: tuple[Guid, ...] = ()  # notes with an edit of the learner that stays
    foreign: tuple[Guid, ...] = ()  # notes with another note type
    deleted: tuple[Guid, ...] = ()  # delivered notes that the learner deleted
    stays: tuple[Guid, ...] = ()  # notes with cards that the learner moved

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
