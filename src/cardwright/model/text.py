"""Defines the text of a file: places, lines, passages and front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, repeat
from types import MemberDescriptorType
from typing import NamedTuple

_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.I
)


def is_device(name: str) -> bool:
    """Whether a file name is a device on Windows, with any suffix."""
    return _DEVICE.match(name) is not None


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
    """A piece of Markdown in which every line has its line number in the file."""

    path: str
    lines: tuple[Line, ...] = ()

    @property
    def markdown(self) -> str:
        r"""The text with lines joined by ``\\n``, no line end after the last; ``""`` if empty."""
        return "\n".join([line.text for line in self.lines])

    def place(self, index: int, offset: int = 0) -> Place:
        """Return the place of character ``offset`` in line ``index`` (both from 0).

        An index outside of the passage gives the nearest line, and an empty passage its file.
        """
        lines = self.lines
        if not lines:
            return Place(self.path)
        line = lines[min(max(index, 0), len(lines) - 1)]
        return Place(self.path, line.number, line.column + offset)


class PackedLines(NamedTuple):
    """The lines of a passage as one text.

    ``numbers`` is the first line number if they are consecutive. ``columns`` is the only column if
    all are equal.
    """

    text: str
    numbers: int | tuple[int, ...]
    columns: int | tuple[int, ...]


def pack_lines(lines: tuple[Line, ...]) -> PackedLines | tuple[Line, ...]:
    """Return the lines as one text, or ``lines`` itself if that is impossible."""
    text = "\n".join([line.text for line in lines])
    if not lines or text.count("\n") != len(lines) - 1:
        return lines
    _, numbers, columns = zip(*lines, strict=True)
    first, column = numbers[0], columns[0]
    in_order = numbers == tuple(range(first, first + len(lines)))
    is_even = columns.count(column) == len(columns)
    return PackedLines(text, first if in_order else numbers, column if is_even else columns)


def _unpack_lines(packed: PackedLines) -> tuple[Line, ...]:
    text, numbers, columns = packed
    at = count(numbers) if isinstance(numbers, int) else numbers
    begin = repeat(columns) if isinstance(columns, int) else columns
    return tuple(map(partial(tuple.__new__, Line), zip(text.split("\n"), at, begin, strict=False)))


class _LinesField:
    """The descriptor of ``Passage.lines``, which unpacks packed lines when they are read first.

    Most objects of a deck are lines, and a build reads only those of files that changed.
    """

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot

    def __get__(self, passage: Passage, kind: type) -> object:
        stored = self._slot.__get__(passage, kind)
        if type(stored) is PackedLines:
            stored = _unpack_lines(stored)
            self._slot.__set__(passage, stored)
        return stored

    def __set__(self, passage: Passage, stored: object) -> None:
        self._slot.__set__(passage, stored)


def stored_lines(passage: Passage) -> PackedLines | tuple[Line, ...]:
    """Return the lines of a passage, packed if nobody has read them yet."""
    stored: PackedLines | tuple[Line, ...] = _STORED.__get__(passage)
    return stored


_STORED: MemberDescriptorType = Passage.__dict__["lines"]
Passage.lines = _LinesField(_STORED)  # type: ignore[misc, assignment]


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
