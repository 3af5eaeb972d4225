"""Parses attributes at the end of a question's heading: ``{#id .tag reverse skip new}``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import normalize

_BRACES = re.compile(r"(?P<space>\s*)\{:?(?P<inside>[^{}]*)\}\s*$")
MEANINGS = {
    "new": "make a new note, even if the question looks like an older one",
    "reverse": "ask in both directions: two cards",
    "skip": "leave the question out",
}
WORDS = tuple(MEANINGS)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the braces say. ``unknown`` are the words in them without a meaning.

    The form is that of Pandoc (header attributes) and kramdown (inline attribute lists). Their
    ``key=value`` pairs have no meaning here.
    """

    id: str = ""
    tags: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()


NO_ATTRIBUTES = Attributes()


def split_attributes(text: str) -> tuple[str, Attributes]:
    """Return the text without its attributes, and these. Other braces stay in the text."""
    match = _BRACES.search(text[-500:]) if text.rstrip().endswith("}") else None
    if match is None or not match["inside"].strip():
        return text, NO_ATTRIBUTES
    parts = match["inside"].split()
    known = [part for part in parts if re.match(r"[#.]\S|\w+=", part) or part in WORDS]
    is_glued = not match["space"] and len(text) > len(match.group())
    is_misspelt = not is_glued and all(nearest_word(part) for part in parts)
    if not (known or is_misspelt) or (is_glued and not re.match(r"[#.]", parts[0])):
        return text, NO_ATTRIBUTES
    ids = [part[1:] for part in parts if part.startswith("#")]
    bare = text[: len(text) - len(match.group())]
    # Hashes that close the heading (CommonMark 4.2) stand before the braces, not at the end.
    return (
        re.sub(r"(?:^|\s)#+\s*$", "", bare).rstrip(),
        Attributes(
            id=normalize("NFC", ids[-1]) if ids else "",  # as Anki keeps text
            tags=tuple(part[1:] for part in parts if part.startswith(".")),
            words=frozenset(part for part in parts if part in WORDS),
            unknown=tuple(part for part in parts if part not in known),
        ),
    )


def nearest_word(text: str) -> str:
    """Return the word that was probably meant, or ``""``."""
    return next(iter(get_close_matches(text.lower(), WORDS, n=1, cutoff=0.75)), "")
