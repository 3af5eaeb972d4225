"""What a plan says, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cardwright.building import Built
from cardwright.model import DeckName, Guid


class ChangeKind(Enum):
    """What happens to a note. If several fit, the first of them counts."""

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
class Change:
    """One difference between a note and what it was before.

    ``old`` and ``new`` are both states as text. They are ``None`` if they are not known or are no
    text; ``words`` then describe the difference.
    """

    part: str
    old: str | None = None
    new: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """A note that a build would change.

    ``path`` is as seen from where the program runs, ``line`` 0 where the question is gone,
    ``question`` its front as plain text. ``emptied`` counts the cards that a learner has and that
    show nothing any more, ``added`` those that an old note did not have; ``None``: not known.
    """

    what: ChangeKind
    guid: Guid
    path: str
    line: int
    question: str
    deck: DeckName
    changes: tuple[Change, ...] = ()
    emptied: int | None = 0
    added: int | None = 0


@dataclass(frozen=True, slots=True)
class RetiredNote:
    """A note of the lock that has no question; ``mod`` is when it last changed, in seconds.

    ``is_now`` says that this build would retire it. Since when another one is retired, the lock
    does not know.
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
    """A note type that is new to Anki or changes; ``words`` say how."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do; ``built`` is what it would give, nothing of it written.

    ``notes`` has those that are not left as they are, by what happens, each group in source
    order; ``retired`` has all that the new lock keeps without a question.
    ``is_lock_changed`` and ``is_package_changed`` are about the files: a package that is not
    there counts as unchanged, for the lock says what learners have.
    """

    built: Built
    notes: tuple[PlannedNote, ...] = ()
    retired: tuple[RetiredNote, ...] = ()
    notetypes: tuple[NoteTypeChange, ...] = ()
    is_lock_changed: bool = False
    is_package_changed: bool = False

    @property
    def is_nothing(self) -> bool:
        return not (self.notes or self.notetypes or self.is_lock_changed or self.is_package_changed)
