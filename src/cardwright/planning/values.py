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
    """An entry of the lock without a question, and the path of the file that had it.

    ``is_now`` says that this build would retire it. The lock does not know when other notes were
    retired.
    """

    entry: LockEntry
    path: str
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


CLAIM_HINT = (
    "If a new question is one of these in other words, copy the {#…} to the end of the new "
    "question. It then keeps the reviews."
)
