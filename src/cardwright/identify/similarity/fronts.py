"""How alike two fronts are, where each word counts by what it tells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cardwright.identify.similarity.common_words import asking
from cardwright.identify.similarity.stems import stem_of


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
    """The weights for the words of a deck's fronts, each front once.

    A deck of three says little of how rare a word is, so that each counts as if other fronts
    stood beside it, in which are but the words of which questions are made.
    """
    distinct = set(map(tuple, fronts))
    counts = Counter(word for front in distinct for word in set(front))
    counts.update(dict.fromkeys(counts.keys() & asking(), _OTHERS_WITH))
    return Weights(len(distinct) + _OTHERS, counts)


_OTHERS, _OTHERS_WITH = 20, 10


@dataclass(frozen=True, slots=True)
class Likeness:
    """``share`` is the weighted share of words in common, 0 to 1; ``strange`` counts the fronts,
    0 to 2, with a rare word that is no word of the other, in whatever spelling;
    ``is_other_number`` says that they differ in a number, as ``L1`` and ``L2`` do: that is no
    other spelling."""

    share: float
    strange: int
    is_other_number: bool


def compare_fronts(one: Sequence[str], other: Sequence[str], weights: Weights) -> Likeness:
    """The likeness of two fronts; a word that was only respelled counts for a part.

    The order of the words tells two fronts of the same words apart, and no more.
    """
    from rapidfuzz.distance import OSA  # most builds do without

    left, right = Counter(one), Counter(other)
    common = left & right
    total = _weight(left, weights) + _weight(right, weights)
    shared = 2 * _weight(common, weights)
    mine, theirs = _without(one, common), _without(other, common)
    if len(mine) <= _LONG and len(theirs) <= _LONG:
        shared += _take_written_out(mine, theirs, weights)
        shared += _take_written_out(theirs, mine, weights)
        for word, match in _respelled(mine, theirs, weights):
            likeness = OSA.normalized_similarity(word, match)
            shared += likeness * (weights.of(word) + weights.of(match))
            mine.remove(word)
            theirs.remove(match)
    share = shared / total - (0 if tuple(one) == tuple(other) else _ORDER) if total else 0.0
    strange = sum(any(map(weights.is_rare, side)) for side in (mine, theirs))
    return Likeness(max(0.0, share), strange, _is_other_number(mine, theirs))


def _without(words: Sequence[str], taken: Counter[str]) -> list[str]:
    """What is left of the words in their order, each taken as often as ``taken`` says."""
    still = taken.copy()
    left = []
    for word in words:
        if still[word]:
            still[word] -= 1
        else:
            left.append(word)
    return left


_ORDER = 0.01
_LONG = 8
"""Where more words than that are new, none is compared letter by letter with the old ones."""


def _is_other_number(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    return not _around_numbers(mine).isdisjoint(_around_numbers(theirs))


def _around_numbers(words: Iterable[str]) -> set[str]:
    """What is left of those with digits in them when these go."""
    return {_DIGITS.sub("0", word) for word in words if _DIGITS.search(word)}


_DIGITS = re.compile(r"\d+")


def _weight(words: Counter[str], weights: Weights) -> float:
    return sum(weights.of(word) * times for word, times in words.items())


def _take_written_out(shorts: list[str], words: list[str], weights: Weights) -> float:
    """The weight of what one side has in one word and the other in several; both lose these."""
    taken = 0.0
    if len(words) < 2:
        return taken
    for short in [*shorts]:
        run = _written_out(short, words) if short.isalpha() and short not in asking() else ()
        if run:
            taken += weights.of(short) + sum(map(weights.of, run))
            shorts.remove(short)
            for word in run:
                words.remove(word)
    return taken


def _written_out(short: str, words: Sequence[str]) -> Sequence[str]:
    """Words in a row that begin with the letters of ``short`` or are its parts, ``()`` for none."""
    first = "".join(word[0] for word in words).find(short)
    if first >= 0 and len(short) > 1:
        return words[first : first + len(short)]
    for first, word in enumerate(words):
        if not short.startswith(word):
            continue
        for last in range(first + 2, len(words) + 1):
            if "".join(words[first:last]) == short:
                return words[first:last]
    return ()


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

    One and several, and the forms of a verb, are one word. Others that other fronts have too are
    two: "encoder" and "decoder", "supervised" and "unsupervised". Nobody mistakes the first
    letter. A short word may be another one ("BERT", "BART"), unless it is one of those of which
    questions are made ("what", "does").
    """
    longest = max(len(one), len(other))
    if one[0] != other[0] or not (one + other).isalpha():
        return False
    if stem_of(one) == stem_of(other):
        return True
    rarer, commoner = sorted((weights.fronts_with[one], weights.fronts_with[other]))
    if rarer > 1 or (longest < _LETTERS and commoner <= max(_FEW, weights.fronts * _EVERYWHERE)):
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if longest >= _MANY_LETTERS else 1
    return longest > allowed + 1 and OSA.distance(one, other, score_cutoff=allowed) <= allowed


_LETTERS, _MANY_LETTERS = 5, 9
_EVERYWHERE = 0.1
