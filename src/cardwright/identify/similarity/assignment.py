"""Assigns the best pairs of a whole deck, and finds pairs with an equally good alternative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cardwright.identify.match_state import Ambiguity, Pair, StepResult

Scores = Mapping[Pair, float]
"""How similar question and old note are, for pairs that are similar enough."""


def assign(scores: Scores, margin: float) -> StepResult:
    """Put each question and each old note into at most one pair, the best pairs first.

    A pair is ambiguous if pairing one of its sides differently would cost the whole deck less
    than ``margin``.
    """
    by_new: dict[int, int] = {}
    by_old: dict[int, int] = {}
    for new, old in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if new not in by_new and old not in by_old:
            by_new[new], by_old[old] = old, new
    linked: list[Pair] = []
    for new, old in scores:
        if _is_rival((new, old), scores, by_new, by_old, margin):
            linked.append((new, old))
            linked += [(new, by_new[new])] if new in by_new else []
            linked += [(by_old[old], old)] if old in by_old else []
    return _without_ambiguous([*by_new.items()], (), linked)


def _is_rival(
    pair: Pair, scores: Scores, by_new: Mapping[int, int], by_old: Mapping[int, int], margin: float
) -> bool:
    """Whether an unused ``pair`` would cost the whole deck less than ``margin``."""
    new, old = pair
    if by_new.get(new) == old:
        return False
    gain, loss = scores[pair], 0.0
    other_old, other_new = by_new.get(new), by_old.get(old)
    if other_old is not None:
        loss += scores[new, other_old]
    if other_new is not None:
        loss += scores[other_new, old]
    if other_old is not None and other_new is not None:
        gain += scores.get((other_new, other_old), 0.0)
    return gain > loss - margin


def without_crossed(found: StepResult, fronts: Scores, margin: float) -> StepResult:
    """Return what was found, with crossed pairs moved to the ambiguities.

    A question is crossed if the front of another old note is closer to its own, by at least
    ``margin``. It is ambiguous if that note is free, or belongs to another crossed question.
    """
    by_new = dict(found.pairs)
    by_old = {old: new for new, old in found.pairs}
    _, closed = found.closed()
    crossed = [
        (new, other)
        for (new, other), share in fronts.items()
        if new in by_new and share >= fronts[new, by_new[new]] + margin
    ]
    are_crossed = {new for new, _ in crossed}
    linked: list[Pair] = []
    for new, other in crossed:
        rival = by_old.get(other)
        if rival in are_crossed or other not in closed:
            linked += [(new, by_new[new]), (new, other)]
        if rival is not None and rival in are_crossed:
            linked.append((rival, other))
    return _without_ambiguous(found.pairs, found.ambiguities, linked)


def _without_ambiguous(
    pairs: Sequence[Pair], ambiguities: Sequence[Ambiguity], linked: Iterable[Pair]
) -> StepResult:
    """Return the result with one more ambiguity for each group that ``linked`` connects."""
    more = _connected(linked)
    ambiguous = {new for ambiguity in more for new in ambiguity.new}
    left = [pair for pair in pairs if pair[0] not in ambiguous]
    return StepResult(left, [*ambiguities, *more])


_Side = tuple[str, int]


def _connected(pairs: Iterable[Pair]) -> Sequence[Ambiguity]:
    """Return the groups of questions and notes that the pairs connect (by union-find)."""
    above: dict[_Side, _Side] = {}

    def top(side: _Side) -> _Side:
        while (parent := above.setdefault(side, side)) != side:
            above[side] = above[parent]
            side = parent
        return side

    for new, old in pairs:
        above[top(("new", new))] = top(("old", old))
    members: defaultdict[_Side, list[_Side]] = defaultdict(list)
    for side in sorted(above):
        members[top(side)].append(side)
    found = (
        Ambiguity(
            tuple(number for kind, number in group if kind == "new"),
            tuple(number for kind, number in group if kind == "old"),
        )
        for group in members.values()
    )
    return sorted(found, key=lambda ambiguity: ambiguity.new)
