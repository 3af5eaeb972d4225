"""Finds fronts that begin with all of another front."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.identify.similarity.words import asked_words_of
from cardwright.wording.signs import COLONS, QUESTION_MARKS


def beginnings_of(fronts: Sequence[str]) -> dict[str, str]:
    """Return for each front the shortest one that is its beginning, up to the end of a word.

    "Why is it salty?" is the beginning of "Why is it salty, and why warm?". "What is a tree?" is
    not that of "What is a tree traversal?".
    """
    found: dict[str, str] = {}
    shortest = end = ""
    for stem, front in sorted((without_end(front), front) for front in set(fronts)):
        if not shortest or not stem.startswith(shortest):
            shortest = stem if len(asked_words_of(front)) >= _FEWEST_WORDS else ""
            end = front[len(shortest) :]
        more = front[len(shortest) :]
        is_whole = more.startswith(end) and not more[:1].isalnum()
        if shortest and (is_whole or _GOES_ON.match(more)):
            found[front] = shortest
    return found


def without_end(front: str) -> str:
    """Return the front without ``?``, ``:`` and the like at its end. The ``++`` of C++ stays."""
    return front.rstrip(f"{QUESTION_MARKS}{COLONS}!.…\u3002\uff01 ")


_GOES_ON = re.compile(rf"\s*[{COLONS},;(–\u2014\uff0c\uff1b\uff08]")
"""What follows a question that goes on after its end."""

_FEWEST_WORDS = 3
"""The fewest words of a beginning. "Tree" is too short to be that of "Tree traversal"."""
