"""The edges of deletions moved to where both ends of one stand in the same element.

Anki puts a ``<span>`` in place of a deletion's marks. ``**{{c1::a** b}}`` would have it begin in
an element and end outside of it; it becomes a deletion in either, with the same number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cardwright.markup import END, START, TEXT, Piece, element_ends
from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, edge_mark, split_edges, without_edges
from cardwright.model import Edge
from cardwright.resolve.plain import IN_LINE

_CONTENT = IN_LINE | {"input", "pre"}
"""The elements that a deletion can hold as a whole; it begins inside of all others."""


@dataclass(slots=True)
class _Open:
    """A deletion that has begun; ``end`` is the index of the part that ends it.

    ``depth`` is the number of elements around the piece of it that is being written, ``None``
    while none is; ``has_begun`` says that one was.
    """

    deletion: int
    end: int
    depth: int | None = None
    has_begun: bool = False


Part = Piece | Edge


def seated(pieces: Sequence[Piece], key: str) -> tuple[Piece, ...]:
    """The pieces of clean HTML, each deletion in them cut where an element's edge crosses it."""
    parts = list(_parts(pieces, key))
    return tuple(_joined(_Seats(parts, key).pieces()))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, texts that follow each other as one again."""
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        if kind is not TEXT:
            yield from group
            continue
        texts = list(group)
        yield Piece(TEXT, "".join(piece.text for piece in texts))


def _parts(pieces: Sequence[Piece], key: str) -> Iterator[Part]:
    """The pieces, texts cut at the edges in them; in a tag or a comment an edge means nothing."""
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


class _Seats:
    """The pass over the parts: which deletions are open, and in how many elements it is."""

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
            elif part.kind is END:
                yield from self._end(index)
            elif part.kind is TEXT and part.text.strip():
                yield from self._begin()
            if isinstance(part, Piece):
                yield part

    def _edge(self, edge: Edge, index: int) -> Iterator[Piece]:
        is_top = bool(self._open) and self._open[-1].deletion == edge.deletion
        if edge.kind == OPENING:
            end = self._closings.get(edge.deletion, -1)
            around = self._open[-1].end if self._open else len(self._parts)
            if index < end < around:  # else it has no end, or ends outside of what it is in
                self._open.append(_Open(edge.deletion, end))
        elif edge.kind == DIVIDER and is_top:
            yield from self._begin()
            yield self._word(edge.deletion, DIVIDER)
        elif edge.kind == CLOSING and is_top:
            if not self._open[-1].has_begun:
                yield from self._begin()
            if self._open.pop().depth is not None:
                yield self._word(edge.deletion, CLOSING)

    def _start(self, tag: Piece, index: int) -> Iterator[Piece]:
        end = self._ends.get(index)
        if end is not None:
            crossed = next((at for at, each in enumerate(self._open) if each.end < end), None)
            if crossed is not None:
                yield from self._stop(crossed)
            elif tag.name in _CONTENT:
                yield from self._begin()
            self._depth += 1
        elif tag.name in _CONTENT:
            yield from self._begin()

    def _end(self, index: int) -> Iterator[Piece]:
        if index in self._closers:
            inside = (at for at, each in enumerate(self._open) if each.depth == self._depth)
            yield from self._stop(next(inside, len(self._open)))
            self._depth -= 1

    def _begin(self) -> Iterator[Piece]:
        """Begin a piece of each open deletion that has none here."""
        for each in self._open:
            if each.depth is None:
                each.depth, each.has_begun = self._depth, True
                yield self._word(each.deletion, OPENING)

    def _stop(self, first: int) -> Iterator[Piece]:
        """End the pieces of the open deletions from ``first`` on, the inner ones first."""
        for each in reversed(self._open[first:]):
            if each.depth is not None:
                each.depth = None
                yield self._word(each.deletion, CLOSING)

    def _word(self, deletion: int, kind: str) -> Piece:
        return Piece(TEXT, edge_mark(self._key, deletion, kind))
