"""The values of an adoption: old notes, questions, and how they match."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cardwright.delivery.values import AnkiCard, Differences
from cardwright.identify import Identity
from cardwright.model import Note
from cardwright.notetypes import CLOZE


@dataclass(frozen=True, slots=True)
class NoteTypeSides:
    """The roles of a note type's fields and templates, which are numbered from 0."""

    front: tuple[int, ...]  # fields on the question's side
    answer: tuple[int, ...]  # fields that only the other side shows
    forward: int = 0  # the template that asks the question
    backward: int | None = None  # the reverse template
    unseen: tuple[int, ...] = ()  # fields that no template names


@dataclass(frozen=True, slots=True)
class OldType:
    """A note type in Anki."""

    id: int
    name: str
    kind: str  # our note type for its notes
    fields: tuple[str, ...]
    sides: NoteTypeSides


@dataclass(frozen=True, slots=True)
class OldNote:
    """A note in Anki."""

    id: int
    guid: str
    type: OldType
    front: str  # as text (`field_text`)
    answer: str  # likewise
    cards: tuple[AnkiCard, ...]
    fronts: tuple[str, ...] = ()  # HTML of the fields of the front
    answers: tuple[str, ...] = ()  # HTML of those of the answer
    unseen: tuple[str, ...] = ()  # names of fields with a text that no card shows
    parts: tuple[str, ...] = ()  # the texts of the question's fields, if it has several

    @property
    def deck(self) -> str:
        return self.cards[0].deck if self.cards else ""

    @property
    def reps(self) -> int:
        return sum(card.reps for card in self.cards)

    @property
    def lost_cards(self) -> int:
        """The number of its cards for which our note types have no template."""
        known = {self.type.sides.forward, self.type.sides.backward}
        return 0 if self.type.kind == CLOZE else sum(c.number not in known for c in self.cards)


@dataclass(frozen=True, slots=True)
class AdoptQuestion:
    """A question with its note. ``front`` and ``answer`` are texts, as those of an old note."""

    identity: Identity
    note: Note
    front: str
    answer: str


class MatchedBy(Enum):
    """Why a note and a question match."""

    ID = "id"
    SAME = "same"
    FRONT = "same question"
    SIMILAR = "similar"
    USER = "asked"


@dataclass(frozen=True, slots=True)
class Match:
    """A note and its question."""

    old: OldNote
    question: AdoptQuestion
    how: MatchedBy


@dataclass(frozen=True, slots=True)
class UnsureQuestion:
    """A question and the notes that it could belong to."""

    question: AdoptQuestion
    candidates: tuple[OldNote, ...]
    is_close: bool  # it matches one of them; else no note is similar enough for a match


@dataclass(frozen=True, slots=True)
class Pairs:
    """The matches between notes and questions."""

    found: tuple[Match, ...] = ()
    unsure: tuple[UnsureQuestion, ...] = ()
    missing: tuple[AdoptQuestion, ...] = ()  # questions without a note
    left: tuple[OldNote, ...] = ()  # notes without a question
    copies: tuple[OldNote, ...] = ()  # notes that say the same as another one

    @property
    def matches(self) -> tuple[Match, ...]:
        """The matches of notes that keep all of their cards."""
        return tuple(each for each in self.found if not each.old.lost_cards)

    @property
    def kept_out(self) -> tuple[Match, ...]:
        """The matches of notes that would lose cards."""
        return tuple(each for each in self.found if each.old.lost_cards)


@dataclass(frozen=True, slots=True)
class Adoption:
    """What was found, and what was done."""

    pairs: Pairs
    decks: tuple[str, ...] = ()  # the adopted ones
    known: int = 0  # questions that the collection already has from Cardwright
    is_stopped: bool = False  # by errors
    is_done: bool = False
    left: Differences | None = None  # what the next push will do, once the adoption is done
