"""The letters of the right options, written into the gap of the question: ``It is ( B )``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_GAP = re.compile(r"[（(][ \t\u3000]*(?P<letters>[A-H](?:[ \t,，、/]*[A-H]){0,7})[ \t\u3000]*[)）]")
_LAST = re.compile(
    r"[（(\[【][\s_]*(?P<letters>[A-Ha-h](?:[\s,，、]*[A-Ha-h]){0,5})[\s_]*[)）\]】][\s?？。.:：*_]*$"
)
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class FilledGap:
    """The letters of a gap, those of the options they name, at ``start`` to ``end`` of a text."""

    labels: tuple[str, ...]
    start: int
    end: int


def filled_gap(text: str, labels: Sequence[str]) -> FilledGap | None:
    """The gap at a text's end, or its only one, with nothing but letters of ``labels`` in it."""
    if len(text) > _LONGEST or len(labels) < 2:
        return None
    last = _LAST.search(text)
    found = [last] if last else [*_GAP.finditer(text)]
    if len(found) != 1:
        return None
    letters = re.findall("[A-H]", found[0]["letters"].upper())
    known = {label.upper(): label for label in labels}
    if len(set(letters)) != len(letters) or any(letter not in known for letter in letters):
        return None
    start, end = found[0].span("letters")
    return FilledGap(tuple(known[letter] for letter in letters), start, end)


def gap_above(
    lines: Sequence[str], is_code: Sequence[bool], at: int, labels: Sequence[str]
) -> tuple[int, FilledGap] | None:
    """The line of the paragraph above line ``at`` with such a gap, and it; both from 0."""
    first = at - 1
    while first >= 0 and at - first <= 2 and not lines[first].strip():
        first -= 1
    for number in range(first, max(first - _MOST_LINES, -1), -1):
        if not lines[number].strip() or is_code[number]:
            break
        gap = filled_gap(lines[number], labels)
        if gap is not None:
            return number, gap
    return None


_MOST_LINES = 4


_BEHIND = re.compile(r"(?<=[?？。.])\s*[（(\[【][^（(\[【]{1,30}[)）\]】]\s*$")


def emptied(text: str, gap: FilledGap) -> str:
    """The text with blanks in its gap, without the gap where it only follows the question."""
    behind = _BEHIND.search(text)
    if behind and behind.start() < gap.start:
        return text[: behind.start()]
    return text[: gap.start] + " " * (gap.end - gap.start) + text[gap.end :]
