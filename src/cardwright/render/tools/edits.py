"""Collects edits of a passage before it is rendered, and applies them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cardwright.formulas.traced import Replacement, Spot, Traced, replace
from cardwright.model import Line, Passage, Place


@dataclass(slots=True)
class Edits:
    """Edits of lines. Their places are those before any edit is applied.

    ``cuts`` replace a line from a spot on with a text and with what is kept of the line.
    ``dedents`` have the columns to remove from white space, by line and offset. ``after`` has the
    lines to insert after a line, each with a spot that has its indentation. ``above`` has those
    right above a line, with the spot of its text.
    """

    cuts: dict[Spot, tuple[str, str]] = field(default_factory=dict)
    dedents: dict[int, dict[int, int]] = field(default_factory=dict)
    alone: dict[int, Spot] = field(default_factory=dict)  # to put between blank lines
    after: dict[int, list[tuple[Spot, str]]] = field(default_factory=dict)
    above: dict[int, tuple[Spot, tuple[str, ...]]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # without a blank line there: a list stays tight

    def drop(self, spot: Spot) -> None:
        """Remove the text of a line from ``spot`` on."""
        self.cuts[spot] = "", ""

    def set_apart(self, spot: Spot, text: str, kept: str = "") -> None:
        """Replace a line from ``spot`` on with ``text`` and ``kept``, as a paragraph of its own.

        The characters of ``kept`` keep their places if the line contains it.
        """
        self.cuts[spot] = text, kept
        self.alone[spot.line] = spot

    def put_after(self, line: int, spot: Spot, text: str) -> None:
        """Insert ``text`` as a paragraph of its own after a line, indented like ``spot``."""
        self.after.setdefault(line, []).append((spot, text))

    def put_above(self, spot: Spot, *texts: str) -> None:
        """Insert lines right above the line of ``spot``, indented like it."""
        self.above[spot.line] = spot, texts

    def dedent(self, spot: Spot, columns: int) -> None:
        there = self.dedents.setdefault(spot.line, {})
        there[spot.offset] = there.get(spot.offset, 0) + columns


def apply_edits(edits: Edits, traced: Traced) -> Traced:
    """Apply all edits. The place of each character stays known."""
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
    """Yield the changes before and after the kept text, or one if the line does not contain it."""
    start = line.rfind(kept, spot.offset) if kept else -1
    if start < 0:
        yield Replacement(spot, Spot(spot.line, len(line)), text + kept)
        return
    yield Replacement(spot, Spot(spot.line, start), text)
    end = start + len(kept)
    if end < len(line):
        yield Replacement(Spot(spot.line, end), Spot(spot.line, len(line)), "")


def _dedent(text: str, spot: Spot, columns: int) -> Replacement:
    rest = text[spot.offset :]
    space = rest[: len(rest) - len(rest.lstrip(" \t"))]
    # A tab stops at the next multiple of four columns from the start of the line.
    width = len((" " * spot.offset + space).expandtabs(4)) - spot.offset
    if "\t" not in space:
        end = spot.offset + min(columns, len(space))
        return Replacement(spot, Spot(spot.line, end), "")
    end = spot.offset + len(space)
    return Replacement(spot, Spot(spot.line, end), " " * max(width - columns, 0))


def _with_lines(edits: Edits, traced: Traced, old: tuple[Line, ...]) -> Traced:
    """Insert new lines and remove others. Until now, there is one line for each old one."""
    if not (edits.alone or edits.after or edits.above or edits.gone):
        return traced
    lines: list[Line] = []
    segments: dict[int, tuple[tuple[int, Place], ...]] = {}
    for index, line in enumerate(traced.passage.lines):
        if index in edits.gone:
            continue
        above, below = _around(edits, index, old)
        lines += (line._replace(text=text) for text in above)
        if index in traced.segments:
            segments[len(lines)] = traced.segments[index]
        lines += (line, *(line._replace(text=text) for text in below))
    return Traced(Passage(traced.passage.path, tuple(lines)), segments)


def _around(edits: Edits, index: int, old: tuple[Line, ...]) -> tuple[list[str], list[str]]:
    """Return the lines to insert above and below a line."""
    above: list[str] = []
    below: list[str] = []
    if index in edits.alone:
        spot = edits.alone[index]
        below.append(_margin(edits, spot, old).rstrip())
        begins_a_list = old[index].text[: spot.offset].replace(">", "").strip()
        if index and not begins_a_list:
            above += below
    if index in edits.above:
        spot, texts = edits.above[index]
        margin = _margin(edits, spot, old)
        above += (margin + text for text in texts)
    for spot, text in edits.after.get(index, ()):
        margin = _margin(edits, spot, old)
        below += (margin.rstrip(), margin + text, margin.rstrip())
    return above, below


def _margin(edits: Edits, spot: Spot, old: tuple[Line, ...]) -> str:
    """Return what comes before a spot after the edits, with spaces instead of list markers."""
    text = old[spot.line].text[: spot.offset]
    for start, columns in sorted(edits.dedents.get(spot.line, {}).items(), reverse=True):
        change = _dedent(text, Spot(spot.line, start), columns)
        text = text[: change.begin.offset] + change.text + text[change.end.offset :]
    return re.sub(r"[^>\s]", " ", text)
