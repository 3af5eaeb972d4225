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
    spots = _spots(text, lines) or [None]
    exact = [spot if spot and spot.is_exact else None for spot in spots]
    found: list[FileReplacement] = []
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    for name, first, last, begin, end in matcher.get_opcodes():
        if name == "equal":
            continue
        paired = min(last - first, end - begin)
        for at in range(paired):
            spot, old, written = spots[first + at], old_lines[first + at], new_lines[begin + at]
            pieces = _in_line(spot, old, written) if spot else None
            if pieces is None:
                return None
            found += pieces
        for at in _worth_removing(text, range(first + paired, last)):
            spot = exact[at]
            if spot is None or spot.prefix.strip(" \t>"):
                return None  # there is more on the line than the Markdown
            found.append(_without_line(spot, len("\n".join(lines))))
        if begin + paired < end:
            at, added = first + paired, new_lines[begin + paired : end]
            above, below = [None, *exact, None][at : at + 2]
            inserted = _inserted(above, below, added, prefix_choice)
            if inserted is None:
                return None
            found.append(inserted)
    return tuple(found)


def _worth_removing(text: SourceText, gone: range) -> list[int]:
    """Return the lines to remove. Between other lines of the file, blank ones alone are kept."""
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


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a line of the Markdown is in the file."""

    start: int  # its offset in the file
    prefix: str  # what comes before it on the line of the file
    rest: str  # that line from there on
    is_exact: bool  # the Markdown is there in the same form


def _spots(text: SourceText, lines: Sequence[str]) -> list[_Spot | None]:
    """Return the spot of each line of the Markdown, or ``None`` for a line that is elsewhere."""
    starts = line_starts(lines)
    found: list[_Spot | None] = []
    for line in text.lines:
        if not 0 < line.number <= len(lines):
            found.append(None)
            continue
        at, whole = line.column - 1, lines[line.number - 1]
        is_exact = whole.startswith(line.text, at)
        found.append(_Spot(starts[line.number - 1] + at, whole[:at], whole[at:], is_exact))
    return found


def _in_line(spot: _Spot, old: str, new: str) -> list[FileReplacement] | None:
    """Return the replacements in one line, or ``None`` if they have no place.

    The card may not show some signs of the line. Then the Markdown has spaces in their place, for
    example of the ``x`` in ``[x]``, and two more for a line break. They stay.
    """
    if spot.is_exact:
        return [FileReplacement(spot.start, spot.start + len(old), new)]
    there = spot.rest[: len(old)]
    if any(a not in (b, " ") for a, b in zip(old, there.ljust(len(old)), strict=True)):
        return None
    found: list[FileReplacement] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for name, start, end, new_start, new_end in matcher.get_opcodes():
        if name != "equal":
            if old[start:end] != there[start:end]:
                return None
            piece = new[new_start:new_end]
            found.append(FileReplacement(spot.start + start, spot.start + end, piece))
    return found


def _without_line(spot: _Spot, length: int) -> FileReplacement:
    """Remove a line with its line end. The last line of the file, up to ``length``, has none."""
    start, end = spot.start - len(spot.prefix), spot.start + len(spot.rest)
    if end < length:
        return FileReplacement(start, end + 1, "")
    return FileReplacement(max(start - 1, 0), end, "")


def _inserted(
    above: _Spot | None, below: _Spot | None, added: Sequence[str], prefix_choice: int
) -> FileReplacement | None:
    """Insert new lines between two lines of the Markdown."""
    prefix = ""
    if prefix_choice == 0 and above:
        prefix = re.sub(r"[^\s>]", " ", above.prefix)
    elif prefix_choice == 2 and below:
        prefix = below.prefix
    text = [f"{prefix}{line}" if line else prefix.rstrip() for line in added]
    if above:
        end = above.start + len(above.rest)
        return FileReplacement(end, end, "".join(f"\n{each}" for each in text))
    if below:
        start = below.start - len(below.prefix)
        return FileReplacement(start, start, "".join(f"{each}\n" for each in text))
    return None
