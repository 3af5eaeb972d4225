"""The values of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cardwright.building import Built
from cardwright.lock import LockEntry
from cardwright.model import DeckName, Guid

_UPDATED = "An import puts the new text on the cards. Schedules stay."


class ChangeKind(Enum):
    """What happens to a note: a word, a title, and what an import does then.

    If several kinds fit, the first one counts.
    """

    NEW = "new", "new", "An import adds new cards."
    RETURNED = (
        "returned",
        "asked again",
        "Retired until now. Cards that Anki still has keep their schedules.",
    )
    KIND = (
        "kind",
        "another note type",
        "Anki cannot turn a cloze note into a question, or the reverse: a new note without a "
        "schedule replaces the old one, which is retired.",
    )
    REWORDED = (
        "reworded",
        "reworded",
        f"{_UPDATED} If one is a new question, write {{new}} at its end.",
    )
    ANSWER = "answer", "another answer", _UPDATED
    CARDS = (
        "cards",
        "other cards",
        "An import adds cards. A card that is gone stays in Anki, empty, until you remove it.",
    )
    TAGS = (
        "tags",
        "other tags or context",
        "An import replaces all tags of a note: tags that a learner added are lost. Schedules "
        "stay.",
    )
    IMAGES = "images", "other images", "An import brings the files. Schedules stay."
    SETTINGS = (
        "settings",
        "rendered differently",
        "The words stay, but look different after an import. Schedules stay.",
    )
    UNCLEAR = "unclear", "changed in an unknown way", _UPDATED
    MOVED = (
        "moved",
        "another deck",
        "An import cannot move a card: it stays in the deck where it is.",
    )
    LOCK = "lock", "another place, id or spelling", "Only the lock changes. Anki stays as it is."
    RETIRED = (
        "retired",
        "retired",
        "An import cannot delete a note: it stays in Anki until you delete it there.",
    )

    def __init__(self, word: str, title: str, meaning: str) -> None:
        self.word = word
        self.title = title
        self.meaning = meaning


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a note and its previous state."""

    part: str
    old: str | None = None  # the old text, `None` if there are only words
    new: str | None = None  # the new text, likewise
    words: str = ""


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note that a build would change."""

    what: ChangeKind
    guid: Guid
    path: str  # relative to the current folder
    line: int  # 0 if the question is gone
    question: str  # the front as plain text
    deck: DeckName
    changes: tuple[Difference, ...] = ()
    emptied: int | None = 0  # cards that become empty, `None` if unknown
    added: int | None = 0  # cards that an old note gains, `None` if unknown


@dataclass(frozen=True, slots=True)
class RetiredNote:
    """An entry of the lock without a question."""

    entry: LockEntry
    path: str  # the file that had it
    is_now: bool  # by this build; the lock does not know when others were retired


@dataclass(frozen=True, slots=True)
class NoteTypeChange:
    """A note type that is new to Anki or changes."""

    name: str
    words: str  # how it changes


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build would do."""

    built: Built  # the result, but no file was written
    notes: tuple[NoteChange, ...] = ()  # by kind, each in source order
    retired: tuple[RetiredNote, ...] = ()  # all notes without a question
    notetypes: tuple[NoteTypeChange, ...] = ()
    is_lock_changed: bool = False
    is_package_changed: bool = False  # a missing one is not: the lock says what learners have

    @property
    def is_nothing(self) -> bool:
        return not (self.notes or self.notetypes or self.is_lock_changed or self.is_package_changed)


CLAIM_HINT = (
    "If a new question is one of these in other words, copy the {#…} to the end of the new "
    "question. It then keeps the reviews."
)
