"""Values for the notes of a file, and for what they still lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.identify.drafts import Imprint
from cardwright.lock import LockEntry
from cardwright.model import (
    NEVER_READ,
    Choice,
    DeckName,
    EarlierReading,
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
from cardwright.report.counts import Counts


@dataclass(frozen=True, slots=True)
class Draft:
    """The lock entry of a note, and the deck, tags and Context that it was made with."""

    deck: DeckName
    tags: tuple[str, ...]
    context: Html
    entry: LockEntry


@dataclass(frozen=True, slots=True)
class NoteResult:
    """A note made from its file."""

    source: NoteSource
    imprint: Imprint  # identifies it
    resolved: ResolvedNote | None = None  # after `found`, without the bytes of files
    images: tuple[Image, ...] = ()
    rendered: RenderedNote | None = None  # with images only
    typeset: Mapping[Formula, Typeset] = field(default_factory=dict)  # with images only
    found: tuple[Media | None, ...] = ()  # the images' files without bytes, `None` if missing
    has_katex: bool = False
    draft: Draft | None = None
    counts: Counts | None = None  # for the report


@dataclass(frozen=True, slots=True)
class FileResult:
    """A file's title, how it was read, its notes in order, and its problems."""

    path: str
    deck: bytes  # a hash of the inputs that all files of the deck share
    inputs: bytes  # a hash of all inputs of the file
    title: str
    choice: Choice | None
    notes: tuple[NoteResult, ...]
    read_problems: tuple[Diagnostic, ...] = ()  # from reading the file
    term_problems: tuple[Diagnostic, ...] = ()  # QA318, only if the file is not in the lock
    problems: tuple[Diagnostic, ...] = ()  # from rendering and typesetting
    formulas: bytes = field(default=b"", compare=False)  # a deflated `KnownHtml`, or empty


@dataclass(frozen=True, slots=True)
class Shared:
    """What all files of a deck have in common."""

    config: Config
    is_single: bool
    root: DeckName  # the root deck, "" if the only file's title is the deck's name
    is_large: bool = False  # the fields of notes are compressed


@dataclass(frozen=True, slots=True)
class Task:
    """A file to make notes from."""

    source: SourceFile
    deck: bytes  # see `FileResult`
    inputs: bytes  # see `FileResult`
    earlier: EarlierReading = NEVER_READ
    before: FileResult | None = None  # the finished file before an edit
    formulas: bytes = b""  # those of `before`
