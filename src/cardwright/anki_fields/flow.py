"""Defines blocks and words: a field as a reader sees it, and traces them through an edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum


class Kind(StrEnum):
    """What a ``Word`` is."""

    WORD = "word"
    FORMULA = "formula"
    IMAGE = "image"
    CODE_LINE = "code line"
    CLOZE = "cloze"
    BOX = "box"
    RULE = "rule"


DISPLAY = "$$"
"""Prefix of a display formula's value. Inline formulas start with a single ``$``."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a symbol, or anything else that takes the place of a word."""

    kind: Kind
    value: str
    marks: frozenset[str] = frozenset()  # inline formats: `b`, `code`, `link https://…`
    gap: str = ""  # before it in its block: nothing, a space, or a line break

    @property
    def key(self) -> str:
        """The word without its marks and gap, for comparison."""
        return self.value if self.kind == Kind.WORD else f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a code block or a rule."""

    kind: str
    path: tuple[str, ...]  # names of its containers, such as lists and quotes, from the outermost
    opened: int  # how many of these start with this block
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
    if word.kind == Kind.FORMULA:
        delimiter = DISPLAY if word.value.startswith(DISPLAY) else "$"
        return f"{word.value}{delimiter}"
    if word.kind == Kind.IMAGE:
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


Origin = tuple[int, int]
"""The index of a block, and of a word in it."""


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A run of old blocks that became a run of new blocks. The ends are not included."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def block_changes(before: Sequence[Block], after: Sequence[Block]) -> tuple[BlockChange, ...]:
    """Return the differences as runs of blocks, ``()`` if there are none."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[BlockChange] = []
    for name, *codes in matcher.get_opcodes():
        if name != "equal":
            found += _split(before, after, BlockChange(*codes))
    return tuple(found)


_SIMILAR = 0.5
"""The share of words that two blocks must have in common to count as one edited block."""


def _split(
    before: Sequence[Block], after: Sequence[Block], change: BlockChange
) -> Sequence[BlockChange]:
    """Split a change into one for each block, if each block was edited by itself."""
    olds, news = range(change.old_start, change.old_end), range(change.new_start, change.new_end)
    pairs = list(zip(olds, news, strict=False))
    if len(olds) != len(news) or not all(_is_similar(before[a], after[b]) for a, b in pairs):
        return (change,)
    return [BlockChange(a, a + 1, b, b + 1) for a, b in pairs]


def _is_similar(old: Block, new: Block) -> bool:
    keys = [word.key for word in old.words], [word.key for word in new.words]
    is_same_form = (old.kind, old.path) == (new.kind, new.path)
    return is_same_form and SequenceMatcher(None, *keys, autojunk=False).ratio() > _SIMILAR


def with_changes(
    before: Sequence[Block], after: Sequence[Block], chosen: Sequence[BlockChange]
) -> tuple[Block, ...]:
    """Return ``before`` with only the ``chosen`` changes."""
    out: list[Block] = []
    at = 0
    for change in chosen:
        out += [*before[at : change.old_start], *after[change.new_start : change.new_end]]
        at = change.old_end
    return (*out, *before[at:])


def origins(before: Sequence[Block], after: Sequence[Block]) -> list[list[Origin | None]]:
    """Return, for each word of each block of ``after``, its origin in ``before`` or ``None``."""
    found: list[list[Origin | None]] = [[None] * len(block.words) for block in after]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for name, first, last, begin, end in matcher.get_opcodes():
        if name == "equal":
            for old, new in zip(range(first, last), range(begin, end), strict=True):
                found[new] = [(old, at) for at in range(len(after[new].words))]
        elif name == "replace":
            _trace(before, after, range(first, last), range(begin, end), found)
    return found


def map_words(
    before: Sequence[Block],
    after: Sequence[Block],
    change: Callable[[Word, Origin | None], Word],
) -> tuple[Block, ...]:
    """Return ``after`` with each word changed, depending on its origin in ``before``."""
    return tuple(
        replace(block, words=tuple(map(change, block.words, places)))
        for block, places in zip(after, origins(before, after), strict=True)
    )


def _trace(
    before: Sequence[Block],
    after: Sequence[Block],
    olds: range,
    news: range,
    found: list[list[Origin | None]],
) -> None:
    """Trace the words of changed blocks, first of those that only moved or changed their form."""
    left = list(olds)
    rest = []
    for new in news:
        same = next((old for old in left if before[old].words == after[new].words), None)
        if same is None:
            rest.append(new)
        else:
            left.remove(same)
            found[new] = [(same, at) for at in range(len(after[new].words))]
    old_keys, old_places = _stream(before, left)
    new_keys, new_places = _stream(after, rest)
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            old, new_place = old_places[a + k], new_places[b + k]
            if old is not None and new_place is not None:
                found[new_place[0]][new_place[1]] = old


def _stream(
    blocks: Sequence[Block], chosen: Sequence[int]
) -> tuple[list[str], list[Origin | None]]:
    """Return the keys and origins of all words, with a separator before each block."""
    keys: list[str] = []
    spots: list[Origin | None] = []
    for index in chosen:
        keys.append("\n")
        spots.append(None)
        for at, word in enumerate(blocks[index].words):
            keys.append(word.key)
            spots.append((index, at))
    return keys, spots


def without_colours(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Remove all colours of text."""
    return tuple(replace(block, words=tuple(map(uncoloured, block.words))) for block in blocks)


def uncoloured(word: Word, kept: Collection[str] = ()) -> Word:
    """Remove the colours of a word but those in ``kept``."""
    colours = {mark for mark in word.marks if mark.startswith(_COLOURS) and mark not in kept}
    return replace(word, marks=word.marks - colours) if colours else word


_COLOURS = ("color ", "background-color ")
