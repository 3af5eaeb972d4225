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
    """A position in a file."""

    path: str  # relative to the built folder, with `/`
    line: int = 0  # from 1, 0 for the whole file
    column: int = 0  # in characters from 1, 0 for the whole line


class Line(NamedTuple):
    """A line of Markdown without its line end, and its place in the file.

    Indentation and quote markers of containers around the text are removed.
    """

    text: str
    number: int
    column: int = 1  # where the text starts in the file, from 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of Markdown in which every line has its line number in the file."""

    path: str
    lines: tuple[Line, ...] = ()  # no value in a packed passage until they are read
    markdown: str = field(init=False, repr=False, compare=False)  # the lines, joined by line feeds
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
    """The title of a file, a section or a list item."""

    plain: str  # for decks, tags and identity
    line: Line | None = None  # its Markdown if that is more than text: a formula, code, emphasis


@dataclass(frozen=True, slots=True)
class FrontCard:
    """A card in front matter."""

    question: tuple[Line, ...]
    answer: tuple[Line, ...] = ()  # if empty, the text of the file is the answer


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of front matter that Cardwright understands."""

    title: str = ""
    tags: tuple[str, ...] = ()
    deck: str = ""
    is_draft: bool = False
    questions: tuple[str, ...] = ()
    question_level: int | None = None
    subdecks: str = ""
    macros: tuple[tuple[str, str], ...] = ()
    cards: tuple[FrontCard, ...] = ()  # from `question` (with `answer`) and `cards`
    ignore: tuple[str, ...] = ()  # codes of diagnostics that are not reported for the file
    labels: tuple[tuple[str, str], ...] = ()  # those of `Config`
    length: int = 0  # the lines of the front matter with its fences


@dataclass(frozen=True, slots=True)
class Embed:
    """What ``![[target]]`` in the file ``path`` stands for: a note, or a part of one."""

    path: str
    target: str
    text: Passage  # empty if there is a problem
    definitions: Passage = Passage("")  # link references and footnotes of the text, not in it
    inner: tuple[str, ...] = ()  # targets of the embeds in it
    problem: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Markdown file that was read: UTF-8 without BOM, with parsed front matter."""

    path: str  # relative to the built folder, for a single file its name
    lines: tuple[str, ...]  # the whole file with its front matter: line `n` is `lines[n - 1]`
    front_matter: FrontMatter = FrontMatter()  # includes `folder`
    folder: FrontMatter = FrontMatter()  # the settings of the folders around it
    embeds: tuple[Embed, ...] = ()  # those in its text, and those in their own texts


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is read: the names of its dialects, and the level of its question headings."""

    dialects: tuple[str, ...]
    level: int | None = None  # `None` if no dialect is about headings

    def __str__(self) -> str:
        """Return words for a person: ``pairs and cloze``, ``headings of level 3``."""
        names = " and ".join(self.dialects)
        return names if self.level is None else f"{names} of level {self.level}"


@dataclass(frozen=True, slots=True)
class EarlierReading:
    """How earlier builds read a file."""

    choice: Choice | None = None  # `None` if a setting chose
    fronts: Sequence[str] = ()
    moved: Sequence[str] = ()  # fronts that moved to the file from others since

    @property
    def known(self) -> Sequence[str]:
        """All fronts that are questions of the file, as far as earlier builds tell."""
        return (*self.fronts, *self.moved)


NEVER_READ = EarlierReading()


NeutralHtml = NewType("NeutralHtml", str)
"""HTML from a renderer, not yet cleaned, with marks for formulas, images, code and callouts."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or end of a deletion, or the start of its hint."""

    deletion: int  # its index in the note's deletions
    kind: str  # see `markup.marks`
    offset: int = 0  # of the character behind the edge


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as TeX, without its delimiters and without marks of deletions.

    ``other`` is another reading, for text whose backslashes may be doubled for a blog's Markdown.
    """

    tex: str
    is_display: bool
    source: str  # the text in the file, with delimiters and marks
    place: Place
    edges: tuple[Edge, ...] = ()  # the deletions in it, by their offset in `tex`
    other: str = field(default="", compare=False)  # "" for none
    line_places: tuple[Place, ...] = field(default=(), compare=False)  # the start of each line


@dataclass(frozen=True, slots=True)
class Image:
    """A reference to an image."""

    target: str
    alt: str
    title: str
    width: str  # in CSS pixels, or ""
    height: str  # likewise
    place: Place
    is_anywhere: bool = False  # only the name has to match, in any folder, as in Obsidian


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A block of code."""

    code: str
    language: str  # the first word of the info string, or ""
    title: str = ""  # plain text, such as the name of a file, or ""


@dataclass(frozen=True, slots=True)
class Callout:
    """The start of a callout."""

    kind: str  # in lower case: `note`
    title: str  # plain text


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula as the card shows it: HTML from KaTeX, or TeX for MathJax on the card."""

    tex: str
    html: str | None = None  # "" if it shows nothing (a definition), `None` for MathJax
    is_display: bool = False
    is_refused: bool = False  # without HTML, the card shows the source


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
    """A part of a passage that a cloze note hides."""

    number: int  # of its card; the note has a card for each
    opening: Stretch  # the author's mark before it
    closing: Stretch  # the author's mark behind it
    divider: Stretch | None = None  # the `::` before its hint
    has_number: bool = True  # the number is the author's


@dataclass(frozen=True, slots=True)
class NoteSource:
    """A question as its author wrote it.

    Deletions may be nested, but never overlap otherwise.
    """

    place: Place
    front: Passage  # Markdown without numbering and attributes; the text as written of a cloze note
    back: Passage
    definitions: Passage  # link references and footnotes of both sides, rendered with each
    hint: Passage
    extra: Passage
    section: tuple[str, ...] = ()  # the plain headings above it, below the file's title
    outer: tuple[str, ...] = ()  # the list items around it, which are not part of its identity
    titles: tuple[Title, ...] = ()  # the Markdown of these and the file's, if more than text
    anchor: str = ""  # the heading's fragment as on GitHub
    explicit_id: str = ""
    tags: tuple[str, ...] = ()
    macros: tuple[tuple[str, str], ...] = ()
    is_reverse: bool = False
    is_new: bool = False
    kind: str = "qa"  # or `cloze`
    deletions: tuple[Deletion, ...] = ()  # what a cloze note hides, ordered by openings
    embeds: tuple[Embed, ...] = ()  # those that its text reaches


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note whose Markdown is neutral HTML."""

    source: NoteSource
    front: Fragment
    back: Fragment
    hint: Fragment
    extra: Fragment
    titles: tuple[Fragment, ...] = ()  # they match those of its source

    @property
    def images(self) -> tuple[Image, ...]:
        """The images of all sides, in order and with repetitions."""
        sides = (self.front, self.back, self.hint, self.extra)
        return tuple(mark for side in sides for mark in side.marks if isinstance(mark, Image))


@dataclass(frozen=True, slots=True)
class Media:
    """A file in the package."""

    name: str  # from the hash of the source and the recipe
    content: bytes
    source_hash: str  # SHA-256 (hex) of the source; the note's change time depends on it
    is_sound: bool = False  # a sound or film
    is_clear: bool = False  # an image with transparency


@dataclass(frozen=True, slots=True)
class ResolvedNote:
    """A note with complete HTML in its fields."""

    source: NoteSource
    front: Html
    back: Html
    hint: Html
    extra: Html
    plain: str  # its front as plain text with TeX
    media: tuple[Media, ...] = ()  # the files in its fields, in order of use, with repetitions
    titles: tuple[tuple[str, Html], ...] = ()  # those of its source, by plain text
    hashes: tuple[str, ...] = ()  # of front, back, hint and extra, () if nobody made them


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
    """A note of the package: fields, identity, deck and times."""

    guid: Guid
    note_id: int  # the creation time in milliseconds
    deck: DeckName
    tags: tuple[str, ...]
    mod: int  # in seconds since 1970; Anki's importer compares it
    due: int  # the position among new cards, from 1
    front: Html  # the text of a cloze note
    back: Html
    hint: Html
    extra: Html
    context: Html
    source: Html
    plain: str
    is_reverse: bool
    media: tuple[Media, ...] = ()
    kind: str = "qa"  # as in `NoteTypeStamp`
    hashes: tuple[str, ...] = ()  # those of its `ResolvedNote`


compressible(Note, "front", "back", "extra")


@dataclass(frozen=True, slots=True)
class Preset:
    """Options of decks. Anki calls them a preset."""

    name: str  # it identifies the preset
    project: str  # the deck that brings it
    values: tuple[tuple[str, int], ...] = ()  # the options in the settings, by Anki's names


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of the package."""

    name: DeckName
    description: str = ""  # HTML, or ""
    preset: Preset | None = None  # that of the root deck is for all decks below it


@dataclass(frozen=True, slots=True)
class NoteTypeStamp:
    """The record of a note type in the lock."""

    kind: str  # `qa` or `cloze`
    id: int  # its id in Anki
    fingerprint: str  # a hash of templates, style and name
    mod: Seconds  # when that last changed
