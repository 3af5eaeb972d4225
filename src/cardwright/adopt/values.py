"""Notes that another tool or a person made, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cardwright.identify import Identity
from cardwright.model import Note


@dataclass(frozen=True, slots=True)
class Sides:
    """What the templates of a note type say about its fields and cards, by their numbers from 0.

    ``front`` are the fields on the question's side, ``answer`` those that only the other side
    shows. ``forward`` is the template whose cards ask the question, ``backward`` the one that asks
    the other way round. ``unseen`` are the fields that no template names.
    """

    front: tuple[int, ...]
    answer: tuple[int, ...]
    forward: int = 0
    backward: int | None = None
    unseen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OldType:
    """A note type as it is in Anki; ``kind`` is that of ours which takes its notes."""

    id: int
    name: str
    kind: str
    fields: tuple[str, ...]
    sides: Sides


@dataclass(frozen=True, slots=True)
class OldCard:
    """A card: ``number`` is that of its template or deletion from 0, ``deck`` where it belongs."""

    id: int
    number: int
    deck: str
    reps: int


@dataclass(frozen=True, slots=True)
class OldNote:
    """A note in Anki.

    ``front`` and ``answer`` are texts (``field_text``), ``extra`` the HTML of what is shown
    besides the first field of either. ``parts`` are the texts of the fields on the question's side,
    where there are several. ``unseen`` are the names of fields with a text that no card
    shows.
    """

    id: int
    guid: str
    type: OldType
    front: str
    answer: str
    cards: tuple[OldCard, ...]
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
        """Whether our note types have a place for each of its cards."""
        sides = self.type.sides
        known = {sides.forward, sides.backward}
        return self.type.kind == "cloze" or all(card.number in known for card in self.cards)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the content with its note; ``front`` and ``answer`` as an old note has them."""

    identity: Identity
    note: Note
    front: str
    answer: str


class MatchedBy(Enum):
    """Why a note and a question belong together; ``BEGUN``: an adoption was interrupted."""

    SAID = "id"
    SAME = "same"
    FRONT = "same question"
    SIMILAR = "similar"
    ASKED = "asked"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Match:
    """A note and the question that it is."""

    old: OldNote
    question: Question
    how: MatchedBy


@dataclass(frozen=True, slots=True)
class Unsure:
    """A question and the notes that it could be.

    With ``is_close`` the identity of a build would take it for one of them and cannot say which;
    without, it would take it for none.
    """

    question: Question
    candidates: tuple[OldNote, ...]
    is_close: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """Which notes are which questions.

    ``missing`` are questions without a note, ``left`` notes without a question, ``copies`` those
    of them that say the same as a note that was taken. ``kept_out`` would lose cards.
    """

    matches: tuple[Match, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    missing: tuple[Question, ...] = ()
    left: tuple[OldNote, ...] = ()
    copies: tuple[OldNote, ...] = ()
    kept_out: tuple[Match, ...] = ()
