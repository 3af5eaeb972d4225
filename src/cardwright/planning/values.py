"""The values of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from cardwright.building import Built
from cardwright.model import DeckName, Guid


class ChangeKind(Enum):
    """What happens to a note. If several kinds fit, the first one counts."""

    NEW = "new"
    RETURNED = "returned"
    KIND = "kind"
    REWORDED = "reworded"
    ANSWER = "answer"
    CARDS = "cards"
    TAGS = "tags"
    IMAGES = "images"
    SETTINGS = "settings"
    UNCLEAR = "unclear"
    MOVED = "moved"
    LOCK = "lock"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a note and its previous state.

    ``old`` and ``new`` are the two texts. If they are ``None``, ``words`` describe the
    difference.
    """

    part: str
    old: str | None = None
    new: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note that a build would change.

    ``path`` is relative to the current folder. ``line`` is 0 if the question is gone.
    ``question`` is the front as plain text. ``emptied`` and ``added`` count the cards that
    become empty and the cards that an old note gains, ``None`` if that is unknown.
    """

    what: ChangeKind
    guid: Guid
    path: str
    line: int
    question: str
    deck: DeckName
    changes: tuple[Difference, ...] = ()
    emptied: int | None = 0
    added: int | None = 0


@dataclass(frozen=True, slots=True)
class RetiredNote:
    """A note of the lock without a question. ``mod`` is when it last changed, in seconds.

    ``is_now`` says that this build would retire it. The lock does not know when other notes were
    retired.
    """

    guid: Guid
    path: str
    section: tuple[str, ...]
    question: str
    deck: DeckName
    mod: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class NoteTypeChange:
    """A note type that is new to Anki or changes. ``words`` say how."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What a build would do. ``built`` is its result, but no file was written.

    ``notes`` are the changed notes, grouped by kind, each group in source order. ``retired`` are
    all notes without a question. ``is_lock_changed`` and ``is_package_changed`` say whether the
    files would change. A missing package counts as unchanged, because the lock says what
    learners have.
    """

    built: Built
    notes: tuple[NoteChange, ...] = ()
    retired: tuple[RetiredNote, ...] = ()
    notetypes: tuple[NoteTypeChange, ...] = ()
    is_lock_changed: bool = False
    is_package_changed: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.notes or self.notetypes or self.is_lock_changed or self.is_package_changed)


TITLES: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "new",
    ChangeKind.RETURNED: "asked again",
    ChangeKind.KIND: "another note type",
    ChangeKind.REWORDED: "reworded",
    ChangeKind.ANSWER: "another answer",
    ChangeKind.CARDS: "other cards",
    ChangeKind.TAGS: "other tags or context",
    ChangeKind.IMAGES: "other images",
    ChangeKind.SETTINGS: "rendered differently",
    ChangeKind.UNCLEAR: "changed in an unknown way",
    ChangeKind.MOVED: "another deck",
    ChangeKind.LOCK: "another place, id or spelling",
    ChangeKind.RETIRED: "retired",
}

_UPDATED = "An import puts the new text on the cards. Schedules stay."

MEANINGS: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "An import adds new cards.",
    ChangeKind.RETURNED: "Retired until now. Cards that Anki still has keep their schedules.",
    ChangeKind.KIND: (
        "Anki cannot turn a cloze note into a question, or the reverse: a new note without a "
        "schedule replaces the old one, which is retired."
    ),
    ChangeKind.REWORDED: f"{_UPDATED} If one is a new question, write {{new}} at its end.",
    ChangeKind.ANSWER: _UPDATED,
    ChangeKind.CARDS: (
        "An import adds cards. A card that is gone stays in Anki, empty, until you remove it."
    ),
    ChangeKind.TAGS: (
        "An import replaces all tags of a note: tags that a learner added are lost. Schedules stay."
    ),
    ChangeKind.IMAGES: "An import brings the files. Schedules stay.",
    ChangeKind.SETTINGS: "The words stay, but look different after an import. Schedules stay.",
    ChangeKind.UNCLEAR: _UPDATED,
    ChangeKind.MOVED: "An import cannot move a card: it stays in the deck where it is.",
    ChangeKind.LOCK: "Only the lock changes, and Anki does not.",
    ChangeKind.RETIRED: (
        "An import cannot delete a note: it stays in Anki until you delete it there."
    ),
}

CLAIM_HINT = (
    "If a new question is one of these in other words, copy the {#…} to the end of the new "
    "question. It then keeps the reviews."
)
