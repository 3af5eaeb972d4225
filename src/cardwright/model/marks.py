"""Defines what marks in rendered text represent: formulas, images, code, callouts, deletions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NewType

from cardwright.model.text import Place

NeutralHtml = NewType("NeutralHtml", str)
"""HTML from a renderer, not yet cleaned, with marks for formulas, images, code and callouts."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or end of a deletion, or the start of its hint: see the kinds in ``markup.marks``.

    ``deletion`` is the index in the note's deletions. The edge is before character ``offset`` of
    its text.
    """

    deletion: int
    kind: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as TeX, without its delimiters and without marks of deletions.

    ``source`` is the text in the file, with delimiters and marks. ``line_places`` has the start of
    each of its lines in the file. ``edges`` are the deletions in it, by their offset in ``tex``.
    ``other`` is another reading, for text whose backslashes may be doubled for a blog's Markdown;
    ``""`` for none.
    """

    tex: str
    is_display: bool
    source: str
    place: Place
    edges: tuple[Edge, ...] = ()
    other: str = field(default="", compare=False)
    line_places: tuple[Place, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Image:
    """A reference to an image. ``width`` and ``height`` are CSS pixels, or ``""``.

    With ``is_anywhere``, only the name has to match, in any folder, as in Obsidian.
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
    """A block of code. ``language`` is the first word of the info string, or ``""``."""

    code: str
    language: str


@dataclass(frozen=True, slots=True)
class Callout:
    """The start of a callout. ``kind`` is lower case (``note``), ``title`` is plain text."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula as the card shows it.

    ``html`` is from KaTeX, ``""`` if it shows nothing (a definition). If it is ``None``, MathJax
    typesets ``tex`` on the card, or the card shows the source if ``is_refused``.
    """

    tex: str
    html: str | None = None
    is_display: bool = False
    is_refused: bool = False


Mark = Formula | Image | CodeBlock | Callout


@dataclass(frozen=True, slots=True)
class Fragment:
    """Neutral HTML and its marks.

    The word ``<key><n>z`` (``marks.mark_for``) is the formula ``marks[n]``. An element with the
    attribute ``data-<key>="<n>"`` is the image, code or callout ``marks[n]``. Footnotes have one of
    the two names in ``marks``. The word of ``marks.edge_mark`` is an edge of deletion ``n``, whose
    number is ``numbers[n]``.

    Markdown and HTML parsers never change a word of letters and digits. The key is a hash of the
    rendered Markdown. No text contains its own hash, so nobody can forge a mark.
    """

    html: NeutralHtml = NeutralHtml("")
    key: str = ""
    marks: tuple[Mark, ...] = ()
    numbers: tuple[int, ...] = ()
