"""Which lines of a piece of Markdown are code, told without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MARKER = re.compile(r"\s*(?:(?:[-*+>]|\d{1,9}[.)])\s+)*(?P<fence>`{3,}|~{3,})(?P<info>.*)")


def lines_of_code(lines: Sequence[str]) -> list[bool]:
    """For each line whether it belongs to a fenced block, the fences themselves included."""
    found = [False] * len(lines)
    for start, end in fenced_blocks(lines):
        found[start:end] = [True] * (end - start)
    return found


def fenced_blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The fenced blocks, each as the index of its first line and the one behind its last.

    CommonMark section 4.5: a block is closed by a fence of the same sign, at least as long and
    with nothing behind it. One that is never closed is none here: a stray fence at the end of
    an answer must not hide what follows.
    """
    opened, fence = 0, ""
    able = [number for number, line in enumerate(lines) if "```" in line or "~~~" in line]
    for number in able:
        marker = _MARKER.match(lines[number])
        if marker is None or (marker["fence"][0] == "`" and "`" in marker["info"]):
            continue
        if not fence:
            opened, fence = number, marker["fence"]
        elif marker["fence"].startswith(fence) and not marker["info"].strip():
            yield opened, number + 1
            fence = ""
