"""What is to be changed in a passage before it is read as Markdown, and the change made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cardwright.math.traced import Replacement, Traced, replace
from cardwright.model import Line, Passage, Place


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of a passage: line and offset in it, both from 0."""

    line: int
    offset: int


@dataclass(slots=True)
class Edits:
    """Changes of single lines, by where they stand before any of them is made.

    ``dedents`` has, for a line and an offset in it, the columns to take away from the white space
    there; ``alone`` the lines to set apart by blank ones; ``after`` the lines to put behind a
    line, each with the spot whose indentation it has. A cut puts a text in place of a line from
    its spot on, and behind it what is kept of that line.
    """

    cuts: dict[Spot, tuple[str, str]] = field(default_factory=dict)
    dedents: dict[int, dict[int, int]] = field(default_factory=dict)
    alone: dict[int, Spot] = field(default_factory=dict)
    after: dict[int, list[tuple[Spot, str]]] = field(default_factory=dict)

    def drop(self, spot: Spot) -> None:
        """Leave a line empty from ``spot`` on."""
        self.cuts[spot] = "", ""

    def set_apart(self, spot: Spot, text: str, kept: str = "") -> None:
        """``text`` as a paragraph of its own, in place of a line from ``spot`` on.

        Behind it ``kept``, whose characters know their place where the line has them.
        """
        self.cuts[spot] = text, kept
        self.alone[spot.line] = spot

    def put_after(self, line: int, spot: Spot, text: str) -> None:
        """``text`` as a paragraph of its own behind a line, indented as ``spot`` is."""
        self.after.setdefault(line, []).append((spot, text))

    def dedent(self, spot: Spot, columns: int) -> None:
        there = self.dedents.setdefault(spot.line, {})
        there[spot.offset] = there.get(spot.offset, 0) + columns


def apply(edits: Edits, traced: Traced) -> Traced:
    """The passage with all the edits made; every character still knows its place."""
    lines = traced.passage.lines
    changes = [
        change
        for spot, (text, kept) in edits.cuts.items()
        for change in _cut(lines[spot.line].text, spot, text, kept)
    ]
    changes += (
        _dedent(lines[line].text, Spot(line, offset), columns)
        for line, there in edits.dedents.items()
        for offset, columns in there.items()
    )
    return _with_lines(edits, replace(traced, changes), lines)


def _cut(line: str, spot: Spot, text: str, kept: str) -> Iterator[Replacement]:
    """The changes on both sides of what is kept, or one where the line does not have it."""
    start = line.rfind(kept, spot.offset) if kept else -1
    if start < 0:
        yield Replacement(spot.line, spot.offset, spot.line, len(line), text + kept)
        return
    yield Replacement(spot.line, spot.offset, spot.line, start, text)
    end = start + len(kept)
    if end < len(line):
        yield Replacement(spot.line, end, spot.line, len(line), "")


def _dedent(text: str, spot: Spot, columns: int) -> Replacement:
    rest = text[spot.offset :]
    space = rest[: len(rest) - len(rest.lstrip(" \t"))]
    # A tab goes to the next stop of four, counted from where the line begins.
    width = len((" " * spot.offset + space).expandtabs(4)) - spot.offset
    if "\t" not in space:
        end = spot.offset + min(columns, len(space))
        return Replacement(spot.line, spot.offset, spot.line, end, "")
    end = spot.offset + len(space)
    return Replacement(spot.line, spot.offset, spot.line, end, " " * max(width - columns, 0))


def _with_lines(edits: Edits, traced: Traced, old: tuple[Line, ...]) -> Traced:
    """The lines that are new put in; there is one line for each old one so far."""
    if not edits.alone and not edits.after:
        return traced
    lines: list[Line] = []
    segments: dict[int, tuple[tuple[int, Place], ...]] = {}
    now = traced.passage.lines
    for index, line in enumerate(now):
        spot = edits.alone.get(index)
        if spot is not None and index and not _begins_a_list(old[index].text[: spot.offset]):
            lines.append(Line(_margin(edits, spot, old).rstrip(), line.number, line.column))
        if index in traced.segments:
            segments[len(lines)] = traced.segments[index]
        lines.append(line)
        if spot is not None:
            lines.append(Line(_margin(edits, spot, old).rstrip(), line.number, line.column))
        for text in _behind(edits, index, old):
            lines.append(Line(text, line.number, line.column))
    return Traced(Passage(traced.passage.path, tuple(lines)), segments)


def _behind(edits: Edits, index: int, old: tuple[Line, ...]) -> Iterator[str]:
    for spot, text in edits.after.get(index, []):
        margin = _margin(edits, spot, old)
        yield margin.rstrip()
        yield margin + text
        yield margin.rstrip()


def _begins_a_list(margin: str) -> bool:
    return bool(margin.replace(">", "").strip())


def _margin(edits: Edits, spot: Spot, old: tuple[Line, ...]) -> str:
    """What stands before a spot once the edits are made, the marks of lists as spaces."""
    text = old[spot.line].text[: spot.offset]
    for start, columns in sorted(edits.dedents.get(spot.line, {}).items(), reverse=True):
        change = _dedent(text, Spot(spot.line, start), columns)
        text = text[: change.start] + change.text + text[change.end :]
    return re.sub(r"[^>\s]", " ", text)
