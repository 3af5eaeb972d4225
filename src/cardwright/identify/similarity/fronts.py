"""Compares fronts by their words and their beginnings. Rare words count more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from cardwright.identify.similarity.common_words import asking
from cardwright.identify.similarity.words import asked_words_of


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each word of a front: the rarer in the deck, the higher.

    "What are the advantages of mosses?" and "What are the advantages of ferns?" share most
    words, but not the one that matters.
    """

    fronts: int
    fronts_with: Counter[str]

    def weight(self, word: str) -> float:
        """Return the square of the inverse document frequency."""
        return math.log(1 + self.fronts / max(self.fronts_with[word], 1)) ** 2

    def is_rare(self, word: str) -> bool:
        """Whether at most two fronts, or one in fifty, have the word."""
        return self.fronts_with[word] <= max(_FEW, self.fronts * _SHARE)

    def is_of_two(self, word: str) -> bool:
        """Whether at most two fronts have the word, and it is no number and no single letter."""
        return self.fronts_with[word] <= _FEW and len(word) > 1 and word.isalpha()


_FEW = 2
_SHARE = 0.02


def weights_of(fronts: Iterable[Sequence[str]]) -> Weights:
    """Return the weights of words in a deck's fronts. A repeated front counts once.

    A deck of three notes says little about how rare a word is. So the count includes some
    imaginary fronts that contain only common question words.
    """
    distinct = set(map(tuple, fronts))
    counts = Counter(word for front in distinct for word in set(front))
    counts.update(dict.fromkeys(counts.keys() & asking(), _OTHERS_WITH))
    return Weights(len(distinct) + _OTHERS, counts)


_OTHERS, _OTHERS_WITH = 20, 10


@dataclass(frozen=True, slots=True)
class Likeness:
    """How similar two fronts are."""

    share: float  # the weighted share of words in common, 0 to 1
    strange: int  # the fronts (0 to 2) with a rare word that the other has in no spelling
    is_other_number: bool  # they differ in a number: `L1`, `L2`


def compare_beginnings(one: Sequence[str], other: Sequence[str], weights: Weights) -> Likeness:
    """Compare two fronts, and the shorter one with the beginning of a much longer one.

    Return the better of both. A question that now shows its options or some code is still the
    same question.
    """
    whole = compare_fronts(one, other, weights)
    length = min(len(one), len(other))
    if length < _FEWEST or max(len(one), len(other)) < length * _LONGER:
        return whole
    begin = compare_fronts(one[:length], other[:length], weights)
    share = begin.share * _OF_BEGINNING
    return replace(begin, share=share) if share > whole.share else whole


_FEWEST, _LONGER = 5, 1.4
"""The fewest words of a beginning, and how many times longer the other front is."""
_OF_BEGINNING = 0.9
"""How much a beginning counts, compared with a whole front.

At 1.0 more questions with a common stem ("What does this print?") were ambiguous in real decks."""


def compare_fronts(one: Sequence[str], other: Sequence[str], weights: Weights) -> Likeness:
    """Compare the words of two fronts. A respelled word counts in part.

    The order of words only makes a difference between fronts with the same words.
    """
    from rapidfuzz.distance import OSA  # most builds do without

    left, right = Counter(one), Counter(other)
    common = left & right
    total = _weight(left, weights) + _weight(right, weights)
    shared = 2 * _weight(common, weights)
    mine, theirs = _without(one, common), _without(other, common)
    if len(mine) <= _LONG and len(theirs) <= _LONG:
        shared += _take_written_out(mine, theirs, common, weights)
        shared += _take_written_out(theirs, mine, common, weights)
        for word, match in _respelled(mine, theirs, weights):
            likeness = OSA.normalized_similarity(word, match)
            shared += likeness * (weights.weight(word) + weights.weight(match))
            mine.remove(word)
            theirs.remove(match)
    share = shared / total - (0 if tuple(one) == tuple(other) else _ORDER) if total else 0.0
    strange = sum(any(map(weights.is_rare, side)) for side in (mine, theirs))
    is_other_number = not _around_numbers(mine).isdisjoint(_around_numbers(theirs))
    return Likeness(max(0.0, share), strange, is_other_number)


def _without(words: Sequence[str], taken: Counter[str]) -> list[str]:
    """Remove each word as often as ``taken`` says, and return the rest in order."""
    still = taken.copy()
    left = []
    for word in words:
        if still[word]:
            still[word] -= 1
        else:
            left.append(word)
    return left


_ORDER = 0.01
_LONG = 8  # if more words than this differ, they are not compared letter by letter


def _around_numbers(words: Iterable[str]) -> set[str]:
    """Return the words that contain digits, with each number replaced by 0."""
    return {_DIGITS.sub("0", word) for word in words if _DIGITS.search(word)}


_DIGITS = re.compile(r"\d+")


def _weight(words: Counter[str], weights: Weights) -> float:
    return sum(weights.weight(word) * times for word, times in words.items())


def _take_written_out(
    shorts: list[str], words: list[str], common: Iterable[str], weights: Weights
) -> float:
    """Remove abbreviations from ``shorts`` and their words from ``words``; return their weight.

    Words that both fronts have can be abbreviations, too: "PCR" and "Polymerase chain reaction
    (PCR)".
    """
    taken = 0.0
    if len(words) < 2:
        return taken
    for short in (*shorts, *common):
        run = _written_out(short, words) if short.isalpha() and short not in asking() else ()
        if run:
            taken += sum(map(weights.weight, run))
            if short in shorts:
                taken += weights.weight(short)
                shorts.remove(short)
            for word in run:
                words.remove(word)
    return taken


def _written_out(short: str, words: Sequence[str]) -> Sequence[str]:
    """Return consecutive words that ``short`` abbreviates or joins, or ``()``."""
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
    """Return pairs of a word and its other spelling. Each word is in at most one pair."""
    rest = list(other)
    pairs = []
    for word in one:
        match = next((each for each in rest if _is_respelled(word, each, weights)), None)
        if match is not None:
            rest.remove(match)
            pairs.append((word, match))
    return pairs


def _is_respelled(one: str, other: str, weights: Weights) -> bool:
    """Whether one word is likely the other with a typing error, or in another form.

    Singular and plural are the same word, and so are the forms of a verb. The first letter must
    be the same. Otherwise, two words that other fronts have too are different: "encoder" and
    "decoder". A short word may be another one ("BERT", "BART"), unless it is very common in the
    deck ("what", "does").
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


def stem_of(word: str) -> str:
    """Remove the ending of a plural or of a verb form.

    It removes too little rather than too much: ``string``, ``class`` and ``status`` stay.
    """
    for ending, stem in _ENDINGS:
        word = ending.sub(stem, word)
    return word


_ENDINGS = (
    (re.compile(r"(?<=[a-z][b-df-hj-np-tv-xz])(?:ies|y)\Z"), "i"),
    (re.compile(r"(?<=[a-z](?:[cs]h|ss|.x|.z))es\Z"), ""),
    (re.compile(r"(?<=[a-z]{2}[a-hj-rtv-z])s\Z"), ""),
    (re.compile(r"(?<=[a-z]{4})(?:ed|ing)\Z"), ""),
    (re.compile(r"(?<=[a-z]{3})e\Z"), ""),
)


def beginnings_of(fronts: Sequence[str]) -> dict[str, str]:
    """Return for each front the shortest one that is its beginning, up to the end of a word.

    "Why is it salty?" is the beginning of "Why is it salty, and why warm?". "What is a tree?" is
    not that of "What is a tree traversal?".
    """
    found: dict[str, str] = {}
    shortest = end = ""
    for stem, front in sorted((without_end(front), front) for front in set(fronts)):
        if not shortest or not stem.startswith(shortest):
            shortest = stem if len(asked_words_of(front)) >= _SHORTEST else ""
            end = front[len(shortest) :]
        more = front[len(shortest) :]
        is_whole = more.startswith(end) and not more[:1].isalnum()
        if shortest and (is_whole or _goes_on().match(more)):
            found[front] = shortest
    return found


def without_end(front: str) -> str:
    """Return the front without ``?``, ``:`` and the like at its end. The ``++`` of C++ stays."""
    return front.rstrip(_ends())


@cache
def _ends() -> str:
    from cardwright.wording.signs import COLONS, QUESTION_MARKS  # slow to load

    return f"{QUESTION_MARKS}{COLONS}!.…\u3002\uff01 "


@cache
def _goes_on() -> re.Pattern[str]:
    """Return what follows a question that goes on after its end."""
    from cardwright.wording.signs import COLONS

    return re.compile(rf"\s*[{COLONS},;(–\u2014\uff0c\uff1b\uff08]")


_SHORTEST = 3  # the fewest words of a beginning; "Tree" is too short to be that of "Tree traversal"
