"""The words that stand for formulas and deletions while other tools read the text around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

from cardwright.model import Edge, Formula, Mark

FOOTNOTES = "footnotes"
FOOTNOTE_REFERENCE = "footnote"
"""Values of the attribute ``data-<key>`` that stand for no mark, but for a class of ours."""

OPENING, DIVIDER, CLOSING = "x", "w", "v"
"""The kinds of ``Edge``: a deletion begins, its hint begins, it ends."""


def key_for(markdown: str) -> str:
    """A key that ``markdown`` cannot hold, for it is made from a hash of it.

    Lower case letters and digits alone: no Markdown, no HTML parser, no rule for links or
    emphasis changes such a word, and it may stand in the name of an attribute. ``w`` is no hex
    digit, so that the key cannot overlap with itself.
    """
    return "cw" + sha256(markdown.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def mark_for(key: str, number: int) -> str:
    """The word that stands for the formula ``marks[number]``."""
    return f"{key}{number}z"


def split_marks(text: str, key: str, marks: Sequence[Mark]) -> list[str | Formula]:
    """``text`` cut at its marks: strings and, where marks were, formulas."""
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
    """From where to where each word of ``mark_for`` stands, and its number.

    A pattern with the key in it would have to be compiled for every passage.
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
    """``text`` with ``show(formula)`` in place of each mark."""
    if not key or key not in text:
        return text
    parts = split_marks(text, key, marks)
    return "".join(part if isinstance(part, str) else show(part) for part in parts)


def edge_mark(key: str, deletion: int, kind: str) -> str:
    """The word that stands for an edge of a deletion.

    Its brackets are punctuation (Unicode's Ps and Pe) to which Markdown, HTML and TeX give no
    meaning: what stands beside them is read as beside the marks of the author's, so that
    ``{{c1::_a_}}`` is still emphasis, where a letter in front would make it none.
    """
    return f"⸨{key}{deletion}{kind}⸩"


def split_edges(text: str, key: str) -> list[str | Edge]:
    """``text`` cut at the edges of deletions: strings and, where words were, edges."""
    if not key or key not in text:
        return [text]
    parts: list[str | Edge] = []
    at = 0
    for match in _edge_pattern(key).finditer(text):
        parts += [text[at : match.start()], Edge(int(match[1]), match[2])]
        at = match.end()
    return [*parts, text[at:]]


def without_edges(text: str, key: str) -> str:
    """``text`` without the words of deletions, what they hide still there."""
    return _edge_pattern(key).sub("", text) if key and key in text else text


def as_written(text: str, key: str, words: Mapping[str, str]) -> str:
    """``text`` with what the author wrote in place of each word of a deletion."""
    if not words or key not in text:
        return text
    return _edge_pattern(key).sub(lambda match: words[match[0]], text)


def holds_mark(text: str, key: str) -> bool:
    """Whether a word other than those of deletions is in ``text``."""
    return key in without_edges(text, key)


@lru_cache(maxsize=16)
def _edge_pattern(key: str) -> re.Pattern[str]:
    return re.compile(f"⸨{re.escape(key)}(\\d+)([xwv])⸩")
