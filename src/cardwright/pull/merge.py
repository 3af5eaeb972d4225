"""The learner's edit of a field that the content has changed since, where both can be."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.pull.flow import Block
from cardwright.pull.trace import Change, changes


def merged(
    base: Sequence[Block], ours: Sequence[Block], theirs: Sequence[Block]
) -> tuple[Block, ...] | None:
    """``ours`` with what made ``base`` into ``theirs``; ``None`` where both changed a block."""
    mine, learned = changes(base, ours), changes(base, theirs)
    for one in mine:
        for other in learned:
            if _meet(one, other):
                return None
    out: list[Block] = []
    at = 0
    for change in learned:
        shift = sum(
            (each.end - each.begin) - (each.last - each.first)
            for each in mine
            if each.last <= change.first
        )
        out += [*ours[at : change.first + shift], *theirs[change.begin : change.end]]
        at = change.last + shift
    return (*out, *ours[at:])


def _meet(one: Change, other: Change) -> bool:
    """Whether two changes are of the same blocks, or put something in at the same place."""
    if one.first == one.last or other.first == other.last:
        return one.first <= other.last and other.first <= one.last
    return one.first < other.last and other.first < one.last
