"""Lists with numbers that the page shows as letters: ``<div class="upper-alpha">``."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase

_LETTERED = re.compile(r"(?i)\s*<div\b[^<>]*\b(?P<case>upper|lower)-alpha\b")
NUMBERED = re.compile(r"(?P<indent>[ \t]*)(?P<number>\d{1,2})[.)][ \t]+(?=\S)")


def letters_of(line: str, letters: str) -> str:
    """The letters that a page shows for the numbers of the lists below, ``""`` for none."""
    match = _LETTERED.match(line)
    if match:
        return ascii_uppercase if match["case"].lower() == "upper" else ascii_lowercase
    return "" if "</div" in line else letters


def is_lettered(line: str) -> bool:
    """Whether a line opens a stretch in which the page shows letters for numbers."""
    return _LETTERED.match(line) is not None
