"""What is made of a file, and what is still missing in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.identify.made import Imprint
from cardwright.lock import LockEntry
from cardwright.model import (
    Choice,
    DeckName,
    Formula,
    Html,
    Image,
    Media,
    NoteSource,
    RenderedNote,
    ResolvedNote,
    SourceFile,
    Typeset,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The entry of a note for the lock, and the deck, tags and context that it was made with."""

    deck: DeckName
    tags: tuple[str, ...]
    context: Html
    entry: LockEntry


@dataclass(frozen=True, slots=True)
class MadeNote:
    """A note that its file makes.

    ``key`` is a hash of all that it was made from, without its place. ``imprint`` is what it is
    known by. A note with ``images`` also has its ``rendered`` form and its formulas, ``typeset``.
    It is ``resolved`` once ``found`` says what each image is, ``None`` for a missing one. The
    files in ``found`` and ``resolved`` are without their bytes.
    """

    source: NoteSource
    key: bytes
    imprint: Imprint
    resolved: ResolvedNote | None = None
    images: tuple[Image, ...] = ()
    rendered: RenderedNote | None = None
    typeset: Mapping[Formula, Typeset] = field(default_factory=dict)
    found: tuple[Media | None, ...] = ()
    has_katex: bool = False
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file's title, how it was read, its notes in order, and all that is wrong with them.

    ``inputs`` is a hash of everything that went in, ``deck`` one of what all files of the deck
    share. ``read_problems`` are those of reading the file, ``problems`` those of rendering and
    typesetting. ``term_problems`` (QA318) count only while the lock does not know the file.
    ``formulas`` is what KaTeX wrote, as a ``deflated`` ``KnownHtml``. It is empty for nothing.
    """

    path: str
    deck: bytes
    inputs: bytes
    title: str
    choice: Choice | None
    notes: tuple[MadeNote, ...]
    read_problems: tuple[Diagnostic, ...] = ()
    term_problems: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    formulas: bytes = field(default=b"", compare=False)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all files of a deck have in common.

    ``root`` is the root deck, or ``""`` if the title of the only file is its name. The fields of
    the notes are deflated if the deck ``is_large``.
    """

    config: Config
    is_single: bool
    root: DeckName
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A file to make notes of.

    It has the arguments of ``parse``, what the file was ``before`` an edit, and its ``formulas``.
    ``deck`` and ``inputs`` are the hashes that the result has to carry.
    """

    source: SourceFile
    deck: bytes
    inputs: bytes
    kept: Choice | None = None
    known: Collection[str] = ()
    before: MadeFile | None = None
    formulas: bytes = b""
