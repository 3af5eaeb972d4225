"""The steps of the matching for texts that changed, compared over the whole deck."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cardwright.identify.board import Board, Found, Gap, Pair, gaps_of, groups
from cardwright.identify.similarity.assignment import assign
from cardwright.identify.similarity.fronts import Likeness, Weights, compare_fronts, weights_of
from cardwright.identify.similarity.shelf import Shelf
from cardwright.identify.similarity.sketch import likeness_of, weight_of
from cardwright.identify.similarity.words import words_of
from cardwright.lock import LockEntry

THRESHOLD = 0.45
"""A pair that scores less is none. Chosen by measurement, as the weights below are:
``docs/identity.md`` has the table, ``benchmarks/matching.py`` makes it."""

MARGIN = 0.05
"""Of two ways to pair that differ by less, neither is taken."""


def same_front(board: Board) -> Found:
    """Pairs of one front that the likeness of their answers tells from the others of that front.

    What is in doubt stays open, for a later step to report with all of that front.
    """
    alike = groups(board, lambda note: note.front)
    if not alike:
        return Found()
    open_new = sorted(i for group in alike for i in group.new)
    open_old = sorted(j for group in alike for j in group.old)
    scores = score_pairs(replace(board, open_new=open_new, open_old=open_old))
    same = {p: s for p, s in scores.items() if board.new[p[0]].front == board.old[p[1]].front}
    return Found(assign(same, MARGIN).pairs)


def similar(board: Board) -> Found:
    """Pairs of a question and an old note of which front, answer or both are alike."""
    if not board.open_new or not board.open_old:
        return Found()
    scores = {pair: score for pair, score in score_pairs(board).items() if score >= THRESHOLD}
    return assign(scores, MARGIN)


def score_pairs(board: Board) -> dict[Pair, float]:
    """The score of each pair that is worth a look, a bounded number for each question."""
    deck = _Deck.of(board)
    old_gaps, new_gaps = gaps_of(board)
    shelf = Shelf()
    for j in board.open_old:
        shelf.put(j, board.old[j], deck.words[board.old[j].front], old_gaps[j])
    scores: dict[Pair, float] = {}
    for i in board.open_new:
        new = board.new[i]
        for j in shelf.near(new, deck.words[new.front], new_gaps[i]):
            nearness = _nearness(board.old[j], new, old_gaps[j], new_gaps[i])
            scores[i, j] = deck.score(board.old[j], new, nearness)
    return scores


@dataclass(frozen=True, slots=True)
class _Deck:
    """What the notes of both sides say together: the words of each front, and how often."""

    words: Mapping[str, Sequence[str]]
    weights: Weights
    old_answers: Counter[str]
    new_answers: Counter[str]

    @classmethod
    def of(cls, board: Board) -> _Deck:
        words = {note.front: words_of(note.front) for note in (*board.old, *board.new)}
        return cls(
            words,
            weights_of(words.values()),
            Counter(note.answer for note in board.old if not note.is_retired),
            Counter(note.answer for note in board.new),
        )

    def score(self, old: LockEntry, new: LockEntry, nearness: float) -> float:
        """0 to a little over 1: how likely ``new`` is ``old``."""
        fronts = compare_fronts(self.words[old.front], self.words[new.front], self.weights)
        if not old.sketch and not new.sketch:
            return _without_answers(fronts) + nearness
        answers = self._answers(old, new, nearness)
        strange = _STRANGE * (1 - answers) if fronts.is_elsewhere else 0.0
        return _FRONTS * fronts.share + _ANSWERS * answers - strange + nearness

    def _answers(self, old: LockEntry, new: LockEntry, nearness: float) -> float:
        """How much the answers speak for it, 0 to 1."""
        if old.answer != new.answer:
            likeness = likeness_of(old.sketch, new.sketch)
            return 0.0 if math.isnan(likeness) else likeness * weight_of(new.sketch)
        if self.old_answers[old.answer] > 1 or self.new_answers[new.answer] > 1:
            return _OFTEN * weight_of(new.sketch)
        return max(weight_of(new.sketch), _ONCE_HERE if nearness == _HERE else _ONCE)


def _without_answers(fronts: Likeness) -> float:
    """A cloze note, for one: its text is all there is to compare."""
    return (_FRONTS + _ANSWERS) * fronts.share - (_STRANGE if fronts.is_elsewhere else 0.0)


_FRONTS, _ANSWERS = 0.45, 0.55
_STRANGE = 0.15
"""What a rare word on one side costs where the answers do not outweigh it."""

_OFTEN = 0.7
_ONCE, _ONCE_HERE = 0.5, 0.8
"""What the same answer tells, however short, where several notes have it, and where one has."""

_HERE = 0.06


def _nearness(old: LockEntry, new: LockEntry, old_gap: Gap, new_gap: Gap) -> float:
    """What it adds that they stand between or beside the same notes, in one section or file."""
    if old_gap == new_gap:
        return _HERE
    if old_gap[0] == new_gap[0] or old_gap[1] == new_gap[1]:
        return 0.04
    if (old.file, old.section) == (new.file, new.section):
        return 0.02
    return 0.01 if old.file == new.file else 0.0
