"""How alike two fronts are, where each word counts by what it tells."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each word of a front tells: the rarer it is in the deck, the more.

    Of "What are the advantages of mosses?" and "What are the advantages of ferns?" most words
    are the same, and the one that matters is not.
    """

    fronts: int
    fronts_with: Counter[str]

    def of(self, word: str) -> float:
        """The square of what is called the inverse document frequency."""
        return math.log(1 + self.fronts / max(self.fronts_with[word], 1)) ** 2

    def is_rare(self, word: str) -> bool:
        """Whether hardly another front has the word: two, or one in fifty."""
        return self.fronts_with[word] <= max(_FEW, self.fronts * _SHARE)


_FEW = 2
_SHARE = 0.02


def weights_of(fronts: Iterable[Sequence[str]]) -> Weights:
    """The weights for the words of a deck's fronts, each front once."""
    distinct = set(map(tuple, fronts))
    return Weights(len(distinct), Counter(word for front in distinct for word in set(front)))


@dataclass(frozen=True, slots=True)
class Likeness:
    """``share`` is the weighted share of words in common, 0 to 1; ``is_elsewhere`` says that one
    front has a rare word that is no word of the other, in whatever spelling."""

    share: float
    is_elsewhere: bool


def compare_fronts(one: Sequence[str], other: Sequence[str], weights: Weights) -> Likeness:
    """The likeness of two fronts; a word that was only respelled counts for a part.

    The order of the words tells two fronts of the same words apart, and no more.
    """
    left, right = Counter(one), Counter(other)
    common = left & right
    total = _weight(left, weights) + _weight(right, weights)
    shared = 2 * _weight(common, weights)
    mine, theirs = list((left - common).elements()), list((right - common).elements())
    if len(mine) <= _LONG and len(theirs) <= _LONG:
        for word, match in _respelled(mine, theirs, weights):
            likeness = OSA.normalized_similarity(word, match)
            shared += likeness * (weights.of(word) + weights.of(match))
            mine.remove(word)
            theirs.remove(match)
    share = shared / total - (0 if tuple(one) == tuple(other) else _ORDER) if total else 0.0
    return Likeness(max(0.0, share), any(map(weights.is_rare, (*mine, *theirs))))


_ORDER = 0.01
_LONG = 8
"""Where more words than that are new, none is compared letter by letter with the old ones."""


def _weight(words: Counter[str], weights: Weights) -> float:
    return sum(weights.of(word) * times for word, times in words.items())


def _respelled(
    one: Sequence[str], other: Sequence[str], weights: Weights
) -> Iterable[tuple[str, str]]:
    """Pairs of words, each word in one at most."""
    rest = list(other)
    pairs = []
    for word in one:
        match = next((each for each in rest if _is_respelled(word, each, weights)), None)
        if match is not None:
            rest.remove(match)
            pairs.append((word, match))
    return pairs


def _is_respelled(one: str, other: str, weights: Weights) -> bool:
    """Whether one word is likely the other with a letter or two mistaken, or in another form.

    Words that other fronts have too are two words: "encoder" and "decoder", "supervised" and
    "unsupervised". Nobody mistakes the first letter. A short word may be another one ("BERT",
    "BART"), unless it is one of those of which questions are made ("what", "does").
    """
    longest = max(len(one), len(other))
    if one[0] != other[0] or not (one + other).isalpha():
        return False
    rarer, commoner = sorted((weights.fronts_with[one], weights.fronts_with[other]))
    if rarer > 1 or (longest < _LETTERS and commoner <= max(_FEW, weights.fronts * _EVERYWHERE)):
        return False
    allowed = 2 if longest >= _MANY_LETTERS else 1
    return longest > allowed + 1 and OSA.distance(one, other, score_cutoff=allowed) <= allowed


_LETTERS, _MANY_LETTERS = 5, 9
_EVERYWHERE = 0.1
