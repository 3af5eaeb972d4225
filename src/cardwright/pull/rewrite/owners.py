"""Finds the old block that each new block continues, and where both are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cardwright.pull.flow import Word
from cardwright.pull.rewrite.state import RewriteState


def owners_of(state: RewriteState) -> list[int | None]:
    """Return, for each new block, the old block with most of its words. Each is used once."""
    wanted = []
    for at, places in enumerate(state.origins):
        counts = Counter(place[0] for place in places if place and place[0] in state.located)
        wanted += [(count, at, old) for old, count in counts.items()]
    owners: list[int | None] = [None] * len(state.after)
    taken: set[int] = set()
    for _count, at, old in sorted(wanted, key=lambda each: (-each[0], each[1], each[2])):
        if owners[at] is None and old not in taken:
            owners[at] = old
            taken.add(old)
    # A block of new words continues the block that it replaced, if there is only one.
    for at, block in enumerate(state.after):
        replaced = _replaced(state, at, owners, taken) if owners[at] is None else None
        if replaced is not None and state.before[replaced].kind == block.kind:
            owners[at] = replaced
            taken.add(replaced)
    return owners


def _replaced(
    state: RewriteState, at: int, owners: Sequence[int | None], taken: set[int]
) -> int | None:
    """Return the only unused old block between those of the neighbours, if its path is the same."""
    low = owners[at - 1] if at else -1
    high = owners[at + 1] if at + 1 < len(owners) else len(state.before)
    if low is None or high is None:
        return None
    free = [old for old in state.located if low < old < high and old not in taken]
    is_one = len(free) == 1 and state.before[free[0]].path == state.after[at].path
    return free[0] if is_one else None


def is_unwritten(state: RewriteState, at: int) -> bool:
    """Whether a block is not in the Markdown, like the default title of a callout."""
    places = state.origins[at]
    return (
        bool(places)
        and all(place is not None and state.spans[place[0]][place[1]] is None for place in places)
        and {place[0] for place in places if place}.isdisjoint(state.located)
    )


def are_neighbours(
    state: RewriteState, previous: int | None, at: int, skipped: Sequence[int]
) -> bool:
    """Whether two blocks are neighbours in the Markdown too."""
    new = state.owners[at]
    if new is None:
        return False
    old = state.owners[previous] if previous is not None else None
    if previous is not None and old is None:
        return False
    place = state.located.index(new)
    before = state.located[place - 1] if place else None
    if before != old:
        return False
    unwritten = list(range((before if before is not None else -1) + 1, new))
    skipped_origins = [place[0] for each in skipped for place in state.origins[each][:1] if place]
    return unwritten == skipped_origins


def keeps_start(state: RewriteState, at: int) -> bool:
    """Whether a block starts like its owner: the same first word, with the same marks."""
    owner = state.owners[at]
    if owner is None:
        return False
    lead = state.first(owner)
    old, new = state.before[owner].words, state.after[at].words
    if len(new) <= lead or list(state.origins[at][: lead + 1]) != [
        (owner, each) for each in range(lead + 1)
    ]:
        return False
    return all(_alike(old[each], new[each], is_first=each == 0) for each in range(lead + 1))


def keeps_end(state: RewriteState, at: int) -> bool:
    owner = state.owners[at]
    if owner is None:
        return False
    old, new = state.before[owner].words, state.after[at].words
    rest = len(old) - state.last(owner)
    if len(new) < rest:
        return False
    expected = [(owner, each) for each in range(len(old) - rest, len(old))]
    if list(state.origins[at][len(new) - rest :]) != expected:
        return False
    return all(
        _alike(one, other, is_first=each == 0)
        for each, (one, other) in enumerate(zip(old[-rest:], new[-rest:], strict=True))
    )


def _alike(old: Word, new: Word, *, is_first: bool = False) -> bool:
    return old.marks == new.marks and (is_first or old.gap == new.gap)
