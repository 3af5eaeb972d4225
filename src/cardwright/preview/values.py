"""Defines the values of a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.diagnostics import Diagnostic
from cardwright.model import Note
from cardwright.pipeline import Assembly


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """A card. ``key`` is the same as long as its note keeps its GUID.

    ``line`` to ``end`` are the lines of its note in the file. ``name`` is the name of its template.
    ``source`` is its Markdown, for searching. ``state`` is ``new``, ``changed``, ``moved`` or
    ``""``. ``problems`` are indices into the problems of its file. ``shown`` is what the page
    shows of its note, so that two builds of a card can be compared.
    """

    key: str
    ord: int
    name: str
    line: int
    end: int
    source: str
    state: str
    problems: tuple[int, ...]
    shown: tuple[object, ...]
    note: Note = field(compare=False)


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """A file with its path relative to the content's folder, ``""`` for problems of no file."""

    path: str
    title: str = ""
    cards: tuple[PreviewCard, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewDeck:
    """A deck as the content is now.

    ``files`` are in source order, then files without cards. ``style`` is the CSS of every card.
    ``media`` has the bytes of each image, sound and font by name. ``counts`` has the numbers of the
    plan. If errors leave no cards, ``is_stale`` is true and the cards are those of the last build.
    """

    title: str
    files: tuple[PreviewFile, ...]
    assembly: Assembly
    style: str = ""
    media: Mapping[str, bytes] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    is_stale: bool = False

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        return tuple(problem for file in self.files for problem in file.problems)
