"""Finds the text that Liquid leaves as it is, between ``{% raw %}`` and ``{% endraw %}``."""

from __future__ import annotations

import re
from bisect import bisect_right

RAW_TAG = re.compile(r"\{%-?\s*+(end)?raw\s*+-?%\}")
_AROUND = re.compile(
    r"\s*\{%-?\s*+raw\s*+-?%\}(?:[ \t]*\n)?(.*?)\s*\{%-?\s*+endraw\s*+-?%\}\s*", re.S
)


def raw_regions(text: str) -> list[tuple[int, int]]:
    """Return the ranges between raw tags and their ends. An unclosed tag has none."""
    regions: list[tuple[int, int]] = []
    start = -1
    for tag in RAW_TAG.finditer(text) if "raw" in text else ():
        if tag[1] is None:
            start = tag.end() if start < 0 else start
        elif start >= 0:
            regions.append((start, tag.start()))
            start = -1
    return regions


def is_raw(regions: list[tuple[int, int]], offset: int) -> bool:
    at = bisect_right(regions, offset, key=lambda region: region[0]) - 1
    return at >= 0 and offset < regions[at][1]


def without_raw(code: str) -> str:
    """Remove raw tags that surround all of a code text."""
    if "endraw" not in code:
        return code
    match = _AROUND.fullmatch(code)
    return match[1] if match else code
