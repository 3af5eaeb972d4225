"""A field as blocks of words: what a reader sees of it, and nothing of how it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD, FORMULA, IMAGE, CODE_LINE, CLOZE, BOX, RULE = (
    "word",
    "formula",
    "image",
    "code line",
    "cloze",
    "box",
    "rule",
)
"""The kinds of ``Word``."""


DISPLAY = "$$"
"""What the value of a formula that is set off begins with; that of any other with one ``$``."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sign of a text, or anything that is placed like a word.

    ``gap`` is what comes before it in its block: nothing, a blank, or a line break. ``marks``
    are what it is in: ``b``, ``code``, ``link https://…``.
    """

    kind: str
    value: str
    marks: frozenset[str] = frozenset()
    gap: str = ""

    @property
    def key(self) -> str:
        """What two words have in common that are the same, whatever is around them."""
        return self.value if self.kind == WORD else f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a block of code or a rule, in what it is nested: lists, quotes.

    ``path`` names these from the outermost; the last ``opened`` of them begin with this block.
    """

    kind: str
    path: tuple[str, ...]
    opened: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The block as a person reads it."""
        return "".join(f"{word.gap}{shown(word)}" for word in self.words)


def shown(word: Word) -> str:
    """A word as a person reads it."""
    if word.kind == FORMULA:
        sign = DISPLAY if word.value.startswith(DISPLAY) else "$"
        return f"{word.value}{sign}"
    if word.kind == IMAGE:
        return f"[image {word.value.split(APART)[0]}]"
    return word.value


APART = "\x1f"


_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3"


_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+|[^\w\s]|_")


def tokens_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word or sign of a text without line breaks of its own begins and ends."""
    for match in _TOKEN.finditer(text):
        yield match.start(), match.end(), match[0]


def tidy_tex(tex: str) -> str:
    """TeX without what the way onto a card changes: white space, and blanks in ``} }``."""
    tex = " ".join(tex.replace("\u00a0", " ").split())
    return re.sub(r"(?<=\}) (?=\})|(?<=:) (?=:)", "", tex)
