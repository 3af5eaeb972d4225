"""Notes made by hand, for the stages behind parse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cardwright.building import Built
from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.identify.drafts import draft, imprint
from cardwright.lock import LockEntry
from cardwright.math.katex import KatexSession
from cardwright.math.typeset import begin_typesetting
from cardwright.model import (
    Deck,
    DeckName,
    FiledNote,
    Guid,
    Html,
    Image,
    Line,
    Media,
    Note,
    NoteSource,
    NoteTypeStamp,
    Passage,
    Place,
    RenderedNote,
    ResolvedNote,
)
from cardwright.package import pack
from cardwright.render import render
from cardwright.resolve import resolve

NOTHING = Passage("plants.md")
BORN = 1_760_000_000_000  # milliseconds
MOD = 1_760_000_000  # seconds


def passage(markdown: str, first: int = 1, column: int = 1) -> Passage:
    """Lines that stand in ``plants.md`` from line ``first`` on."""
    lines = enumerate(markdown.split("\n"), first)
    return Passage("plants.md", tuple(Line(text, number, column) for number, text in lines))


def source(
    back: str = "",
    front: str = "",
    definitions: str = "",
    macros: tuple[tuple[str, str], ...] = (),
) -> NoteSource:
    parts = [passage(text) if text else NOTHING for text in (front, back, definitions)]
    return NoteSource(
        Place("plants.md", 1, 1),
        parts[0],
        parts[1],
        parts[2],
        NOTHING,
        NOTHING,
        macros=macros,
    )


def rendered(
    back: str, config: Config | None = None, definitions: str = ""
) -> tuple[RenderedNote, tuple[Diagnostic, ...]]:
    return render(source(back, definitions=definitions), config or Config())


def resolved(
    back: str = "",
    front: str = "",
    config: Config | None = None,
    found: Mapping[Image, Media] | None = None,
    macros: tuple[tuple[str, str], ...] = (),
    definitions: str = "",
) -> ResolvedNote:
    note, _ = render(source(back, front, definitions, macros), config or Config())
    return resolve(note, found or {}, config or Config())


def typeset(
    back: str, config: Config | None = None, macros: tuple[tuple[str, str], ...] = ()
) -> tuple[ResolvedNote, tuple[Diagnostic, ...]]:
    """A note with its formulas typeset, and what was wrong with them."""
    config = config or Config()
    note, problems = render(source(back, macros=macros), config)
    formulas, refused = begin_typesetting([note], config, KatexSession()).finish()
    return resolve(note, {}, config, formulas), (*problems, *refused)


def drafts_of(notes: Sequence[FiledNote], config: Config | None = None) -> list[LockEntry]:
    return [draft(note, imprint(note.note.source), config or Config()) for note in notes]


def packed_note(number: int, **changes: Any) -> Note:
    """A note that is ready for a package; ``number`` from 1 tells it from others."""
    plain = Note(
        guid=Guid(f"guid{number:09d}"),
        note_id=BORN + number,
        deck=DeckName("Root::Topic"),
        tags=("root::topic",),
        mod=MOD,
        due=number,
        front=Html(f"<p>Question {number}?</p>"),
        back=Html(f"<p>Answer {number}.</p>"),
        hint=Html(""),
        extra=Html(""),
        context=Html("Topic"),
        source=Html(""),
        plain=f"Question {number}?",
        is_reverse=False,
    )
    return replace(plain, **changes)


def bytes_of(built: Built) -> bytes:
    """Those of the package that a build has just written."""
    assert built.package is not None
    return built.package.read_bytes()


def packed_bytes(
    notes: Sequence[Note],
    decks: Sequence[Deck],
    notetypes: Sequence[NoteTypeStamp],
    root: str,
    lock: str = "",
    last: Path | None = None,
) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        pack(path, notes, decks, notetypes, root, lock=lock, last=last)
        return path.read_bytes()
