"""The text of a file: its places, lines and passages, and what its front matter says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.I
)


def is_device(name: str) -> bool:
    """Whether Windows takes the name of a file for a device, whatever its ending."""
    return _DEVICE.match(name) is not None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file as the author's editor counts it.

    ``path`` is relative to the folder that is built, with ``/``; ``line`` and ``column`` count
    from 1, columns in characters; 0 means that the whole file (or line) is meant.
    """

    path: str
    line: int = 0
    column: int = 0


class Line(NamedTuple):
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
        return "\n".join([line.text for line in self.lines])

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
class Title:
    """What a file, a section or a list item is called.

    ``plain`` is the name of decks, tags and identity; ``line`` has its Markdown, where that says
    more than the plain text: a formula, code, emphasis. ``None`` where it does not.
    """

    plain: str
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class FrontCard:
    """A card that the front matter holds; the file's text answers where ``answer`` is empty."""

    question: tuple[Line, ...]
    answer: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter of a file says that Cardwright understands.

    ``cards`` are those of its keys ``question`` (with ``answer``) and ``cards``.

    ``ignore`` has codes of diagnostics that are not reported for the file. ``length`` is the
    number of lines that it takes at the top of the file, its fences included.
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
    length: int = 0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Markdown file, read: UTF-8 without BOM, line ends ``\\n``, front matter apart.

    ``path`` is relative to the folder that is built (for a single file: its name). ``lines`` is
    the whole file, front matter included, so that line ``n`` is ``lines[n - 1]``. ``folder`` is
    what the settings of the folders around it say; ``front_matter`` has taken it over.
    """

    path: str
    lines: tuple[str, ...]
    front_matter: FrontMatter = FrontMatter()
    folder: FrontMatter = FrontMatter()


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is read: the names of its dialects, and the level of questions in headings.

    ``level`` is ``None`` where none of the dialects is one of headings.
    """

    dialects: tuple[str, ...]
    level: int | None = None

    def __str__(self) -> str:
        """As a person says it: ``pairs and cloze``, ``headings of level 3``."""
        names = " and ".join(self.dialects)
        return names if self.level is None else f"{names} of level {self.level}"
