"""Defines a note from its source to the package, with its deck and note type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from cardwright.model.compressed_text import compressible
from cardwright.model.marks import Fragment
from cardwright.model.text import Embed, Passage, Place, Title

Guid = NewType("Guid", str)
"""13 characters of ``[a-z0-9]`` that identify a note in Anki."""


Html = NewType("Html", str)
"""Complete and clean HTML for a field."""


Seconds = int
"""Seconds since 1970, Anki's unit for change times."""


Milliseconds = int
"""Milliseconds since 1970, Anki's unit for creation times."""


DeckName = NewType("DeckName", str)
"""A full deck name with parts joined by ``::``."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters from ``start`` to before ``end`` in a line of a passage. All count from 0."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Deletion:
    """A part of a passage that a cloze note hides.

    ``opening`` and ``closing`` are the author's marks around it. ``divider`` is the ``::`` before
    its hint. The note has a card for each ``number``.
    """

    number: int
    opening: Stretch
    closing: Stretch
    divider: Stretch | None = None


@dataclass(frozen=True, slots=True)
class NoteSource:
    """A question as its author wrote it.

    ``front`` and ``back`` are Markdown; the front has no numbering and no attributes.
    ``definitions`` are link references and footnotes that front or back use, and are rendered with
    both. ``section`` has the plain headings above the question, below the file's title. ``outer``
    has the list items around it, which are not part of its identity. ``titles`` has the Markdown of
    these and of the file's title, where it is more than plain text. ``anchor`` is the heading's
    fragment as on GitHub. ``embeds`` are those that its text reaches.

    ``kind`` is ``qa`` or ``cloze``. The front of a ``cloze`` is its text as written, and
    ``deletions`` say what it hides, in the order of their openings. Deletions may be nested, but
    never overlap otherwise.
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
    embeds: tuple[Embed, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note whose Markdown is neutral HTML. ``titles`` match those of its source."""

    source: NoteSource
    front: Fragment
    back: Fragment
    hint: Fragment
    extra: Fragment
    titles: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A file in the package, called ``name``.

    ``name`` is made from the hash of the source and the recipe. ``source_hash`` is the SHA-256
    (hex) of the source, and part of what the note's change time depends on. ``is_sound`` is a sound
    or film. ``is_clear`` is an image with transparency.
    """

    name: str
    content: bytes
    source_hash: str
    is_sound: bool = False
    is_clear: bool = False


@dataclass(frozen=True, slots=True)
class ResolvedNote:
    """A note with complete HTML in its fields. ``plain`` is its front as plain text with TeX.

    ``media`` are the files in its fields, in order of use, repeated as often as they are used.
    ``titles`` are those of its source, by plain text. ``hashes`` are those of front, back, hint
    and extra for the record of what was shipped, ``()`` if nobody made them.
    """

    source: NoteSource
    front: Html
    back: Html
    hint: Html
    extra: Html
    plain: str
    media: tuple[Media, ...] = ()
    titles: tuple[tuple[str, Html], ...] = ()
    hashes: tuple[str, ...] = ()


compressible(ResolvedNote, "front", "back", "extra")


@dataclass(frozen=True, slots=True)
class FiledNote:
    """A note with its deck, its tags, and the fields Context and Source."""

    note: ResolvedNote
    deck: DeckName
    tags: tuple[str, ...]
    context: Html = Html("")
    source_link: Html = Html("")


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the package: fields, identity, deck and times.

    Anki's importer compares ``mod``, in seconds since 1970. ``note_id`` is the creation time in
    milliseconds. ``due`` is the position among new cards, from 1. ``kind`` is the kind of its note
    type (``NoteTypeStamp``). The front of a ``cloze`` is its text. ``hashes`` are those of its
    ``ResolvedNote``.
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
    hashes: tuple[str, ...] = ()


compressible(Note, "front", "back", "extra")


@dataclass(frozen=True, slots=True)
class Preset:
    """Options of decks. Anki calls them a preset, and identifies them by ``name``.

    ``project`` is the deck that brings it. ``values`` are the options in the settings, by Anki's
    names.
    """

    name: str
    project: str
    values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of the package. ``description`` is HTML, or ``""``.

    The ``preset`` of the root deck is for all decks below it.
    """

    name: DeckName
    description: str = ""
    preset: Preset | None = None


@dataclass(frozen=True, slots=True)
class NoteTypeStamp:
    """The record of a note type in the lock. ``kind`` is ``qa`` or ``cloze``.

    ``id`` is its id in Anki. ``fingerprint`` is a hash of templates, style and name, and ``mod``
    the time when that last changed.
    """

    kind: str
    id: int
    fingerprint: str
    mod: Seconds
