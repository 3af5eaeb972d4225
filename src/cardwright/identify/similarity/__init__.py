"""The matching steps for texts that changed. They compare texts across the whole deck."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, unique

from cardwright.identify.match_state import (
    Ambiguity,
    Gap,
    MatchState,
    Pair,
    StepResult,
    even_gaps,
    gaps_of,
    groups,
)
from cardwright.identify.similarity.assignment import assign, without_crossed
from cardwright.identify.similarity.common_words import VERDICTS
from cardwright.identify.similarity.fronts import compare_beginnings, weights_of
from cardwright.identify.similarity.sketch import likeness_of, weight_of
from cardwright.identify.similarity.words import asked_words_of
from cardwright.lock import LockEntry

THRESHOLD = 0.45
"""The lowest score of a pair. It is measured, and so are the weights below.

``docs/identity.md`` has the table, and ``benchmarks/matching.py`` makes it."""

WEAK_THRESHOLD = 0.3
"""The lowest score of a pair that is mentioned to the author, who decides."""

WEAK_THRESHOLD_HERE = 0.1
"""The same at one spot. Three of four pairs in real histories between the two are one question."""

MARGIN = 0.05
"""If two ways to pair differ by less, the match is ambiguous."""


def same_front(state: MatchState) -> StepResult:
    """Match notes with the same front by the similarity of their answers.

    Ambiguous ones stay open. A later step reports them with all notes of that front.
    """
    alike = groups(state, lambda note: note.front)
    if not alike:
        return StepResult()
    open_new = sorted(i for group in alike for i in group.new)
    open_old = sorted(j for group in alike for j in group.old)
    scores = score_pairs(replace(state, open_new=open_new, open_old=open_old))
    same = [(i, j) for i, j in scores if state.new[i].front == state.old[j].front]
    likely_scores = {pair: scores[pair] for pair in likely_same(state, same)}
    return StepResult(assign(likely_scores, MARGIN).pairs)


def likely_same(state: MatchState, pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Keep the pairs with the same front that are likely one note.

    A pair is dropped if its files differ, its answers are unlike, and further notes have the
    front. Each file may have its own "Summary", for example.
    """
    apart = [(i, j) for i, j in pairs if state.new[i].file != state.old[j].file]
    if not apart:
        return pairs
    times = _times_of_fronts(state)
    other = {
        (i, j)
        for i, j in apart
        if (count := times[_caseless(state.new[i])]) > 1
        and are_unlike(state.old[j], state.new[i], count)
    }
    return [pair for pair in pairs if pair not in other]


def _times_of_fronts(state: MatchState) -> Counter[str]:
    """Count each front among live old notes, retired notes and questions; take the maximum.

    Fronts that differ only in case are one: each file may have its own "Misc" or "MISC".
    """
    live = Counter(_caseless(note) for note in state.old if not note.is_retired)
    retired = Counter(_caseless(note) for note in state.old if note.is_retired)
    return live | retired | Counter(map(_caseless, state.new))


def _caseless(note: LockEntry) -> str:
    return note.front.casefold()


def are_unlike(old: LockEntry, new: LockEntry, times: int = 1) -> bool:
    """Whether the answers to the same question differ. ``times`` counts the notes that ask it."""
    least = _UNLIKE if times < _TITLE_TIMES else _UNLIKE_UNDER_TITLE
    return old.answer != new.answer and likeness_of(old.sketch, new.sketch) < least


_UNLIKE = 0.15  # answers with less in common are unlike; this is twice the error of a sketch

_TITLE_TIMES, _UNLIKE_UNDER_TITLE = 3, 0.5
"""A front that this many notes have is a title, such as "Exercises": answers must be more alike."""

CROSSED = 0.1
"""How much closer the front of another old note must be to contradict a pair made by answers."""

TWO = 0.2
"""The lowest score of each of two pairs, if nothing else is open between two neighbours."""


def similar(state: MatchState) -> StepResult:
    """Match questions with old notes that have a similar front, a similar answer, or both.

    If the answers pair them one way and the fronts another, the match is ambiguous.
    """
    if not state.open_new or not state.open_old:
        return StepResult()
    return pair_up(rate_pairs(state), THRESHOLD)


def pair_up(ratings: Mapping[Pair, Rating], threshold: float) -> StepResult:
    """Return the best pairs that score at least ``threshold``, and the ambiguities."""
    scores = {pair: r.score for pair, r in ratings.items() if r.score >= threshold}
    fronts = {pair: r.fronts for pair, r in ratings.items()}
    return without_crossed(assign(scores, MARGIN), fronts, CROSSED)


def two_left(state: MatchState) -> StepResult:
    """Report two questions and two notes between the same neighbours that are a little alike.

    Perhaps both were rewritten at once, perhaps swapped too, or both are other questions.
    """
    twos = [group for group in even_gaps(state) if len(group.new) == 2]
    if not twos:
        return StepResult()
    scores = score_pairs(state)
    return StepResult(ambiguities=[
        Ambiguity(tuple(two.new), tuple(two.old))
        for two in twos
        if max(_least(scores, two.new, two.old), _least(scores, two.new, two.old[::-1])) >= TWO
    ])  # fmt: skip


def _least(scores: Mapping[Pair, float], new: Sequence[int], old: Sequence[int]) -> float:
    """Return the lower score of the two pairs in this order, 0 if one is no candidate."""
    return min(scores.get(pair, 0.0) for pair in zip(new, old, strict=True))


def weak_matches(state: MatchState) -> Sequence[Pair]:
    """Return pairs, among what all steps left open, that may still be one question.

    Fronts that are alike are enough, even if a number differs: the author may have updated it.
    """
    if not state.open_new or not state.open_old:
        return ()
    spots = _same_spots(state)
    likely: dict[Pair, float] = {}
    for pair, rating in rate_pairs(state).items():
        score = max(rating.score, _FRONTS * rating.fronts)
        if score >= WEAK_THRESHOLD or (pair in spots and rating.score >= WEAK_THRESHOLD_HERE):
            likely[pair] = score
    return assign(likely, MARGIN).pairs


@dataclass(frozen=True, slots=True)
class Rating:
    """How likely a pair is one note, and the share of words that the fronts have in common."""

    score: float
    fronts: float


def same_answer(state: MatchState, taken: Collection[int]) -> Sequence[Pair]:
    """Return pairs of an open question and a retired note with exactly the same answer.

    ``taken`` are questions that already have a weak match. An answer proves nothing if another
    question has it too, or if it is a verdict such as "yes".
    """
    retired: defaultdict[str, list[int]] = defaultdict(list)
    for j in state.open_old:
        if state.old[j].is_retired:
            retired[state.old[j].answer].append(j)
    if not retired:
        return ()
    times = Counter(note.answer for note in state.new)
    return [
        (i, max(retired[state.new[i].answer], key=lambda j: (state.old[j].mod, state.old[j].guid)))
        for i in state.open_new
        if i not in taken
        and state.new[i].answer in retired
        and times[state.new[i].answer] == 1
        and state.new[i].sketch not in ("", *VERDICTS)
    ]


def score_pairs(state: MatchState) -> dict[Pair, float]:
    """Return the score of each candidate pair, a bounded number for each question."""
    return {pair: rating.score for pair, rating in rate_pairs(state).items()}


def rate_pairs(state: MatchState) -> dict[Pair, Rating]:
    """Return the rating of each candidate pair."""
    deck = _Deck(state)
    old_gaps, new_gaps = gaps_of(state)
    spots = _same_spots(state)
    ratings: dict[Pair, Rating] = {}
    for i, j in _candidates(state, deck.words, old_gaps, new_gaps):
        old, new = state.old[j], state.new[i]
        nearness = _nearness(old, new, old_gaps[j], new_gaps[i])
        ratings[i, j] = deck.rate(old, new, nearness, is_spot=(i, j) in spots)
    return ratings


_NEAR = 12  # candidates for each question at most

_CROWD = 64  # a key that more old notes share finds none of them

_BAND = 3  # places of a sketch in one key; two answers share all by chance once in 250,000


def _candidates(
    state: MatchState,
    words: Mapping[str, Sequence[str]],
    old_gaps: Mapping[int, Gap],
    new_gaps: Mapping[int, Gap],
) -> Iterator[Pair]:
    """Yield each question with the notes that share most keys with it; rare keys count more."""
    index: defaultdict[Hashable, list[int]] = defaultdict(list)
    for j in state.open_old:
        for key in _keys(state.old[j], words[state.old[j].front], old_gaps[j]):
            index[key].append(j)
    for i in state.open_new:
        shared: Counter[int] = Counter()
        for key in _keys(state.new[i], words[state.new[i].front], new_gaps[i]):
            notes = index.get(key, ())
            if len(notes) <= _CROWD:
                shared.update(dict.fromkeys(notes, _CROWD // max(len(notes), 1)))
        for j, _ in shared.most_common(_NEAR):
            yield i, j


def _keys(note: LockEntry, words: Sequence[str], gap: Gap) -> Iterator[Hashable]:
    for word in sorted(set(words)):
        yield "word", word
    yield "answer", note.answer
    for place in range(0, len(note.sketch), _BAND):
        band = note.sketch[place : place + _BAND]
        if band.strip("."):
            yield "sketch", place, band
    before, after = gap
    yield "before", before
    yield "after", after
    yield "section", note.file, note.section


def _same_spots(state: MatchState) -> set[Pair]:
    """Return the pairs that are the n-th of as many questions and notes between two neighbours."""
    return {pair for group in even_gaps(state) for pair in group.in_order()}


@unique
class Nearness(Enum):
    """What a score gains if both are between or beside the same notes, or in the same place."""

    BETWEEN = 0.06
    BESIDE = 0.04
    SECTION = 0.02
    FILE = 0.01
    DECK = 0.0


def _nearness(old: LockEntry, new: LockEntry, old_gap: Gap, new_gap: Gap) -> Nearness:
    if old_gap == new_gap:
        return Nearness.BETWEEN
    if old_gap[0] == new_gap[0] or old_gap[1] == new_gap[1]:
        return Nearness.BESIDE
    if (old.file, old.section) == (new.file, new.section):
        return Nearness.SECTION
    return Nearness.FILE if old.file == new.file else Nearness.DECK


class _Deck:
    """The words of each front in the old and the new deck, and how often each text occurs.

    ``unmarked`` has the words of fronts with code, read as if the code were prose. Answers are
    counted in each file, and in the deck (``""``).
    """

    def __init__(self, state: MatchState) -> None:
        self.words = {note.front: asked_words_of(note.front) for note in (*state.old, *state.new)}
        self.unmarked = {
            front: asked_words_of(front.replace("`", "")) if "`" in front else said
            for front, said in self.words.items()
        }
        self.weights = weights_of(self.words.values())
        self.old_answers = _placed_answers(note for note in state.old if not note.is_retired)
        self.new_answers = _placed_answers(state.new)
        self.times = _times_of_fronts(state)

    def rate(self, old: LockEntry, new: LockEntry, nearness: Nearness, *, is_spot: bool) -> Rating:
        """Return the rating of a pair, with a score between 0 and a little over 1."""
        is_marked_alike = old.front.count("`") == new.front.count("`")
        words = self.words if is_marked_alike else self.unmarked
        fronts = compare_beginnings(words[old.front], words[new.front], self.weights)
        has_answer = bool(old.sketch or new.sketch)
        answers = self._answers(old, new, nearness) if has_answer else 0.0
        if fronts.share < _ALIEN and nearness is Nearness.DECK and self._times(old, new) > 1:
            answers *= _COMMON
        score = (_FRONTS if has_answer else _FRONTS + _ANSWERS) * fronts.share
        score += _ANSWERS * answers + nearness.value
        score -= _STRANGE[fronts.strange] * (1 - answers)
        if fronts.is_other_number:
            score -= _OTHER_NUMBER * (1 - answers)
        elif is_spot and fronts.strange:
            both = {*words[old.front]}.intersection(words[new.front])
            if any(map(self.weights.is_of_two, both)):
                score += _REWRITTEN * max(0.0, fronts.share - _NEAR_HALF)
        if old.id and new.id and old.id != new.id:
            score -= _OTHER_ID
        times = self.times[_caseless(new)]
        if nearness is Nearness.DECK and _caseless(old) == _caseless(new) and times > 1:
            score -= _OFTEN_ASKED * are_unlike(old, new, times)
        return Rating(score, fronts.share)

    def _answers(self, old: LockEntry, new: LockEntry, nearness: Nearness) -> float:
        """Return how much the answers support the pair, 0 to 1."""
        if old.answer != new.answer:
            likeness = likeness_of(old.sketch, new.sketch)
            return 0.0 if math.isnan(likeness) else likeness * weight_of(new.sketch)
        weight = weight_of(new.sketch)
        if self._times(old, new) > 1 or new.sketch in VERDICTS:
            return weight * (_OFTEN + (1 - _OFTEN) * weight)
        return max(weight, _ONCE_HERE if nearness is Nearness.BETWEEN else _ONCE)

    def _times(self, old: LockEntry, new: LockEntry) -> int:
        """Return how many old notes or questions have the answer of either side.

        In one file, only that file counts: a translation repeats short answers in another one.
        """
        file = old.file if old.file == new.file else ""
        return max(self.old_answers[old.answer, file], self.new_answers[new.answer, file])


def _placed_answers(notes: Iterable[LockEntry]) -> Counter[tuple[str, str]]:
    return Counter((note.answer, file) for note in notes for file in (note.file, ""))


_FRONTS, _ANSWERS = 0.45, 0.55
"""The weights of fronts and answers. If neither has an answer, the front gets both weights."""

_STRANGE = (0.0, 0.075, 0.15)
"""The cost of rare words in no front, in one front, or in both, unless the answers outweigh it.

A word that was added or removed is more likely an edit than a word that replaced another."""

_REWRITTEN, _NEAR_HALF = 0.6, 0.45
"""How much more the fronts count above the second number, at the same spot of a file.

Between two neighbours, as many questions as notes are left, and both are the n-th of them. They
also have a word that no other front has. Then the author rewrote the question with its answer. Only
common words may not be all that differs: "When must you water it?", "When can you water it?"."""

_OTHER_NUMBER = 0.4  # the cost of another number, unless the answers outweigh it: nobody rewords it

_OFTEN = 0.7  # the share of a short answer's weight that remains if several notes have it

_ALIEN, _COMMON = 0.15, 0.5
"""If fronts share less than the first, the answers count only by the second.

This is for two files and an answer that other notes have too, such as code in two languages."""

_ONCE, _ONCE_HERE = 0.5, 0.8
"""The weight of the same answer, even a short one, if only one note has it."""

_OFTEN_ASKED = 0.25  # the cost of a front that further notes have, for two files and unlike answers

_OTHER_ID = 0.15  # the cost of two different ids: whoever names both means two notes
