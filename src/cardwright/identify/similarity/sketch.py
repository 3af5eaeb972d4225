"""Sketches of answers: a short text in the lock that tells how alike two answers are.

A sketch is a min-hash in one permutation (Li, Owen, Zhang: One Permutation Hashing, 2012) of
which six bits are kept for each place (Li, König: b-Bit Minwise Hashing, 2010).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

PLACES = 48
EMPTY = "."
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CHANCE = 1 / len(_ALPHABET)
_MASK = (1 << 64) - 1


def sketch_of(words: Sequence[str]) -> str:
    """``PLACES`` characters for the set of the words and of their neighbouring pairs.

    Each of these falls into one place, and of those in a place one is kept; ``EMPTY`` where
    there is none. ``""`` for no words.
    """
    lowest = [_MASK] * PLACES
    for feature in _features(words):
        value, place = divmod(feature, PLACES)
        lowest[place] = min(lowest[place], value)
    letters = (EMPTY if low == _MASK else _ALPHABET[low % len(_ALPHABET)] for low in lowest)
    return "".join(letters) if words else ""


def _features(words: Sequence[str]) -> set[int]:
    hashes = [_hash(word) for word in words]
    pairs = {(one * _ODD ^ other * _OTHER_ODD) & _MASK for one, other in pairwise(hashes)}
    return {*hashes, *map(_mixed, pairs)}


_ODD = 0x9E3779B97F4A7C15
_OTHER_ODD = 0xC2B2AE3D27D4EB4F


def _mixed(value: int) -> int:
    """The bits spread once more, since the place is taken from the lowest."""
    value = ((value ^ (value >> 31)) * _ODD) & _MASK
    return value ^ (value >> 29)


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(errors="replace"), digest_size=8).digest())


def likeness_of(one: str, other: str) -> float:
    """How much of two answers is common (Jaccard), 0 to 1, within 0.07 as a rule.

    ``nan`` where a sketch is missing.
    """
    if not one or not other:
        return math.nan
    places = [(a, b) for a, b in zip(one, other, strict=False) if a != EMPTY or b != EMPTY]
    agreeing = sum(a == b for a, b in places) / max(len(places), 1)
    return max(0.0, (agreeing - _CHANCE) / (1 - _CHANCE))


def weight_of(sketch: str) -> float:
    """How much it says that an answer is the same, 0 to 1: little where it is a word or two.

    Eight words fill about a dozen places, and no two questions have them by chance.
    """
    return min(1.0, (1 + len(sketch) - sketch.count(EMPTY)) / _TELLING) if sketch else 0.0


_TELLING = 14
