"""The values of a plan."""

from __future__ import annotations

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
