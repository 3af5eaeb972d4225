"""Splits deletions so that both ends of each are in one element, and writes them as Anki does.

Anki replaces a deletion's marks with a ``<span>``. In ``**{{c1::a** b}}``, this would start in an
element and end outside it. So the deletion becomes two with the same number, one in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from cardwright.markup import END, START, TEXT, Piece, cut, element_ends
from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, edge_mark, split_edges, without_edges
from cardwright.model import Edge
from cardwright.resolve.plain import IN_LINE

_CONTENT = IN_LINE | {"input", "pre"}
"""Elements that a deletion can contain as a whole. In others, it starts after their start tag."""


@dataclass(slots=True)
class _Open:
    """An open deletion."""

    deletion: int
    end: int  # the index of its closing edge
    depth: int | None = None  # elements around its open piece, `None` if no piece is open
    has_begun: bool = False  # it has had a piece


Part = Piece | Edge


def split_deletions(pieces: Sequence[Piece], key: str) -> tuple[Piece, ...]:
    """Split each deletion in clean HTML where the edge of an element crosses it."""
    split = _DeletionSplitter(list(_parts(pieces, key)), key).pieces()
    joined: list[Piece] = []
    for kind, group in groupby(split, key=attrgetter("kind")):
        run = list(group)
        joined += [Piece(TEXT, "".join(piece.text for piece in run))] if kind is TEXT else run
    return tuple(joined)


def _parts(pieces: Sequence[Piece], key: str) -> Iterator[Part]:
    """Split the texts at their edges. Edges in tags and comments are removed."""
    for piece in pieces:
        if piece.kind is not TEXT:
            yield (
                piece._replace(text=without_edges(piece.text, key)) if key in piece.text else piece
            )
            continue
        for part in split_edges(piece.text, key):
            if isinstance(part, Edge):
                yield part
            elif part:
                yield Piece(TEXT, part)


class _DeletionSplitter:
    """The pass over the parts, with the open deletions and the number of open elements."""

    def __init__(self, parts: Sequence[Part], key: str) -> None:
        self._parts = parts
        self._key = key
        self._ends = element_ends(parts)
        self._closings = {
            part.deletion: index
            for index, part in enumerate(parts)
            if isinstance(part, Edge) and part.kind == CLOSING
        }
        self._closers = set(self._ends.values())
        self._open: list[_Open] = []
        self._depth = 0

    def pieces(self) -> Iterator[Piece]:
        for index, part in enumerate(self._parts):
            if isinstance(part, Edge):
                yield from self._edge(part, index)
            elif part.kind is START:
                yield from self._start(part, index)
            elif part.kind is END and index in self._closers:
                inside = (at for at, each in enumerate(self._open) if each.depth == self._depth)
                yield from self._stop(next(inside, len(self._open)))
                self._depth -= 1
            elif part.kind is TEXT and part.text.strip():
                yield from self._begin()
            if isinstance(part, Piece):
                yield part

    def _edge(self, edge: Edge, index: int) -> Iterator[Piece]:
        is_top = bool(self._open) and self._open[-1].deletion == edge.deletion
        if edge.kind == OPENING:
            end = self._closings.get(edge.deletion, -1)
            around = self._open[-1].end if self._open else len(self._parts)
            if index < end < around:  # otherwise it has no end, or ends outside the open one
                self._open.append(_Open(edge.deletion, end))
        elif edge.kind == DIVIDER and is_top:
            yield from self._begin()
            yield self._mark(edge.deletion, DIVIDER)
        elif edge.kind == CLOSING and is_top:
            if not self._open[-1].has_begun:
                yield from self._begin()
            if self._open.pop().depth is not None:
                yield self._mark(edge.deletion, CLOSING)

    def _start(self, tag: Piece, index: int) -> Iterator[Piece]:
        end = self._ends.get(index, -1)
        crossed = next((at for at, each in enumerate(self._open) if each.end < end), None)
        if crossed is not None:
            yield from self._stop(crossed)
        elif tag.name in _CONTENT:
            yield from self._begin()
        self._depth += index in self._ends

    def _begin(self) -> Iterator[Piece]:
        """Start a piece of each open deletion that has none open."""
        for each in self._open:
            if each.depth is None:
                each.depth, each.has_begun = self._depth, True
                yield self._mark(each.deletion, OPENING)

    def _stop(self, first: int) -> Iterator[Piece]:
        """End the pieces of the open deletions from ``first`` on, the innermost first."""
        for each in reversed(self._open[first:]):
            if each.depth is not None:
                each.depth = None
                yield self._mark(each.deletion, CLOSING)

    def _mark(self, deletion: int, kind: str) -> Piece:
        return Piece(TEXT, edge_mark(self._key, deletion, kind))


def write_deletions(html: str, key: str, numbers: Sequence[int]) -> str:
    """Replace the placeholders of deletions with Anki's marks.

    Anki searches the raw HTML: the first ``}}`` ends a deletion, and the first ``::`` starts its
    hint. So the text between the marks is escaped. A placeholder without a partner is removed.
    """
    if not numbers:
        return html
    parts = split_edges(html, key)
    paired = _paired(parts)
    out: list[str] = []
    depth = 0
    for index, part in enumerate(parts):
        if isinstance(part, str):
            out.append(_sealed(part) if depth else part)
        elif index in paired:
            out.append(_mark(part, numbers[part.deletion], parts[index - 1]))
            depth += {OPENING: 1, DIVIDER: 0, CLOSING: -1}[part.kind]
    return "".join(out)


def _paired(parts: Sequence[str | Edge]) -> set[int]:
    """Return the indices of the edges that belong to a pair, and of the dividers inside pairs."""
    paired: set[int] = set()
    open_: list[tuple[int, list[int]]] = []
    for index, part in enumerate(parts):
        if isinstance(part, str):
            continue
        if part.kind == OPENING:
            open_.append((part.deletion, [index]))
        elif open_ and open_[-1][0] == part.deletion:
            open_[-1][1].append(index)
            if part.kind == CLOSING:
                paired.update(open_.pop()[1])
    return paired


_GLUED = {OPENING: "{", DIVIDER: ":", CLOSING: "}"}
"""Anki would read a mark one character too early if this character came before it."""


def _mark(edge: Edge, number: int, before: str | Edge) -> str:
    mark = {OPENING: f"{{{{c{number}::", DIVIDER: "::", CLOSING: "}}"}[edge.kind]
    is_glued = isinstance(before, str) and before.endswith(_GLUED[edge.kind])
    return f"{_APART}{mark}" if is_glued else mark


_APART = "<span></span>"
_SIGNS = re.compile(r"\}(?=\})|:(?=:)")


def _sealed(html: str) -> str:
    """Break up each ``}}`` and ``::``: with an element in text, with an entity in a tag.

    Text gets no entities, because Anki's editor would write them back as characters.
    """
    if "}}" not in html and "::" not in html:
        return html
    forms = {True: lambda match: f"{match[0]}{_APART}", False: lambda match: f"&#{ord(match[0])};"}
    return "".join(_SIGNS.sub(forms[piece.kind is TEXT], piece.text) for piece in cut(html))
