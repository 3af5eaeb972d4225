"""A note from its source to the package, and the decks and note types around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from cardwright.model.held_text import deflatable
from cardwright.model.marks import Fragment
from cardwright.model.text import Passage, Place, Title

Guid = NewType("Guid", str)
"""13 characters of ``[a-z0-9]``: what Anki's importer knows a note by."""


Html = NewType("Html", str)
"""HTML that is complete and clean, ready for a field."""


Seconds = int
"""A time since 1970, as Anki dates changes."""


Milliseconds = int
"""A time since 1970, as Anki dates births."""


DeckName = NewType("DeckName", str)
"""A full deck name, parts joined by ``::``."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``start`` to ``end`` (not included) of line ``line`` of a passage, all from 0."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Deletion:
    """A piece of a passage that a cloze note hides, by the marks that its author put around it.

    ``opening`` and ``closing`` are those marks, ``divider`` the ``::`` in front of its hint. The
    cards of a note are one for each ``number``.
    """

    number: int
    opening: Stretch
    closing: Stretch
    divider: Stretch | None = None


@dataclass(frozen=True, slots=True)
class NoteSource:
    """A question as its author wrote it.

    ``front`` and ``back`` are Markdown, numbering and attributes gone from the front.
    ``definitions`` are the link references and footnotes of the file that front or back use and
    that stand outside of them; they are rendered with both. ``section`` is the path of plain
    headings above the question, below the file's title; ``outer`` that of the list items it is a
    child of, no part of its place; ``titles`` those of them, and that of the file, whose Markdown
    says more than their plain text; ``anchor`` the fragment of the heading as GitHub makes it.
    ``kind`` is that of its note type, ``qa`` or ``cloze``; the front of a ``cloze`` is its text as
    it was written, and ``deletions`` say what of it is hidden, in the
    order of their openings. They are nested or apart.
    """

    place: Place
    front: Passage
    back: Passage
    definitions: Passage
    hint: Passage
    extra: Passage
    section: tuple[str, ...] = ()
    outer: tuple[str, ...] = ()
    titles: tuple[Title, ...] = ()
    anchor: str = ""
    explicit_id: str = ""
    tags: tuple[str, ...] = ()
    macros: tuple[tuple[str, str], ...] = ()
    is_reverse: bool = False
    is_new: bool = False
    kind: str = "qa"
    deletions: tuple[Deletion, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note whose Markdown has become neutral HTML; ``titles`` are those of its source."""

    source: NoteSource
    front: Fragment
    back: Fragment
    hint: Fragment
    extra: Fragment
    titles: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A file that travels in the package under ``name``.

    ``name`` is made of the hash of the source's bytes and the recipe; ``source_hash`` is the
    SHA-256 (hex) of the source's bytes, what a note's change time depends on. ``is_sound`` is
    a sound or a film, ``is_clear`` an image through which the ground of the card shows.
    """

    name: str
    content: bytes
    source_hash: str
    is_sound: bool = False
    is_clear: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedNote:
    """A note whose fields are complete HTML; ``plain`` is its front as plain text with TeX.

    ``media`` are the files that its fields name, in order of use, each as often as it is used;
    ``titles`` are those of its source, by their plain text.
    """

    source: NoteSource
    front: Html
    back: Html
    hint: Html
    extra: Html
    plain: str
    media: tuple[Media, ...] = ()
    titles: tuple[tuple[str, Html], ...] = ()


deflatable(ResolvedNote, "front", "back", "extra")


@dataclass(frozen=True, slots=True)
class FiledNote:
    """A note with its deck, all of its tags, and the fields Context and Source."""

    note: ResolvedNote
    deck: DeckName
    tags: tuple[str, ...]
    context: Html = Html("")
    source_link: Html = Html("")


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the package: fields, identity, deck and time.

    ``mod`` is in seconds since 1970 and is what Anki's importer compares; ``note_id`` in
    milliseconds, its time of birth; ``due`` the position among the new cards, from 1. ``kind``
    is that of its note type (``NoteTypeStamp``); the front of a ``cloze`` is its text.
    """

    guid: Guid
    note_id: int
    deck: DeckName
    tags: tuple[str, ...]
    mod: int
    due: int
    front: Html
    back: Html
    hint: Html
    extra: Html
    context: Html
    source: Html
    plain: str
    is_reverse: bool
    media: tuple[Media, ...] = ()
    kind: str = "qa"


deflatable(Note, "front", "back", "extra")


@dataclass(frozen=True, slots=True)
class Preset:
    """Options of decks, which Anki calls a preset and knows by its ``name``.

    ``project`` is that of the deck which brings it. ``values`` are the options that the settings
    give, by Anki's own names for them.
    """

    name: str
    project: str
    values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of the package; ``description`` is HTML, ``""`` for none.

    The ``preset`` of the root deck is that of all decks below it.
    """

    name: DeckName
    description: str = ""
    preset: Preset | None = None


@dataclass(frozen=True, slots=True)
class NoteTypeStamp:
    """What the lock knows of a note type: ``kind`` is ``qa`` or ``cloze``.

    ``id`` is the note type's id in Anki, ``mod`` when its templates, style or name
    (``fingerprint``, a hash of them) last changed.
    """

    kind: str
    id: int
    fingerprint: str
    mod: Seconds
