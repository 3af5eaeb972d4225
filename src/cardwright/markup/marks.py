"""Makes the placeholder words for formulas and deletions, and finds them again.

They replace these while other libraries read the text around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

from cardwright.model import Edge, Formula, Mark

FOOTNOTES = "footnotes"
FOOTNOTE_REFERENCE = "footnote"
"""Values of the attribute ``data-<key>`` that add one of our classes, and are no mark."""

OPENING, DIVIDER, CLOSING = "x", "w", "v"
"""The kinds of ``Edge``: the start of a deletion, the start of its hint, and its end."""


def key_for(markdown: str) -> str:
    """Return a key that cannot occur in ``markdown``, because it is a hash of it.

    Has only lower case letters and digits: Markdown, HTML parsers, and rules for links and emphasis
    leave such a word unchanged, and attribute names may contain it. The ``w`` is no hex digit, so
    the key cannot overlap with itself.
    """
    return "cw" + sha256(markdown.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def mark_for(key: str, number: int) -> str:
    """Return the placeholder for the formula ``marks[number]``."""
    return f"{key}{number}z"


def split_marks(text: str, key: str, marks: Sequence[Mark]) -> list[str | Formula]:
    """Split ``text`` at its placeholders into strings and formulas."""
    if not key or key not in text:
        return [text]
    parts: list[str | Formula] = []
    at = 0
    for start, end, number in find_marks(text, key):
        formula = marks[number]
        if isinstance(formula, Formula):
            parts += [text[at:start], formula]
            at = end
    return [*parts, text[at:]]


def find_marks(text: str, key: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and number of each placeholder of ``mark_for``.

    A pattern with the key would have to be compiled for every passage.
    """
    at = text.find(key)
    while at >= 0:
        end = at + len(key)
        match = _NUMBER.match(text, end)
        if match is not None:
            end = match.end()
            yield at, end, int(match[1])
        at = text.find(key, end)


_NUMBER = re.compile(r"(\d+)z")


def replace_marks(
    text: str, key: str, marks: Sequence[Mark], show: Callable[[Formula], str]
) -> str:
    """Return ``text`` with ``show(formula)`` instead of each placeholder."""
    if not key or key not in text:
        return text
    parts = split_marks(text, key, marks)
    return "".join(part if isinstance(part, str) else show(part) for part in parts)


def edge_mark(key: str, deletion: int, kind: str) -> str:
    """Return the placeholder for an edge of a deletion.

    Its brackets are punctuation (Unicode's Ps and Pe) without a meaning in Markdown, HTML and TeX.
    So text beside them is parsed as it would be beside the author's braces: ``{{c1::_a_}}`` is
    still emphasis, which a letter in front would prevent.
    """
    return f"⸨{key}{deletion}{kind}⸩"


def split_edges(text: str, key: str) -> list[str | Edge]:
    """Split ``text`` at the edges of deletions into strings and edges."""
    if not key or key not in text:
        return [text]
    parts: list[str | Edge] = []
    at = 0
    for match in _edge_pattern(key).finditer(text):
        parts += [text[at : match.start()], Edge(int(match[1]), match[2])]
        at = match.end()
    return [*parts, text[at:]]


def without_edges(text: str, key: str) -> str:
    """Return ``text`` without the placeholders of deletions, keeping what they hide."""
    return _edge_pattern(key).sub("", text) if key and key in text else text


def as_written(text: str, key: str, words: Mapping[str, str]) -> str:
    """Return ``text`` with the author's characters instead of each placeholder of a deletion."""
    if not words or key not in text:
        return text
    return _edge_pattern(key).sub(lambda match: words[match[0]], text)


@lru_cache(maxsize=16)
def _edge_pattern(key: str) -> re.Pattern[str]:
    return re.compile(f"⸨{re.escape(key)}(\\d+)([xwv])⸩")
