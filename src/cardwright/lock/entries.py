"""What a lock holds, as values."""

from __future__ import annotations

from dataclasses import dataclass

from cardwright.model import DeckName, Guid, Milliseconds, NoteTypeStamp, Seconds
from cardwright.notetypes import QA


@dataclass(frozen=True, slots=True)
class FileChoice:
    """How a file was read, so that ``auto`` does not read it otherwise next time.

    ``questions`` is the dialect's name, those of several joined by `` + ``, ``subdecks`` the
    layout; ``question_level`` is ``None`` where the dialect has none.
    """

    file: str
    questions: str
    question_level: int | None
    subdecks: str


@dataclass(frozen=True, slots=True)
class KeptTitle:
    """A title that several files have, and the file that keeps it, for it was the first.

    ``title`` is the deck below the root, folders included.
    """

    title: str
    file: str


@dataclass(frozen=True, slots=True)
class Behind:
    """How a collection of Anki has a note, where that is not how the content has it now.

    ``collection`` is its id, ``""`` for imports by hand. It has the cards in ``deck``, which is
    ``""`` where it did not get the note yet, and ``is_retired`` says whether it was told that the
    note is retired.
    """

    collection: str
    deck: DeckName
    is_retired: bool


@dataclass(frozen=True, slots=True)
class LockEntry:
    """A note that was built once, retired or not.

    ``front`` is the whole front in normalised form, ``answer`` a hash of the normalised answer;
    ``made`` and ``media`` are hashes of what the note was made from. ``born`` is the note's id in
    Anki, no two entries have the same. ``after`` is the note before this one in its file, ``""``
    for the first: so neighbours are known without ordinals, which every insertion would change.
    ``is_new`` says that the question carried ``{new}``. ``kind`` is that of its note type; the
    front of a ``cloze`` is its text without the marks of deletions, which count as its answer.
    ``sketch`` tells how alike two answers are; it is ``""`` where there is no answer, and in a
    lock from before there were sketches. ``output`` is a hash of the fields and tags that the
    note had when its ``mod`` last moved, ``""`` where that is not known. ``behind`` names the
    collections that still have the note in another deck, or do not know yet that it was retired
    or came back.
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
    behind: tuple[Behind, ...] = ()


Digest = str
"""64 hexadecimal digits: the cache finds a file by them, and a lock can be a stranger's."""


@dataclass(frozen=True, slots=True)
class ImagePin:
    """A remote image as it was fetched first, or taken anew on purpose.

    ``image`` is its address, ``sha256`` (hex) that of its bytes, ``mod`` when it was taken:
    of two branches that took different ones the later counts.
    """

    image: str
    sha256: Digest
    mod: Seconds


@dataclass(frozen=True, slots=True)
class Delivery:
    """A collection of Anki that was brought to what the content says, and when that was last.

    ``collection`` is its id, not its path, and ``""`` for imports by hand. ``at`` is a time of
    this lock: what was born or changed before has no later one, and what is or does afterwards
    has.
    """

    collection: str
    at: Seconds


@dataclass(frozen=True, slots=True)
class Lock:
    """Everything that a build has to know of the builds before it.

    ``project`` is the salt of the GUIDs, ``deck`` the root deck's name. ``katex`` is the version
    of KaTeX whose stylesheet and fonts the package carries, ``""`` while no formula needed them.
    Tuples are in the order of the text form: note types by kind, choices by file, titles by
    title and file, pins by address, deliveries by collection, entries by file, section and GUID.
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


def entry_order(entry: LockEntry) -> tuple[str, tuple[str, ...], str]:
    """The key by which entries are sorted; it is the same in any branch."""
    return entry.file, entry.section, entry.guid
