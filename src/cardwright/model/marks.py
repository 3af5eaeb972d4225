"""What stands in rendered text as a mark: formulas, images, code, callouts, deletions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NewType

from cardwright.model.text import Place

NeutralHtml = NewType("NeutralHtml", str)
"""HTML of a renderer: not yet cleaned, its formulas, images, code and callouts still marks."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a deletion begins, its hint begins or it ends: ``kind`` is one of those of ``marks``.

    ``deletion`` is its index in the note's deletions. The edge stands before character ``offset``
    of what it is in.
    """

    deletion: int
    kind: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as TeX, without its delimiters and without the marks of deletions in it.

    ``source`` is the text as it stands in the file, delimiters and marks included, and
    ``line_places`` where each of its lines begins in the file; ``edges`` are those of the
    deletions, by their offset in ``tex``. ``other`` is the other reading of a body in which
    backslashes may be doubled for a blog's Markdown, ``""`` where there is none.
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
    """A reference to an image; ``width`` and ``height`` are CSS pixels, ``""`` when not given.

    ``is_anywhere``: its name alone may lead to it, in whatever folder it is, as in Obsidian.
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
    """A block of code; ``language`` is the first word of the info string, ``""`` when none."""

    code: str
    language: str


@dataclass(frozen=True, slots=True)
class Callout:
    """The opening of a callout; ``kind`` is lower case (``note``), ``title`` plain text."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Typeset:
    """What a card has in a formula's place.

    ``html`` is KaTeX's, ``""`` for what shows nothing (a definition); where it is ``None``,
    MathJax typesets ``tex`` on the card, or its source stands there if it ``is_refused``.
    """

    tex: str
    html: str | None = None
    is_display: bool = False
    is_refused: bool = False


Mark = Formula | Image | CodeBlock | Callout


@dataclass(frozen=True, slots=True)
class Fragment:
    """Neutral HTML and the marks in it.

    The word ``<key><n>z`` (``marks.mark_for``) stands for the formula ``marks[n]``; an element
    with the attribute ``data-<key>="<n>"`` for the image, code or callout ``marks[n]``, or with
    one of the two names of ``marks`` for footnotes. A word of letters and digits is changed by no
    Markdown and no HTML parser. The key is a hash of the Markdown that was rendered: no text can
    hold its own key, so a mark cannot be forged. A word of ``marks.edge_mark`` stands for an edge
    of a deletion, ``numbers[n]`` being the number of deletion ``n``.
    """

    html: NeutralHtml = NeutralHtml("")
    key: str = ""
    marks: tuple[Mark, ...] = ()
    numbers: tuple[int, ...] = ()
