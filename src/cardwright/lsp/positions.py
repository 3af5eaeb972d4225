"""Translates between places as the editor counts them and as Cardwright does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lsprotocol.types import Position, PositionEncodingKind, Range
from pygls.workspace import PositionCodec

_LINE_END = re.compile(r"\r\n|\r|\n")


def split_lines(text: str) -> list[str]:
    """Split a text into lines as CommonMark does, and not at form feeds or U+2028."""
    return _LINE_END.split(text)


@dataclass(frozen=True, slots=True)
class EditorDocument:
    """The lines of a file, and the unit of columns in the editor: by default UTF-16 code units.

    Cardwright's lines and columns start at 1 and count characters. Places outside of the text are
    moved to its end.
    """

    lines: Sequence[str]
    encoding: str = PositionEncodingKind.Utf16

    def line(self, number: int) -> str:
        """Return line ``number``, empty if there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def position(self, line: int, column: int) -> Position:
        """Return the editor's position for a line and a column."""
        number = min(max(line, 1), len(self.lines))
        return Position(number - 1, self._units(self.line(number)[: max(column - 1, 0)]))

    def range(self, line: int, start: int, end: int) -> Range:
        """Return the editor's range for the columns from ``start`` up to ``end`` in a line."""
        return Range(self.position(line, start), self.position(line, end))

    def place(self, position: Position) -> tuple[int, int]:
        """Return the line and column of an editor's position."""
        number = position.line + 1
        left = position.character
        for index, character in enumerate(self.line(number)):
            if left <= 0:
                return number, index + 1
            left -= self._units(character)
        return number, len(self.line(number)) + 1

    def _units(self, text: str) -> int:
        return int(PositionCodec(self.encoding).client_num_units(text))


@dataclass(frozen=True, slots=True)
class LineEdit:
    """Replace columns ``start`` to ``end`` of a line with ``text``. All of them count from 1."""

    line: int
    start: int
    end: int
    text: str


def apply_edit(lines: Sequence[str], edit: LineEdit) -> list[str]:
    """Return the lines after an edit."""
    changed = list(lines) or [""]
    line = changed[edit.line - 1]
    new = line[: edit.start - 1] + edit.text + line[edit.end - 1 :]
    changed[edit.line - 1 : edit.line] = new.split("\n")
    return changed
