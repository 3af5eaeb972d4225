"""The lock: what the last build knew about every note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cardwright.model import DeckName, Guid, Milliseconds, NoteTypeStamp, Seconds
from cardwright.notetypes import QA


@dataclass(frozen=True, slots=True)
class FileChoice:
    """How ``auto`` read a file. It reads the file in the same way next time."""

    file: str
    questions: str  # the name of the dialect, or several names joined by ` + `
    question_level: int | None  # `None` if the dialect has no level
    subdecks: str  # the layout


@dataclass(frozen=True, slots=True)
class KeptTitle:
    """A title that several files have, and the first file with it, which keeps it."""

    title: str  # the deck below the root, including folders
    file: str


@dataclass(frozen=True, slots=True)
class CollectionState:
    """How a collection of Anki has a note, if that differs from the content."""

    collection: str  # its id, "" for imports by hand
    deck: DeckName  # where the cards are, "" if the collection does not have the note yet
    is_retired: bool  # in this collection


class HiddenPart(NamedTuple):
    """A part of a cloze note's front with the number of its card.

    ``start`` and ``end`` count the characters of the front from 0, without white space.
    """

    number: int
    start: int
    end: int
    is_hidden: bool  # otherwise it was, and keeps its number in case it is again
    words: str = ""  # only if it is not in its old place any more; then both places are 0


@dataclass(frozen=True, slots=True)
class LockEntry:
    """A note that was built at least once, retired or not."""

    guid: Guid
    file: str
    section: tuple[str, ...]
    front: str  # the whole normalised front, of a cloze note without the marks of deletions
    answer: str  # a hash of the normalised answer, with the deletions of a cloze note
    made: str  # a hash of what the note was made from, except its images
    media: tuple[str, ...]  # hashes of its files
    mod: Seconds
    born: Milliseconds  # the note's id in Anki, which is unique
    deck: DeckName
    id: str = ""
    after: str = ""  # the GUID before it in its file, "" for the first; insertions move no other
    is_new: bool = False  # the question has `{new}`
    is_retired: bool = False
    kind: str = QA
    sketch: str = ""  # for comparing answers; "" without an answer, and in locks before sketches
    output: str = ""  # a hash of the fields and tags shipped with `mod`, "" if unknown
    behind: tuple[CollectionState, ...] = ()  # those with a difference from the content
    hidden: tuple[HiddenPart, ...] = ()  # of a cloze note: now, then before; lock version 5


Digest = str
"""64 hexadecimal digits. They are checked, because they name a file in the cache."""


@dataclass(frozen=True, slots=True)
class ImagePin:
    """The pinned version of a remote image: the first one, or one that was updated on purpose.

    If two branches pinned different versions, the later one wins.
    """

    image: str  # its address
    sha256: Digest  # of its bytes, in hex
    mod: Seconds  # when it was fetched


@dataclass(frozen=True, slots=True)
class Delivery:
    """A collection of Anki that was brought up to date, and when."""

    collection: str  # its id, not its path; "" for imports by hand
    at: Seconds  # changes before the delivery have at most this time, those after it a later one


@dataclass(frozen=True, slots=True)
class Lock:
    """Everything that a build needs to know about earlier builds.

    Tuples are sorted: note types by kind, choices by file, titles by title and file, pins by
    address, deliveries by collection, and entries by ``entry_order``.
    """

    project: str  # the salt of the GUIDs
    deck: str = ""  # the root deck
    notetypes: tuple[NoteTypeStamp, ...] = ()
    files: tuple[FileChoice, ...] = ()
    titles: tuple[KeptTitle, ...] = ()
    katex: str = ""  # the version whose stylesheet and fonts were shipped, "" without formulas
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
