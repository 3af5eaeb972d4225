"""Compares two texts word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel

SAME, OLD, NEW = "same", "old", "new"

_MARKS = r"\u0300-\u036f\u0591-\u05c7\u0610-\u06ed\u0900-\u109f\u1700-\u17ff\u200c\u200d"
_HAN = r"\u2e80-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"(\s*)(\[image\b[^\[\]\n]*+\]|\{{\{{c\d+::|[{_HAN}]|(?:(?![{_HAN}])[\w{_MARKS}])+|\S)"
)
"""The space before a word, and the word.

A word is a run of letters with their marks, a symbol, an image, or the start of a deletion. Chinese
and Japanese have no spaces between words, so each character is a word."""

_MOST_WORDS = 5_000  # texts that differ in more are not compared: that takes quadratic time

_LONE = 2  # unchanged text of at most this many letters between two changes counts as changed


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A piece of two texts: in both (``SAME``), or only in one (``OLD``, ``NEW``)."""

    kind: str
    text: str  # starts with the space before it


@dataclass(frozen=True, slots=True)
class _Word:
    gap: str
    text: str

    @property
    def whole(self) -> str:
        return self.gap + self.text


_Run = tuple[str, Sequence[_Word], Sequence[_Word]]
"""``SAME`` or ``NEW`` (changed), the words of the old text, and those of the new one."""


def word_diff(old: str, new: str) -> tuple[DiffPiece, ...]:
    """Return the pieces of both texts in order. Common pieces are spaced as in ``new``.

    The old words of a change come before the new ones. White space alone is no difference.
    """
    before, after = _words(old), _words(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = _runs(before[start : len(before) - end], after[start : len(after) - end])
    runs = [
        (SAME, before[:start], after[:start]),
        *middle,
        (SAME, before[len(before) - end :], after[len(after) - end :]),
    ]
    return tuple(_pieces(_merged(runs)))


def _words(text: str) -> list[_Word]:
    return [_Word(gap, word) for gap, word in _WORD.findall(text)]


def _common(some: Sequence[_Word], others: Sequence[_Word]) -> int:
    """Return the number of words that both have in common at the start."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one.text != other.text:
            break
        count += 1
    return count


def _runs(old: Sequence[_Word], new: Sequence[_Word]) -> list[_Run]:
    if not old or not new or max(len(old), len(new)) > _MOST_WORDS:
        return [(NEW, old, new)]
    steps = Indel.opcodes([word.text for word in old], [word.text for word in new])
    return [
        (
            SAME if step.tag == "equal" else NEW,
            old[step.src_start : step.src_end],
            new[step.dest_start : step.dest_end],
        )
        for step in steps
    ]


def _merged(runs: Sequence[_Run]) -> Iterator[_Run]:
    """Drop empty runs, join neighbours of a kind, and add short common words to changes."""
    last = len(runs) - 1
    kinds = [
        NEW if 0 < at < last and sum(len(word.text) for word in new) <= _LONE else kind
        for at, (kind, _, new) in enumerate(runs)
    ]
    for kind, group in groupby(zip(kinds, runs, strict=True), key=lambda pair: pair[0]):
        joined = [run for _, run in group]
        old = [word for _, words, _ in joined for word in words]
        new = [word for _, _, words in joined for word in words]
        if old or new:
            yield kind, old, new


def _pieces(runs: Iterator[_Run]) -> Iterator[DiffPiece]:
    for kind, old, new in runs:
        if kind == SAME:
            yield DiffPiece(SAME, "".join(word.whole for word in new))
            continue
        if old:
            yield DiffPiece(OLD, "".join(word.whole for word in old))
        if new:
            yield DiffPiece(NEW, "".join(word.whole for word in new))
