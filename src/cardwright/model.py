"""The values that travel down the line, from the file to the card; nothing here acts.

A build is ``SourceFile`` → ``NoteSource`` → ``RenderedNote`` → ``ResolvedNote`` → ``Note``.
Every one of them is frozen; what a stage adds is in a new value that holds the old one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Guid = NewType("Guid", str)
"""13 characters of ``[a-z0-9]``: what Anki's importer knows a note by."""

Html = NewType("Html", str)
"""HTML that is complete and clean, ready for a field."""

NeutralHtml = NewType("NeutralHtml", str)
"""HTML of a renderer: not yet cleaned, its formulas, images, code and callouts still marks."""

DeckName = NewType("DeckName", str)
"""A full deck name, parts joined by ``::``."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file as the author's editor counts it.

    ``path`` is relative to the folder that is built, with ``/``; ``line`` and ``column`` count
    from 1, columns in characters; 0 means that the whole file (or line) is meant.
    """

    path: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of Markdown, without its line end, and where in the file it begins.

    Indentation or a quote's ``>`` that belongs to a container around the text is cut off;
    ``column`` is the column (from 1) at which ``text`` begins in the file.
    """

    text: str
    number: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of Markdown whose every line knows its line in the file."""

    path: str
    lines: tuple[Line, ...] = ()

    @property
    def markdown(self) -> str:
        """The text, lines joined by ``\\n``, no line end after the last; ``""`` when empty."""
        return "\n".join(line.text for line in self.lines)

    def place(self, index: int, offset: int = 0) -> Place:
        """The place in the file of character ``offset`` of line ``index`` (both from 0).

        An index outside the passage is taken to its nearest line; an empty passage has the
        place of its file.
        """
        if not self.lines:
            return Place(self.path)
        line = self.lines[min(max(index, 0), len(self.lines) - 1)]
        return Place(self.path, line.number, line.column + offset)


@dataclass(frozen=True, slots=True)
class FrontCard:
    """A card that the front matter holds; the file's text answers where ``answer`` is empty."""

    question: tuple[Line, ...]
    answer: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter of a file says that Cardwright understands.

    ``cards`` are those of its keys ``question`` (with ``answer``) and ``cards``.

    ``length`` is the number of lines that it takes at the top of the file, its fences included.
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
    length: int = 0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Markdown file, read: UTF-8 without BOM, line ends ``\\n``, front matter apart.

    ``path`` is relative to the folder that is built (for a single file: its name). ``lines`` is
    the whole file, front matter included, so that line ``n`` is ``lines[n - 1]``.
    """

    path: str
    lines: tuple[str, ...]
    front_matter: FrontMatter = FrontMatter()


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
    headings above the question, below the file's title; ``anchor`` the fragment of the heading
    as GitHub makes it. ``kind`` is that of its note type, ``qa`` or ``cloze``; the front of a
    ``cloze`` is its text as it was written, and ``deletions`` say what of it is hidden, in the
    order of their openings. They are nested or apart.
    """

    place: Place
    front: Passage
    back: Passage
    definitions: Passage
    hint: Passage
    extra: Passage
    section: tuple[str, ...] = ()
    anchor: str = ""
    explicit_id: str = ""
    tags: tuple[str, ...] = ()
    macros: tuple[tuple[str, str], ...] = ()
    is_reverse: bool = False
    is_new: bool = False
    kind: str = "qa"
    deletions: tuple[Deletion, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a deletion begins, its hint begins or it ends: ``kind`` is one of those of ``marks``.

    ``deletion`` is its index in the note's deletions. The edge stands before character ``offset``
    of what it is in.
    """

    deletion: int
    kind: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as TeX, without its delimiters and without the marks of deletions in it.

    ``source`` is the text as it stands in the file, delimiters and marks included; ``edges`` are
    those of the deletions, by their offset in ``tex``.
    """

    tex: str
    is_display: bool
    source: str
    place: Place
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A reference to an image; ``width`` and ``height`` are CSS pixels, ``""`` when not given.

    ``is_anywhere``: its name alone may lead to it, in whatever folder it is, as in Obsidian.
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
    """A block of code; ``language`` is the first word of the info string, ``""`` when none."""

    code: str
    language: str


@dataclass(frozen=True, slots=True)
class Callout:
    """The opening of a callout; ``kind`` is lower case (``note``), ``title`` plain text."""

    kind: str
    title: str


Mark = Formula | Image | CodeBlock | Callout


@dataclass(frozen=True, slots=True)
class Fragment:
    """Neutral HTML and the marks in it.

    The word ``<key><n>z`` (``marks.mark_for``) stands for the formula ``marks[n]``; an element
    with the attribute ``data-<key>="<n>"`` for the image, code or callout ``marks[n]``, or with
    one of the two names of ``marks`` for footnotes. A word of letters and digits is changed by no
    Markdown and no HTML parser. The key is a hash of the Markdown that was rendered: no text can
    hold its own key, so a mark cannot be forged. A word of ``marks.edge_mark`` stands for an edge
    of a deletion, ``numbers[n]`` being the number of deletion ``n``.
    """

    html: NeutralHtml = NeutralHtml("")
    key: str = ""
    marks: tuple[Mark, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note whose Markdown has become neutral HTML."""

    source: NoteSource
    front: Fragment
    back: Fragment
    hint: Fragment
    extra: Fragment


@dataclass(frozen=True, slots=True)
class Media:
    """A file that travels in the package under ``name``.

    ``name`` is made of the hash of the source's bytes and the recipe; ``source_hash`` is the
    SHA-256 (hex) of the source's bytes, what a note's change time depends on.
    """

    name: str
    content: bytes
    source_hash: str


@dataclass(frozen=True, slots=True)
class ResolvedNote:
    """A note whose fields are complete HTML; ``plain`` is its front as plain text with TeX.

    ``media`` are the files that its fields name, in order of use, each as often as it is used.
    """

    source: NoteSource
    front: Html
    back: Html
    hint: Html
    extra: Html
    plain: str
    media: tuple[Media, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of the package; ``description`` is HTML, ``""`` for none."""

    name: DeckName
    description: str = ""


@dataclass(frozen=True, slots=True)
class NoteTypeStamp:
    """What the lock knows of a note type: ``kind`` is ``qa`` or ``cloze``.

    ``id`` is the note type's id in Anki, ``mod`` the seconds since 1970 at which its templates,
    style or name (``fingerprint``, a hash of them) last changed.
    """

    kind: str
    id: int
    fingerprint: str
    mod: int
