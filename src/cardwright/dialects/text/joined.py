"""Lines as one text, pieces of which are lines with their places again."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.model import Line


class Joined:
    """The text of ``lines``, joined by ``\\n``; offsets count its characters from 0."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.text = "\n".join(line.text for line in lines)

    def line_end(self, offset: int) -> int:
        """Where the line ends that the character at ``offset`` is on."""
        end = self.text.find("\n", offset)
        return end if end >= 0 else len(self.text)

    def piece(self, start: int, end: int) -> list[Line]:
        """What stands from ``start`` to before ``end``, one line at least."""
        found: list[Line] = []
        at = 0
        for line in self.lines:
            first, last = max(start - at, 0), min(end - at, len(line.text))
            if first <= last:
                found.append(Line(line.text[first:last], line.number, line.column + first))
            at += len(line.text) + 1
        return found
