"""Notes made by hand, for the stages behind parse."""

from __future__ import annotations

from collections.abc import Mapping

from cardwright.config import Config
from cardwright.diagnostics import Diagnostic
from cardwright.model import (
    Image,
    Line,
    Media,
    NoteSource,
    Passage,
    Place,
    RenderedNote,
    ResolvedNote,
)
from cardwright.render import render
from cardwright.resolve import resolve

NOTHING = Passage("plants.md")


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
