"""How tall HTML is on a phone, about: enough to say whether it fits on a screen."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cardwright.markup import END, START, TEXT, Piece
from cardwright.resolve.plain import IN_LINE

SCREEN = 690
"""Pixels of a card that a phone of 390 by 844 shows between the bars of its program."""

LINE = 28
"""Pixels from one line of text to the next."""

_LETTERS = 41  # of Latin text in a line
_CELL = 2  # letters that the edge of a cell takes
_GAP = 14  # between two blocks
_CODE_LINE = 22
_CODE_FRAME = 48
_FORMULA = 72
_PICTURE = 250
_WIDTH = 358

_UNSEEN = frozenset({"math", "mjx-assistive-mml"})
"""What KaTeX and MathJax write for screen readers alone."""


@dataclass(slots=True)
class _Column:
    """What has been measured: pixels down to here, and the letters of the line that is open."""

    pixels: float = 0
    letters: float = 0
    indent: int = 0

    def end_block(self) -> None:
        if self.letters:
            width = max(_LETTERS - 3 * self.indent, 12)
            self.pixels += math.ceil(self.letters / width) * LINE + _GAP
            self.letters = 0

    def add(self, pixels: float) -> bool:
        """Add a block of a known height; true."""
        self.end_block()
        self.pixels += pixels
        return True


def tallness(pieces: Sequence[Piece], ends: Mapping[int, int], inside: range) -> float:
    """The height in pixels of the pieces of ``inside``, folded parts counted as closed.

    ``ends`` are the indices of the elements' end tags.
    """
    column = _Column()
    at = inside.start
    while at < inside.stop:
        piece = pieces[at]
        if at in ends and _is_a_whole(column, pieces, at, ends[at]):
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


def _is_a_whole(column: _Column, pieces: Sequence[Piece], at: int, end: int) -> bool:
    """Whether the element ``at`` is no running text; what it takes is then counted."""
    piece = pieces[at]
    if piece.name in _UNSEEN:
        return True
    if piece.name == "pre":
        lines = 1 + sum(part.text.count("\n") for part in pieces[at:end])
        return column.add(lines * _CODE_LINE + _CODE_FRAME)
    if "cw-math" in piece.classes:
        return column.add(_FORMULA)
    if piece.name == "details" and "open" not in dict(piece.attributes):
        return column.add(2 * LINE)
    return False


def _letters(text: str) -> float:
    """The letters of a text, wide ones counted twice; white space at its ends is one blank."""
    shown = " ".join(text.split())
    if shown.isascii():
        return len(shown)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)


def _add_image(column: _Column, image: Piece) -> None:
    """A picture of its size; one without a size is taken for a figure when it stands alone."""
    width, height = (_pixels(image.attribute(name)) for name in ("width", "height"))
    if width and height:
        scaled = height * min(1, _WIDTH / width)
    elif "cw-figure" in image.classes:
        scaled = _PICTURE
    else:
        return
    column.pixels += max(scaled - LINE, 0) if column.letters else scaled + _GAP


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _pixels(value: str) -> float:
    return float(value) if _NUMBER.fullmatch(value) else 0
