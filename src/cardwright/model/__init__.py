"""Defines the values that the stages of a build pass on, from the file to the card.

A build is ``SourceFile`` → ``NoteSource`` → ``RenderedNote`` → ``ResolvedNote`` → ``Note``. All are
frozen. Each stage returns a new value that contains the old one. First comes the text of files,
then the marks in rendered text, and at last the notes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, NewType

from cardwright.model.stored import PackedLines, compressible, packable_lines

_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.I
)


def is_device(name: str) -> bool:
    """Whether a file name is a device on Windows, with any suffix."""
    return _DEVICE.match(name) is not None


def natural_order(path: str) -> tuple[list[list[tuple[int, int, str]]], str]:
    """Return a sort key that puts ``9-x`` before ``10-x``. Case decides last."""
    parts = (re.split(r"(\d+)", part) for part in path.casefold().split("/"))
    keys = [
        [(0, int(each), each) if each.isdecimal() else (1, 0, each) for each in part if each]
        for part in parts
    ]
    return keys, path


def composed(name: str) -> str:
    """Return a name in NFC."""
    return unicodedata.normalize("NFC", name)


LOCK_NAME = "deck.lock"

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and the total."""


def no_progress(_name: str, _done: int, _total: int) -> None:
    """Do not show the progress."""


SUFFIXES = (".md", ".markdown", ".mdx")
"""The suffixes of files of Markdown."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file.

    ``path`` is relative to the built folder, with ``/``. ``line`` and ``column`` count from 1,
    columns in characters. 0 means the whole file or line.
    """

    path: str
    line: int = 0
    column: int = 0


class Line(NamedTuple):
    """A line of Markdown without its line end, and its place in the file.

    Indentation and quote markers of containers around the text are removed. ``text`` starts at
    ``column`` (from 1) in the file.
    """

    text: str
    number: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    r"""A piece of Markdown in which every line has its line number in the file.

    ``markdown`` is the text with lines joined by ``\\n``, no line end after the last; ``""`` if
    empty. A ``packed`` passage has no value for ``lines`` until they are read.
    """

    path: str
    lines: tuple[Line, ...] = ()
    markdown: str = field(init=False, repr=False, compare=False)
    packed: PackedLines | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def first_line(self) -> str:
        """The text of the first line, ``""`` if there is none. Does not unpack the lines."""
        return self.markdown.partition("\n")[0]

    def place(self, index: int, offset: int = 0) -> Place:
        """Return the place of character ``offset`` in line ``index`` (both from 0).

        An index outside of the passage gives the nearest line, and an empty passage its file.
        """
        lines = self.lines
        if not lines:
            return Place(self.path)
        line = lines[min(max(index, 0), len(lines) - 1)]
        return Place(self.path, line.number, line.column + offset)


packable_lines(Passage, partial(tuple.__new__, Line))


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a file, a section or a list item.

    ``plain`` is for decks, tags and identity. ``line`` has the Markdown if that is more than plain
    text: a formula, code, emphasis. Otherwise it is ``None``.
    """

    plain: str
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class FrontCard:
    """A card in front matter. If ``answer`` is empty, the text of the file is the answer."""

    question: tuple[Line, ...]
    answer: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of front matter that Cardwright understands.

    ``cards`` are from the keys ``question`` (with ``answer``) and ``cards``. ``ignore`` has codes
    of diagnostics that are not reported for the file. ``labels`` are those of ``Config``.
    ``length`` is the number of lines of the front matter with its fences.
    """

    title: str = ""
    tags: tuple[str, ...] = ()
    deck: str = ""
    is_draft: bool = False
    questions: tuple[str, ...] = ()
    question_level: int | None = None
    subdecks: str = ""
    macros: tuple[tuple[str, str], ...] = ()
    cards: tuple[FrontCard, ...] = ()
    ignore: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    length: int = 0


@dataclass(frozen=True, slots=True)
class Embed:
    """What ``![[target]]`` in the file ``path`` stands for: a note, or a part of one.

    ``definitions`` are the link references and footnotes of the ``text`` that are not in it.
    ``inner`` are the targets of the embeds in it. If there is a ``problem``, the text is empty.
    """

    path: str
    target: str
    text: Passage
    definitions: Passage = Passage("")
    inner: tuple[str, ...] = ()
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file that was read: UTF-8 without BOM, with parsed front matter.

    ``path`` is relative to the built folder (for a single file: its name). ``lines`` is the whole
    file with its front matter, so line ``n`` is ``lines[n - 1]``. ``folder`` has the settings of
    the folders around it, which ``front_matter`` includes. ``embeds`` are those in its text, and
    those in their own texts.
    """

    path: str
    lines: tuple[str, ...]
    front_matter: FrontMatter = FrontMatter()
    folder: FrontMatter = FrontMatter()
    embeds: tuple[Embed, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is read: the names of its dialects, and the level of its question headings.

    ``level`` is ``None`` if no dialect is about headings.
    """

    dialects: tuple[str, ...]
    level: int | None = None

    def __str__(self) -> str:
        """Return words for a person: ``pairs and cloze``, ``headings of level 3``."""
        names = " and ".join(self.dialects)
        return names if self.level is None else f"{names} of level {self.level}"


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """How earlier builds read a file: their choice, unless a setting chose, and the fronts.

    ``moved`` are fronts that moved to it from other files since.
    """

    choice: Choice | None = None
    fronts: Sequence[str] = ()
    moved: Sequence[str] = ()

    @property
    def known(self) -> Sequence[str]:
        """All fronts that are questions of the file, as far as earlier builds tell."""
        return (*self.fronts, *self.moved)


NEVER_READ = EarlierReading()


NeutralHtml = NewType("NeutralHtml", str)
"""HTML from a renderer, not yet cleaned, with marks for formulas, images, code and callouts."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or end of a deletion, or the start of its hint: see the kinds in ``markup.marks``.

    ``deletion`` is the index in the note's deletions. The edge is before character ``offset`` of
    its text.
    """

    deletion: int
    kind: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as TeX, without its delimiters and without marks of deletions.

    ``source`` is the text in the file, with delimiters and marks. ``line_places`` has the start of
    each of its lines in the file. ``edges`` are the deletions in it, by their offset in ``tex``.
    ``other`` is another reading, for text whose backslashes may be doubled for a blog's Markdown;
    ``""`` for none.
    """

    tex: str
    is_display: bool
    source: str
    place: Place
    edges: tuple[Edge, ...] = ()
    other: str = field(default="", compare=False)
    line_places: tuple[Place, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Image:
    """A reference to an image. ``width`` and ``height`` are CSS pixels, or ``""``.

    With ``is_anywhere``, only the name has to match, in any folder, as in Obsidian.
    """

    target: str
    alt: str
    title: str
    width: str
    height: str
    place: Place
    is_anywhere: bool = False


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A block of code. ``language`` is the first word of the info string, or ``""``.

    ``title`` is plain text, such as the name of a file, or ``""``.
    """

    code: str
    language: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Callout:
    """The start of a callout. ``kind`` is lower case (``note``), ``title`` is plain text."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula as the card shows it.

    ``html`` is from KaTeX, ``""`` if it shows nothing (a definition). If it is ``None``, MathJax
    typesets ``tex`` on the card, or the card shows the source if ``is_refused``.
    """

    tex: str
    html: str | None = None
    is_display: bool = False
    is_refused: bool = False


Mark = Formula | Image | CodeBlock | Callout


@dataclass(frozen=True, slots=True)
class Fragment:
    """Neutral HTML and its marks.

    The word ``<key><n>z`` (``marks.mark_for``) is the formula ``marks[n]``. An element with the
    attribute ``data-<key>="<n>"`` is the image, code or callout ``marks[n]``. Footnotes have one of
    the two names in ``marks``. The word of ``marks.edge_mark`` is an edge of deletion ``n``, whose
    number is ``numbers[n]``.

    Markdown and HTML parsers never change a word of letters and digits. The key is a hash of the
    rendered Markdown. No text contains its own hash, so nobody can forge a mark.
    """

    html: NeutralHtml = NeutralHtml("")
    key: str = ""
    marks: tuple[Mark, ...] = ()
    numbers: tuple[int, ...] = ()


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
    its hint. The note has a card for each ``number``. It is the author's if it ``has_number``.
    """

    number: int
    opening: Stretch
    closing: Stretch
    divider: Stretch | None = None
    has_number: bool = True


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

    @property
    def images(self) -> tuple[Image, ...]:
        """The images of all sides, in order and with repetitions."""
        sides = (self.front, self.back, self.hint, self.extra)
        return tuple(mark for side in sides for mark in side.marks if isinstance(mark, Image))


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
