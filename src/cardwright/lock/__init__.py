"""The lock: what the last build knew about every note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cardwright.model import DeckName, Guid, Milliseconds, NoteTypeStamp, Seconds
from cardwright.notetypes import QA


@dataclass(frozen=True, slots=True)
class FileChoice:
    """How ``auto`` read a file. It reads the file in the same way next time.

    ``questions`` is the dialect's name, or several names joined by `` + ``. ``subdecks`` is the
    layout. ``question_level`` is ``None`` if the dialect has no level.
    """

    file: str
    questions: str
    question_level: int | None
    subdecks: str


@dataclass(frozen=True, slots=True)
class KeptTitle:
    """A title that several files have, and the first file with it, which keeps it.

    ``title`` is the deck below the root, including folders.
    """

    title: str
    file: str


@dataclass(frozen=True, slots=True)
class CollectionState:
    """How a collection of Anki has a note, if that differs from the content.

    ``collection`` is its id, or ``""`` for imports by hand. ``deck`` is where the cards are, or
    ``""`` if the collection does not have the note yet. ``is_retired`` says whether the note is
    retired there.
    """

    collection: str
    deck: DeckName
    is_retired: bool


class HiddenPart(NamedTuple):
    """A part of a cloze note's front with the number of its card.

    ``start`` and ``end`` count the characters of the front from 0, without white space. The part
    is hidden now if it ``is_hidden``. Otherwise, it was hidden before, and keeps its number for
    the case that it is hidden again. If it is not in its old place any more, it has its ``words``,
    and both places are 0.
    """

    number: int
    start: int
    end: int
    is_hidden: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class LockEntry:
    """A note that was built at least once, retired or not.

    - ``front`` is the whole normalised front. For a ``cloze`` note, that is its text without the
      marks of deletions.
    - ``answer`` is a hash of the normalised answer, including the deletions of a ``cloze`` note.
    - ``made`` and ``media`` are hashes of what the note was made from.
    - ``born`` is the note's id in Anki. It is unique.
    - ``after`` is the GUID of the note before it in its file, or ``""`` for the first. Unlike a
      number, it survives insertions.
    - ``is_new`` says that the question has ``{new}``.
    - ``sketch`` lets two answers be compared. It is ``""`` if there is no answer, and in locks
      from before sketches.
    - ``output`` is a hash of the fields and tags that were shipped with ``mod``, or ``""`` if
      that is unknown.
    - ``behind`` lists the collections that have the note in another deck, or do not know yet
      that it was retired or came back.
    - ``hidden`` lists what a ``cloze`` note hides, in the order of the text, and then what it hid
      before. It is empty in locks from before version 5.
    """

    guid: Guid
    file: str
    section: tuple[str, ...]
    front: str
    answer: str
    made: str
    media: tuple[str, ...]
    mod: Seconds
    born: Milliseconds
    deck: DeckName
    id: str = ""
    after: str = ""
    is_new: bool = False
    is_retired: bool = False
    kind: str = QA
    sketch: str = ""
    output: str = ""
    behind: tuple[CollectionState, ...] = ()
    hidden: tuple[HiddenPart, ...] = ()


Digest = str
"""64 hexadecimal digits. They are checked, because they name a file in the cache."""


@dataclass(frozen=True, slots=True)
class ImagePin:
    """The pinned version of a remote image: the first one, or one that was updated on purpose.

    ``image`` is its address, ``sha256`` the hash of its bytes in hex, and ``mod`` when it was
    fetched. If two branches pinned different versions, the later one wins.
    """

    image: str
    sha256: Digest
    mod: Seconds


@dataclass(frozen=True, slots=True)
class Delivery:
    """A collection of Anki that was brought up to date, and when.

    ``collection`` is its id, not its path, or ``""`` for imports by hand. Changes before the
    delivery have at most the time ``at``. Changes after it have a later time.
    """

    collection: str
    at: Seconds


@dataclass(frozen=True, slots=True)
class Lock:
    """Everything that a build needs to know about earlier builds.

    ``project`` is the salt of the GUIDs, and ``deck`` is the root deck's name. ``katex`` is the
    version of KaTeX whose stylesheet and fonts were shipped, or ``""`` if no formula needed them.
    Tuples are sorted: note types by kind, choices by file, titles by title and file, pins by
    address, deliveries by collection, and entries by ``entry_order``.
    """

    project: str
    deck: str = ""
    notetypes: tuple[NoteTypeStamp, ...] = ()
    files: tuple[FileChoice, ...] = ()
    titles: tuple[KeptTitle, ...] = ()
    katex: str = ""
    pins: tuple[ImagePin, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    entries: tuple[LockEntry, ...] = ()

    @property
    def mods(self) -> list[Seconds]:
        """The change times of all notes and note types."""
        return [entry.mod for entry in self.entries] + [stamp.mod for stamp in self.notetypes]


def entry_order(entry: LockEntry) -> tuple[str, tuple[str, ...], str]:
    """Return the sort key of an entry. It is the same on every branch."""
    return entry.file, entry.section, entry.guid
