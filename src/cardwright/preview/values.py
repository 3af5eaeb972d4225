"""What a preview shows, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.diagnostics import Diagnostic
from cardwright.model import DeckName, Html, Note
from cardwright.pipeline import Assembly


@dataclass(frozen=True, slots=True)
class PreviewCard:
    """A card; ``key`` stays the same as long as its note keeps its GUID.

    ``line`` to ``end`` are the lines of its note in the file. ``name`` is that of its template,
    ``source`` its Markdown, for searching. ``state`` is ``new``, ``changed``, ``moved`` or ``""``.
    ``problems`` are indices in those of its file. ``shown`` are the fields that it shows.
    """

    key: str
    ord: int
    name: str
    deck: DeckName
    line: int
    end: int
    question: str
    source: str
    tags: tuple[str, ...]
    state: str
    problems: tuple[int, ...]
    shown: tuple[Html, ...]
    note: Note = field(compare=False)


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """A file of the content, its path as seen from the content's folder, ``""`` for what is wrong
    with no file."""

    path: str
    title: str = ""
    cards: tuple[PreviewCard, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewDeck:
    """A deck as its content says it now.

    ``files`` are in source order, those without cards after them. ``style`` is the CSS of every
    card, ``media`` has the bytes of each image, sound and font by its name. ``counts`` are the
    numbers of the plan. Where errors leave no cards, those of the build before are kept:
    ``is_stale``.
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
