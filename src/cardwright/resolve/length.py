"""Estimates the height of HTML on a phone, to decide whether it fits on a screen."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cardwright.markup import END, START, TEXT, Piece
from cardwright.resolve.plain import IN_LINE

SCREEN = 690
"""Pixels. The height of a card on a phone of 390 by 844, between the bars of the app."""

LINE = 28
"""Pixels. The height of a line of text."""

_LETTERS = 41  # of Latin text in a line
_CELL = 2  # letters that the edge of a cell takes
_GAP = 14  # between two blocks
_CODE_LINE = 22
_CODE_FRAME = 48
_FORMULA = 72
_PICTURE = 250
_WIDTH = 358

_UNSEEN = frozenset({"math", "mjx-assistive-mml"})  # for screen readers only


@dataclass(slots=True)
class _Column:
    """The measured height in pixels, and the number of letters in the open block."""

    pixels: float = 0
    letters: float = 0
    indent: int = 0

    def end_block(self) -> None:
        if self.letters:
            width = max(_LETTERS - 3 * self.indent, 12)
            self.pixels += math.ceil(self.letters / width) * LINE + _GAP
            self.letters = 0


def tallness(pieces: Sequence[Piece], ends: Mapping[int, int], inside: range) -> float:
    """Return the height in pixels of the pieces in ``inside``. Folded sections count as closed.

    ``ends`` maps the index of each start tag to that of its end tag.
    """
    column = _Column()
    at = inside.start
    while at < inside.stop:
        piece = pieces[at]
        whole = _whole_height(pieces, at, ends[at]) if at in ends else None
        if whole is not None:
            if whole:
                column.end_block()
                column.pixels += whole
            at = ends[at] + 1
            continue
        if piece.kind is TEXT:
            column.letters += _letters(piece.text)
        elif piece.name == "img":
            _add_image(column, piece)
        elif piece.name in ("td", "th"):
            column.letters += _CELL
        elif piece.kind in (START, END) and piece.name not in IN_LINE:
            column.end_block()
            if piece.name in ("ul", "ol", "blockquote", "dd"):
                column.indent += 1 if piece.kind is START else -1
        at += 1
    column.end_block()
    return column.pixels


def _whole_height(pieces: Sequence[Piece], at: int, end: int) -> int | None:
    """Return the height of the element ``at``, or ``None`` if it is running text."""
    piece = pieces[at]
    if piece.name in _UNSEEN:
        return 0
    if piece.name == "pre":
        lines = 1 + sum(part.text.count("\n") for part in pieces[at:end])
        return lines * _CODE_LINE + _CODE_FRAME
    if "cw-math" in piece.classes:
        return _FORMULA
    if piece.name == "details" and "open" not in dict(piece.attributes):
        return 2 * LINE
    return None


def _letters(text: str) -> float:
    """Count the letters of a text. Wide ones count twice, and a run of white space once."""
    shown = " ".join(text.split())
    if shown.isascii():
        return len(shown)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)


def _add_image(column: _Column, image: Piece) -> None:
    """Add the height of an image. Without a size, an image counts only if it is a figure."""
    given = (image.attribute(name) for name in ("width", "height"))
    width, height = (float(value) if _NUMBER.fullmatch(value) else 0 for value in given)
    if width and height:
        scaled = height * min(1, _WIDTH / width)
    elif "cw-figure" in image.classes:
        scaled = _PICTURE
    else:
        return
    column.pixels += max(scaled - LINE, 0) if column.letters else scaled + _GAP


_NUMBER = re.compile(r"\d+(?:\.\d+)?")
