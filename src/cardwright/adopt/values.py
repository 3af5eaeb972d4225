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
    """The roles of a note type's fields and templates, which are numbered from 0.

    ``front`` are the fields on the question's side, and ``answer`` those that only the other side
    shows. ``forward`` is the template that asks the question, and ``backward`` the reverse one.
    ``unseen`` are the fields that no template names.
    """

    front: tuple[int, ...]
    answer: tuple[int, ...]
    forward: int = 0
    backward: int | None = None
    unseen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OldType:
    """A note type in Anki. ``kind`` is our note type for its notes."""

    id: int
    name: str
    kind: str
    fields: tuple[str, ...]
    sides: NoteTypeSides


@dataclass(frozen=True, slots=True)
class OldNote:
    """A note in Anki.

    ``front`` and ``answer`` are texts (``field_text``). ``fronts`` and ``answers`` are the HTML of
    the fields of either side. ``parts`` are the texts of the question's fields, if it has several.
    ``unseen`` are the names of fields with a text that no card shows.
    """

    id: int
    guid: str
    type: OldType
    front: str
    answer: str
    cards: tuple[AnkiCard, ...]
    fronts: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

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
    """A question and the notes that it could belong to.

    With ``is_close``, it matches one of them, but it is ambiguous which. Without, no note is
    similar enough for a match.
    """

    question: AdoptQuestion
    candidates: tuple[OldNote, ...]
    is_close: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """The matches between notes and questions.

    ``missing`` are questions without a note. ``left`` are notes without a question. ``copies``
    are notes that say the same as another one.
    """

    found: tuple[Match, ...] = ()
    unsure: tuple[UnsureQuestion, ...] = ()
    missing: tuple[AdoptQuestion, ...] = ()
    left: tuple[OldNote, ...] = ()
    copies: tuple[OldNote, ...] = ()

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
    """What was found, and what was done.

    ``decks`` are the adopted decks. ``known`` counts the questions that the collection already
    has from Cardwright. With ``is_stopped``, errors stop the adoption. ``left`` is what the next
    push will do, once the adoption is done.
    """

    pairs: Pairs
    decks: tuple[str, ...] = ()
    known: int = 0
    is_stopped: bool = False
    is_done: bool = False
    left: Differences | None = None
