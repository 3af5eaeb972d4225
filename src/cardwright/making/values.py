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
    """A note made from its file.

    ``imprint`` identifies it. A note with ``images`` also has its ``rendered`` form and its
    formulas, ``typeset``. It is ``resolved`` after ``found`` has the file of each image, or
    ``None`` for a missing one. The files in ``found`` and ``resolved`` have no bytes. ``counts``
    are for the report.
    """

    source: NoteSource
    imprint: Imprint
    resolved: ResolvedNote | None = None
    images: tuple[Image, ...] = ()
    rendered: RenderedNote | None = None
    typeset: Mapping[Formula, Typeset] = field(default_factory=dict)
    found: tuple[Media | None, ...] = ()
    has_katex: bool = False
    draft: Draft | None = None
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class FileResult:
    """A file's title, how it was read, its notes in order, and its problems.

    ``inputs`` is a hash of all inputs of the file, ``deck`` of those that all files of the deck
    share. ``read_problems`` are from reading the file, ``problems`` from rendering and typesetting.
    ``term_problems`` (QA318) only count if the file is not in the lock. ``formulas`` is KaTeX's
    HTML, a ``deflated`` ``KnownHtml``, or empty.
    """

    path: str
    deck: bytes
    inputs: bytes
    title: str
    choice: Choice | None
    notes: tuple[NoteResult, ...]
    read_problems: tuple[Diagnostic, ...] = ()
    term_problems: tuple[Diagnostic, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    formulas: bytes = field(default=b"", compare=False)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all files of a deck have in common.

    ``root`` is the root deck, or ``""`` if the only file's title is the deck's name. If the deck
    ``is_large``, the fields of notes are compressed.
    """

    config: Config
    is_single: bool
    root: DeckName
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A file to make notes from.

    It has the arguments of ``parse``, the finished file from ``before`` an edit, and its
    ``formulas``. The result carries the hashes ``deck`` and ``inputs``.
    """

    source: SourceFile
    deck: bytes
    inputs: bytes
    earlier: EarlierReading = NEVER_READ
    before: FileResult | None = None
    formulas: bytes = b""
