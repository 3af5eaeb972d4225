"""Finds the lines in which the plugin Obsidian_to_Anki names the deck and the tags of a file.

``TARGET DECK: Plants`` and ``FILE TAGS: green wood`` may be anywhere in a file. The value follows a
colon, or is on the next line (https://github.com/ObsidianToAnki/Obsidian_to_Anki/wiki).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BEGINS = ("TARGET DECK", "FILE TAGS")
_FENCES = ("```", "~~~")
_LINE = re.compile(r"(?P<key>TARGET DECK|FILE TAGS)(?:: ?(?P<value>.*))?")


def plugin_lines(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the index of each such line, its key and its value, ``""`` if the next line has it.

    Skips code blocks.
    """
    text = "\n".join(lines)
    if not any(begin in text for begin in _BEGINS):  # much faster than to look at each line
        return
    found = [index for index, line in enumerate(lines) if line.startswith(_BEGINS)]
    is_code, start = False, 0
    for index in found:
        fences = (line.lstrip().startswith(_FENCES) for line in lines[start:index])
        is_code, start = is_code ^ bool(sum(fences) % 2), index
        match = None if is_code else _LINE.fullmatch(lines[index].rstrip())
        if match:
            yield index, match["key"], (match["value"] or "").strip()


def deck_and_tags(lines: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the first deck and all tags in such lines, ``""`` and ``()`` for none."""
    deck, tags = "", list[str]()
    for index, key, value in plugin_lines(lines):
        text = value or (lines[index + 1].strip() if index + 1 < len(lines) else "")
        if key == "FILE TAGS":
            tags += (tag.removeprefix("#") for tag in text.split())
        elif not deck and all(part.strip() for part in text.split("::")):
            deck = text
    return deck, tuple(dict.fromkeys(filter(None, tags)))


def indices_of(lines: Sequence[str]) -> set[int]:
    """Return the indices of such lines and of their values."""
    found: set[int] = set()
    for index, _, value in plugin_lines(lines):
        found |= {index} if value else {index, index + 1}
    return found
