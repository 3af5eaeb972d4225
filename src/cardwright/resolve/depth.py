"""Flattens HTML that is nested too deeply for a parser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardwright.markup import END, Piece

MAX_DEPTH = 200
MAX_FORMATTING = 16
"""A parser opens an unclosed ``<b>`` again in each paragraph that follows. So a thousand of them
and a thousand paragraphs would make a million tags (HTML standard, 13.2.4.3)."""

_FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"}
)
_EMPTY = frozenset(
    {"br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_CLOSED_BY_THE_NEXT = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})


def shallow(pieces: Sequence[Piece], key: str) -> Sequence[Piece]:
    """Remove the tags that are nested too deeply. Their text and all marks stay.

    Returns ``pieces`` itself if there is nothing to remove.
    """
    dropped = {*_dropped(pieces, f"data-{key}")}
    return [piece for at, piece in enumerate(pieces) if at not in dropped] if dropped else pieces


def _dropped(pieces: Sequence[Piece], mark: str) -> Iterator[int]:
    open_names: list[str] = []
    formatting = 0
    for at, piece in enumerate(pieces):
        name = piece.name
        if not name:
            continue
        if piece.kind is END:
            if name not in open_names:
                yield at
                continue
            while (closed := open_names.pop()) != name:
                formatting -= closed in _FORMATTING
            formatting -= name in _FORMATTING
        elif name not in _EMPTY:
            if name in _CLOSED_BY_THE_NEXT and open_names[-1:] == [name]:
                open_names.pop()
            elif _is_too_deep(piece, len(open_names), formatting) and not piece.attribute(mark):
                yield at
                continue
            open_names.append(name)
            formatting += name in _FORMATTING


def _is_too_deep(piece: Piece, depth: int, formatting: int) -> bool:
    return depth >= MAX_DEPTH or (piece.name in _FORMATTING and formatting >= MAX_FORMATTING)
