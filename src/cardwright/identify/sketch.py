"""Sketches of answers: a short text in the lock that tells how alike two answers are.

A sketch is a min-hash in one permutation (Li, Owen, Zhang: One Permutation Hashing, 2012), its
empty places filled by rotation (Shrivastava, Li: Densifying One Permutation Hashing, 2014), of
which six bits are kept for each place (Li, König: b-Bit Minwise Hashing, 2010).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

PLACES = 48
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BITS = 64
_MASK = (1 << _BITS) - 1
_CHANCE = 1 / len(_ALPHABET)


def sketch_of(words: Sequence[str]) -> str:
    """``PLACES`` characters for the set of the words and of their neighbouring pairs.

    ``""`` for no words. The share of places in which two sketches agree estimates how much of
    the two sets is common (Jaccard), within 0.07 as a rule.
    """
    lowest: list[int | None] = [None] * PLACES
    for feature in _features(words):
        value, place = divmod(feature, PLACES)
        low = lowest[place]
        if low is None or value < low:
            lowest[place] = value
    return _filled(lowest) if words else ""


def _features(words: Sequence[str]) -> set[int]:
    hashes = [_hash(word) for word in words]
    pairs = {(first * _ODD ^ second * _OTHER_ODD) & _MASK for first, second in pairwise(hashes)}
    return {*hashes, *map(_mixed, pairs)}


_ODD = 0x9E3779B97F4A7C15
_OTHER_ODD = 0xC2B2AE3D27D4EB4F


def _mixed(value: int) -> int:
    """The bits spread once more, since the place is taken from the lowest."""
    value = ((value ^ (value >> 31)) * _ODD) & _MASK
    value = ((value ^ (value >> 29)) * _OTHER_ODD) & _MASK
    return value ^ (value >> 32)


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(errors="replace"), digest_size=8).digest())


def _filled(lowest: Iterable[int | None]) -> str:
    """A character for each place; an empty one takes it from the next full one and how far away
    that is, so that two sketches agree there only where they agree on both."""
    letters: list[str] = []
    after = list(lowest) * 2
    following = _next_full(after)
    for place in range(PLACES):
        full = following[place]
        value = after[full]
        assert value is not None  # some place is full: there are words
        letters.append(_ALPHABET[_mixed(value + (full - place)) % len(_ALPHABET)])
    return "".join(letters)


def _next_full(places: Sequence[int | None]) -> list[int]:
    following = [0] * len(places)
    full = len(places)
    for place in range(len(places) - 1, -1, -1):
        if places[place] is not None:
            full = place
        following[place] = full
    return following


def likeness_of(one: str, other: str) -> float:
    """How much two answers have in common, 0 to 1; ``nan`` where a sketch is missing."""
    if not one or not other:
        return math.nan
    agreeing = sum(a == b for a, b in zip(one, other, strict=False)) / PLACES
    return max(0.0, (agreeing - _CHANCE) / (1 - _CHANCE))
