"""The values of an adoption: old notes, questions, and how they match."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cardwright.delivery.values import AnkiCard
from cardwright.identify import Identity
from cardwright.model import Note


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

    ``front`` and ``answer`` are texts (``field_text``). ``extra`` is the HTML of all shown fields
    but the first field of either side. ``parts`` are the texts of the question's fields, if it
    has several. ``unseen`` are the names of fields with a text that no card shows.
    """

    id: int
    guid: str
    type: OldType
    front: str
    answer: str
    cards: tuple[AnkiCard, ...]
    extra: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def deck(self) -> str:
        return self.cards[0].deck if self.cards else ""

    @property
    def reps(self) -> int:
        return sum(card.reps for card in self.cards)

    @property
    def is_kept_whole(self) -> bool:
        """Whether our note types have a template for each of its cards."""
        sides = self.type.sides
        known = {sides.forward, sides.backward}
        return self.type.kind == "cloze" or all(card.number in known for card in self.cards)


@dataclass(frozen=True, slots=True)
class AdoptQuestion:
    """A question with its note. ``front`` and ``answer`` are texts, as those of an old note."""

    identity: Identity
    note: Note
    front: str
    answer: str


class MatchedBy(Enum):
    """Why a note and a question match. ``INTERRUPTED`` is a match of an interrupted adoption."""

    ID = "id"
    SAME = "same"
    FRONT = "same question"
    SIMILAR = "similar"
    USER = "asked"
    INTERRUPTED = "begun"


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
    are notes that say the same as another one. ``kept_out`` are matches of notes that would lose
    cards.
    """

    matches: tuple[Match, ...] = ()
    unsure: tuple[UnsureQuestion, ...] = ()
    missing: tuple[AdoptQuestion, ...] = ()
    left: tuple[OldNote, ...] = ()
    copies: tuple[OldNote, ...] = ()
    kept_out: tuple[Match, ...] = ()
