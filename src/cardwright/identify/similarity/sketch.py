"""Sketches answers: a short text in the lock from which the similarity of answers is estimated.

A sketch is a min-hash in one permutation (Li, Owen, Zhang: One Permutation Hashing, 2012). It
keeps six bits for each place (Li, König: b-Bit Minwise Hashing, 2010).
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

PLACES = 48
EMPTY = "."
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CHANCE = 1 / len(_ALPHABET)


def sketch_of(words: Sequence[str]) -> str:
    """Return ``PLACES`` characters for the set of words and pairs of neighbouring words.

    Each feature falls into one place, and each place keeps the one with the lowest hash. A place
    without a feature is ``EMPTY``. Returns ``""`` if there are no words.
    """
    if not words:
        return ""
    lowest = [_NONE] * PLACES
    for feature in _features(words):
        place = feature % PLACES
        if feature < lowest[place]:
            lowest[place] = feature
    return "".join([
        EMPTY if low == _NONE else _ALPHABET[low // PLACES % len(_ALPHABET)] for low in lowest
    ])  # fmt: skip


def _features(words: Sequence[str]) -> Iterator[int]:
    """Return 64-bit hashes of the words and of pairs of neighbouring words, with repetitions.

    All pairs are hashed at once, by arithmetic on one large number. Each hash has a lane of 128
    bits in it, so that no product reaches the next lane.
    """
    lanes = b"".join(map(_lane, words))
    mask = int.from_bytes(_MASK_OF_LANE * (len(words) - 1), "little")
    firsts = int.from_bytes(lanes, "little")
    pairs = (firsts * _ODD ^ (firsts >> _LANE) * _OTHER_ODD) & mask
    # Mix the bits once more, because the place depends on the lowest ones.
    pairs = ((pairs ^ (pairs >> 31)) & mask) * _ODD & mask
    pairs ^= pairs >> 29
    return chain(_hashes(lanes), _hashes(pairs.to_bytes(len(lanes) - _LANE // 8, "little")))


def _hashes(lanes: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(lanes) // 8}Q", lanes)[::2]


@lru_cache(maxsize=100_000)
def _lane(word: str) -> bytes:
    """Return the hash of a word as a lane, in little-endian order."""
    digest = hashlib.blake2b(word.encode(errors="replace"), digest_size=8).digest()
    return digest[::-1] + bytes(8)


_LANE = 128
_MASK_OF_LANE = b"\xff" * 8 + bytes(8)
_ODD = 0x9E3779B97F4A7C15
_OTHER_ODD = 0xC2B2AE3D27D4EB4F
_NONE = 1 << 64  # above every hash


def likeness_of(one: str, other: str) -> float:
    """Estimate the Jaccard similarity of two answers, 0 to 1, usually within 0.07.

    Returns ``nan`` if a sketch is missing.
    """
    if not one or not other:
        return math.nan
    places = [(a, b) for a, b in zip(one, other, strict=False) if a != EMPTY or b != EMPTY]
    agreeing = sum(a == b for a, b in places) / max(len(places), 1)
    return max(0.0, (agreeing - _CHANCE) / (1 - _CHANCE))


def weight_of(sketch: str) -> float:
    """Return how much an equal answer proves, 0 to 1: little for a word or two.

    Eight words fill about a dozen places. Two questions do not share those by chance.
    """
    return min(1.0, (1 + len(sketch) - sketch.count(EMPTY)) / _TELLING) if sketch else 0.0


_TELLING = 14
