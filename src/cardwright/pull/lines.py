"""Turns an edited passage into replacements in its file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from cardwright.pull.located import SourceText, line_starts


@dataclass(frozen=True, slots=True)
class FileReplacement:
    """New text for the characters from ``start`` up to, but not including, ``end`` of a file."""

    start: int
    end: int
    text: str


def replacements(
    text: SourceText, new: str, lines: Sequence[str], prefix_choice: int
) -> tuple[FileReplacement, ...] | None:
    """Return the replacements that change the Markdown ``text`` to ``new`` in a file of ``lines``.

    ``prefix_choice`` says what precedes a new line: 0 for the indentation of the line above, 1
    for nothing, 2 for the prefix of the line below. Returns ``None`` if the file does not have a
    line in the same form as the Markdown.
    """
    old_lines, new_lines = text.text.split("\n"), new.split("\n")
    starts = line_starts(lines)
    spots = [_spot(text, at, lines) for at in range(len(old_lines))]
    found: list[FileReplacement] = []
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    for name, first, last, begin, end in matcher.get_opcodes():
        if name == "equal":
            continue
        paired = min(last - first, end - begin)
        for at in range(paired):
            spot, old, written = spots[first + at], old_lines[first + at], new_lines[begin + at]
            if spot is not None:
                start = starts[spot[0]] + spot[1]
                found.append(FileReplacement(start, start + len(old), written))
                continue
            pieces = _in_pieces(text, first + at, written, lines, starts)
            if pieces is None:
                return None
            found += pieces
        for at in _worth_removing(text, range(first + paired, last)):
            spot = spots[at]
            if spot is None or _prefix(lines, spot).strip(" \t>"):
                return None  # there is more on the line than the Markdown
            found.append(_without_line(lines, starts, spot[0]))
        if begin + paired < end:
            added = new_lines[begin + paired : end]
            inserted = _inserted(spots, first + paired, added, lines, starts, prefix_choice)
            if inserted is None:
                return None
            found.append(inserted)
    return tuple(found)


def _worth_removing(text: SourceText, gone: range) -> list[int]:
    """Return the lines to remove.

    If the file has other lines between them, runs of only blank lines are kept.
    """
    runs = [[*run] for _, run in groupby(gone, lambda at: text.lines[at].number - at)]
    kept = [run for run in runs if len(runs) == 1 or any(text.lines[at].text.strip() for at in run)]
    return [at for run in kept for at in run]


def replaced(lines: Sequence[str], changes: Sequence[FileReplacement]) -> tuple[str, ...] | None:
    """Apply the replacements. Return the new lines, or ``None`` if two replacements overlap."""
    text = "\n".join(lines)
    out: list[str] = []
    at = 0
    for change in sorted(changes, key=lambda each: (each.start, each.end)):  # stable
        if change.start < at:
            return None
        out += [text[at : change.start], change.text]
        at = change.end
    return tuple("".join((*out, text[at:])).split("\n"))


_Spot = tuple[int, int]
"""The index of a line of the file, and a column in it from 0."""


def _spot(text: SourceText, at: int, lines: Sequence[str]) -> _Spot | None:
    """Return where a line of the Markdown starts in the file, or ``None``."""
    if at >= len(text.lines):
        return None
    line = text.lines[at]
    if not 0 < line.number <= len(lines):
        return None
    column = line.column - 1
    if not lines[line.number - 1].startswith(line.text, column):
        return None
    return line.number - 1, column


def _in_pieces(
    text: SourceText, at: int, new: str, lines: Sequence[str], starts: Sequence[int]
) -> list[FileReplacement] | None:
    """Return the replacements in a line of which the card does not show some signs, or ``None``.

    The Markdown has spaces in their place, for example of the ``x`` in ``[x]``, and two more for a
    line break. They stay.
    """
    line = text.lines[at] if at < len(text.lines) else None
    if line is None or not 0 < line.number <= len(lines):
        return None
    old, column = line.text, line.column - 1
    there = lines[line.number - 1][column : column + len(old)]
    if any(a not in (b, " ") for a, b in zip(old, there.ljust(len(old)), strict=True)):
        return None
    begin = starts[line.number - 1] + column
    found: list[FileReplacement] = []
    for name, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, False
    ).get_opcodes():
        if name != "equal":
            if old[start:end] != there[start:end]:
                return None
            piece = new[new_start:new_end]
            found.append(FileReplacement(begin + start, begin + end, piece))
    return found


def _without_line(lines: Sequence[str], starts: Sequence[int], line: int) -> FileReplacement:
    if line + 1 < len(lines):
        return FileReplacement(starts[line], starts[line + 1], "")
    start = max(starts[line] - 1, 0)
    return FileReplacement(start, starts[line] + len(lines[line]), "")


def _inserted(
    spots: Sequence[_Spot | None],
    at: int,
    added: Sequence[str],
    lines: Sequence[str],
    starts: Sequence[int],
    prefix_choice: int,
) -> FileReplacement | None:
    """Insert new lines before line ``at`` of the Markdown."""
    before = spots[at - 1] if at else None
    below = spots[at] if at < len(spots) else None
    if before is None and below is None:
        return None
    prefix = ""
    if prefix_choice == 0 and before is not None:
        prefix = re.sub(r"[^\s>]", " ", _prefix(lines, before))
    elif prefix_choice == 2 and below is not None:
        prefix = _prefix(lines, below)
    text = [f"{prefix}{line}" if line else prefix.rstrip() for line in added]
    if before is not None:
        end = starts[before[0]] + len(lines[before[0]])
        return FileReplacement(end, end, "".join(f"\n{each}" for each in text))
    start = starts[below[0]] if below is not None else 0
    return FileReplacement(start, start, "".join(f"{each}\n" for each in text))


def _prefix(lines: Sequence[str], spot: _Spot) -> str:
    """Return what comes before a place on its line."""
    return lines[spot[0]][: spot[1]]
