"""What stands in rendered text as a mark: formulas, images, code, callouts, deletions."""

from __future__ import annotations

from dataclasses import dataclass
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

    ``source`` is the text as it stands in the file, delimiters and marks included; ``edges`` are
    those of the deletions, by their offset in ``tex``.
    """

    tex: str
    is_display: bool
    source: str
    place: Place
    edges: tuple[Edge, ...] = ()


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
