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
    rivals = [
        (pair, (by_new.get(pair[0]), by_old.get(pair[1])))
        for pair in sorted(scores)
        if _is_rival(pair, scores, by_new, by_old, margin)
    ]
    ambiguities = _ambiguities(rivals, by_new)
    ambiguous = {new for ambiguity in ambiguities for new in ambiguity.new}
    return StepResult([pair for pair in by_new.items() if pair[0] not in ambiguous], ambiguities)


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
    groups = _Groups()
    for new, other in crossed:
        rival = by_old.get(other)
        if rival in are_crossed or other not in closed:
            groups.join(("new", new), ("old", by_new[new]))
            groups.join(("new", new), ("old", other))
        if rival is not None and rival in are_crossed:
            groups.join(("old", other), ("new", rival))
    ambiguities = groups.ambiguities()
    ambiguous = {new for ambiguity in ambiguities for new in ambiguity.new}
    pairs = [pair for pair in found.pairs if pair[0] not in ambiguous]
    return StepResult(pairs, [*found.ambiguities, *ambiguities])


def _ambiguities(
    rivals: Iterable[tuple[Pair, tuple[int | None, int | None]]], by_new: Mapping[int, int]
) -> Sequence[Ambiguity]:
    """Return one ambiguity for each group of pairs that rivals connect."""
    groups = _Groups()
    for (new, old), (other_old, other_new) in rivals:
        groups.join(("new", new), ("old", old))
        if other_old is not None:
            groups.join(("new", new), ("old", other_old))
        if other_new is not None:
            groups.join(("old", old), ("new", other_new))
            if other_new in by_new:
                groups.join(("new", other_new), ("old", by_new[other_new]))
    return groups.ambiguities()


_Side = tuple[str, int]


class _Groups:
    """Groups of questions and old notes (a union-find)."""

    def __init__(self) -> None:
        self._parent: dict[_Side, _Side] = {}

    def join(self, one: _Side, other: _Side) -> None:
        self._parent[self._top(one)] = self._top(other)

    def _top(self, side: _Side) -> _Side:
        path = []
        while (parent := self._parent.setdefault(side, side)) != side:
            path.append(side)
            side = parent
        self._parent.update(dict.fromkeys(path, side))
        return side

    def ambiguities(self) -> Sequence[Ambiguity]:
        members: defaultdict[_Side, list[_Side]] = defaultdict(list)
        for side in sorted(self._parent):
            members[self._top(side)].append(side)
        found = (
            Ambiguity(
                tuple(number for kind, number in group if kind == "new"),
                tuple(number for kind, number in group if kind == "old"),
            )
            for group in members.values()
        )
        return sorted(found, key=lambda ambiguity: ambiguity.new)
