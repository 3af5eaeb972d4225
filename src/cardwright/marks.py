"""The text marks that stand for formulas while other tools read the text around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256

from cardwright.model import Formula, Mark

FOOTNOTES = "footnotes"
FOOTNOTE_REFERENCE = "footnote"
"""Values of the attribute ``data-<key>`` that stand for no mark, but for a class of ours."""


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
    for match in _pattern(key).finditer(text):
        formula = marks[int(match[1])]
        if isinstance(formula, Formula):
            parts += [text[at : match.start()], formula]
            at = match.end()
    return [*parts, text[at:]]


def replace_marks(
    text: str, key: str, marks: Sequence[Mark], show: Callable[[Formula], str]
) -> str:
    """``text`` with ``show(formula)`` in place of each mark."""
    parts = split_marks(text, key, marks)
    return "".join(part if isinstance(part, str) else show(part) for part in parts)


@lru_cache(maxsize=16)
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(re.escape(key) + r"(\d+)z")
