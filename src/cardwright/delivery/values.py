"""The deck that was built, the deck in Anki, and the differences between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.lock import Lock
from cardwright.model import (
    Deck,
    DeckName,
    Guid,
    Media,
    Note,
    NoteTypeStamp,
    Preset,
    Seconds,
)
from cardwright.package.packed import PackedNote
from cardwright.presets import Options

RETIRED = "cardwright::retired"
"""The tag of a note whose question is gone. Its cards are suspended."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a build made: the notes in the order of the source, and all that goes with them.

    ``style`` is the deck's own CSS. The lock knows the retired notes and the note types. Two
    things help with notes that Anki got before they said how they were shipped: ``packed``, the
    notes that the build changed as the package before had them, and ``mods`` and ``old_root``,
    the change times and the root deck before the build.
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
        """The files that the notes name, by their names."""
        return {media.name: media for note in self.notes for media in note.media}

    @property
    def preset(self) -> Preset | None:
        """The options of the deck, where its settings give any."""
        return next((deck.preset for deck in self.decks if deck.preset), None)


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """A card in Anki. ``number`` counts the templates or deletions of its note from 0.

    ``deck`` is the deck that it belongs to. With ``is_borrowed`` a filtered deck has it for now;
    ``deck`` is then ``""`` where Anki does not say where it belongs. ``due`` is the place among
    the new cards, if it ``is_new``.
    """

    id: int
    number: int
    deck: str
    due: int
    is_new: bool
    is_suspended: bool = False
    is_borrowed: bool = False


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note in Anki, its ``fields`` by our names for them.

    ``mod`` is ``None`` where this way into Anki does not tell it. With ``is_foreign`` the learner
    gave the note another note type: it is left alone, and has no fields here.
    """

    id: int
    guid: Guid
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    cards: tuple[AnkiCard, ...]
    mod: Seconds | None = None
    is_foreign: bool = False


@dataclass(frozen=True, slots=True)
class AnkiNoteType:
    """A note type of the deck in Anki: its style, and front and back of each template by name."""

    id: int
    name: str
    style: str
    templates: Mapping[str, tuple[str, str]]
    mod: Seconds | None = None


@dataclass(frozen=True, slots=True)
class AnkiPreset:
    """A preset in Anki, with all that it holds."""

    id: int
    name: str
    options: Options


@dataclass(frozen=True, slots=True)
class AnkiDeck:
    """What Anki holds of a deck.

    ``collection`` is the collection's id, ``""`` before the deck is there: the id that Anki gave
    to the root deck, the same on each device that syncs. ``decks`` are all decks of the
    collection, ``filtered`` those of them that only borrow cards; ``card_counts`` says how many
    cards belong to a deck, ours or not, without those of the decks below it. ``media`` are those
    of the wanted files that are there. ``given`` are the marks of the notes that the collection
    was given before, where it says so itself: in CI nobody commits what the lock says of it.
    Where options of the deck are wanted, ``presets`` are those that are there, and
    ``deck_presets`` has the id of the preset of each deck.
    """

    collection: str = ""
    decks: frozenset[str] = frozenset()
    card_counts: Mapping[str, int] = field(default_factory=dict)
    filtered: frozenset[str] = frozenset()
    notetypes: tuple[AnkiNoteType, ...] = ()
    notes: Mapping[Guid, AnkiNote] = field(default_factory=dict)
    media: frozenset[str] = frozenset()
    given: frozenset[str] | None = None
    presets: tuple[AnkiPreset, ...] = ()
    deck_presets: Mapping[str, int] = field(default_factory=dict)


def given_mark(guid: Guid) -> str:
    """What a collection keeps of a note that it was given, in a setting that syncs: six letters.

    Two of a million notes may share one. A new note with the mark of another one that was deleted
    would be taken for deleted, and named.
    """
    return guid[:6]


@dataclass(frozen=True, slots=True)
class Given:
    """The notes that a collection was given before, and when the lock last noted a delivery.

    ``at`` is ``None`` where it never did.
    """

    notes: frozenset[Guid] = frozenset()
    at: Seconds | None = None


@dataclass(frozen=True, slots=True)
class NoteUpdate:
    """The fields of a note to write and the tags to add and to remove, none of them for nothing.

    ``is_silent`` is an update that only notes down where the note was delivered.
    """

    note: AnkiNote
    fields: Mapping[str, str] = field(default_factory=dict)
    added_tags: tuple[str, ...] = ()
    removed_tags: tuple[str, ...] = ()
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both the learner and the author changed; the learner's stays."""

    guid: Guid
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A deck that gets another name, with all decks below it."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Move:
    """Cards of a note that change their deck."""

    guid: Guid
    cards: tuple[int, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PresetUpdate:
    """What a preset is to hold, and the ``decks`` that are to use it; some are not there yet.

    ``id`` is ``None`` where it is to be made. ``is_changed`` is false where it holds that already,
    ``is_first`` true where our decks did not use it before.
    """

    name: str
    id: int | None
    options: Options
    decks: tuple[str, ...]
    is_changed: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """What a push does, and what it only tells.

    ``root`` is the name that the root deck has in Anki. ``new`` are notes for the package that
    Anki imports, each with the deck that it goes to; ``notetypes`` those that it brings up to
    date. ``retired`` are suspended and tagged, ``woken`` the other way round, ``pruned`` deleted.
    ``emptied`` are cards that no template fills any more, ``positions`` new places of new cards,
    by their ids. ``deserted`` are decks of ours in which nothing is left, ``preset`` is what the
    options of the deck need.

    The rest is reported, not done: ``conflicts``; ``edited``, notes that keep a field that only
    the learner changed; ``foreign``, those with another note type; ``deleted``, notes that were
    delivered and are gone from Anki; ``stays``, cards that the learner put somewhere else.
    """

    root: str = ""
    renames: tuple[Rename, ...] = ()
    new: tuple[Note, ...] = ()
    notetypes: tuple[NoteTypeStamp, ...] = ()
    media: tuple[Media, ...] = ()
    updates: tuple[NoteUpdate, ...] = ()
    moves: tuple[Move, ...] = ()
    woken: tuple[AnkiNote, ...] = ()
    retired: tuple[AnkiNote, ...] = ()
    pruned: tuple[AnkiNote, ...] = ()
    emptied: tuple[int, ...] = ()
    positions: Mapping[int, int] = field(default_factory=dict)
    deserted: tuple[str, ...] = ()
    preset: PresetUpdate | None = None
    conflicts: tuple[Conflict, ...] = ()
    edited: tuple[Guid, ...] = ()
    foreign: tuple[Guid, ...] = ()
    deleted: tuple[Guid, ...] = ()
    stays: tuple[Guid, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether Anki holds what the content says already."""
        return not any(
            (
                *(self.renames, self.new, self.notetypes, self.media, self.updates, self.moves),
                *(self.woken, self.retired, self.pruned, self.emptied, self.positions),
                *(self.deserted, self.preset),
            )
        )
