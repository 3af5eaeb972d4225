"""Defines blocks and words: a field as a reader sees it, whatever its HTML looks like."""

from __future__ import annotations

import re
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
"""Prefix of a display formula's value. Inline formulas start with a single ``$``."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a symbol, or anything else that takes the place of a word.

    ``gap`` is what comes before it in its block: nothing, a space, or a line break. ``marks`` are
    its inline formats: ``b``, ``code``, ``link https://…``.
    """

    kind: str
    value: str
    marks: frozenset[str] = frozenset()
    gap: str = ""

    @property
    def key(self) -> str:
        """The word without its marks and gap, for comparison."""
        return self.value if self.kind == WORD else f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a code block or a rule.

    ``path`` has the names of its containers, such as lists and quotes, from the outermost. The
    last ``opened`` of them start with this block.
    """

    kind: str
    path: tuple[str, ...]
    opened: int
    words: tuple[Word, ...]

    @property
    def shared(self) -> int:
        """The number of its containers that contain the block before it, too."""
        return len(self.path) - self.opened

    @property
    def text(self) -> str:
        """The text of the block, for messages."""
        return "".join(f"{word.gap}{shown(word)}" for word in self.words)


def shown(word: Word) -> str:
    """Return the text of a word, for messages."""
    if word.kind == FORMULA:
        delimiter = DISPLAY if word.value.startswith(DISPLAY) else "$"
        return f"{word.value}{delimiter}"
    if word.kind == IMAGE:
        return f"[image {word.value.split(VALUE_SEP)[0]}]"
    return word.value


VALUE_SEP = "\x1f"

LISTS = frozenset({"ul", "ol"})
CELLS = frozenset({"td", "th"})
"""Containers in the path of a block."""

_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3"
TOKEN = rf"[{_CJK}]|[^\W_{_CJK}]+|[^\w\s]|_"
"""The pattern of a word or symbol. A Chinese or Japanese character is a word."""


def tidy_tex(tex: str) -> str:
    """Normalize what a build changes in TeX: white space, and the space in ``} }`` and ``: :``."""
    tex = " ".join(tex.replace("\u00a0", " ").split())
    return re.sub(r"(?<=\}) (?=\})|(?<=:) (?=:)", "", tex)
