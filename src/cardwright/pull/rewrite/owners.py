"""Finds the old block that each new block continues, and where both are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cardwright.pull.rewrite.state import RewriteState
from cardwright.pull.trace import Origin


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
    is_old = all(place and place[0] not in state.located for place in state.origins[at])
    return is_old and state.owners[at] is None


def are_neighbours(
    state: RewriteState, previous: int | None, at: int, skipped: Sequence[int]
) -> bool:
    """Whether two blocks are neighbours in the Markdown too."""
    last, owner = -1 if previous is None else state.owners[previous], state.owners[at]
    if last is None or owner is None or last >= owner:
        return False
    between = range(last + 1, owner)
    return state.located.keys().isdisjoint(between) and are_origins(state, skipped, between)


def are_origins(state: RewriteState, skipped: Sequence[int], old: range) -> bool:
    """Whether the ``skipped`` new blocks are exactly these ``old`` ones."""
    origins = [place[0] for each in skipped for place in state.origins[each][:1] if place]
    return origins == list(old)


def keeps_start(state: RewriteState, at: int) -> bool:
    """Whether a block starts like its owner: the same first word, with the same marks."""
    owner = state.owners[at]
    return owner is not None and is_kept(state, at, 0, (owner, 0), state.located[owner][0] + 1)


def keeps_end(state: RewriteState, at: int) -> bool:
    """Whether a block ends like its owner, from the last word with a known span on."""
    owner = state.owners[at]
    if owner is None:
        return False
    last = state.located[owner][1]
    count = len(state.before[owner].words) - last
    start = len(state.after[at].words) - count
    return start >= 0 and is_kept(state, at, start, (owner, last), count)


def is_kept(state: RewriteState, at: int, start: int, origin: Origin, count: int) -> bool:
    """Whether ``count`` words of new block ``at``, from ``start``, are those from ``origin``.

    Their marks are the same, and so are the gaps between them.
    """
    block, first = origin
    places = [(block, first + step) for step in range(count)]
    if list(state.origins[at][start : start + count]) != places:
        return False
    olds = state.before[block].words[first : first + count]
    pairs = enumerate(zip(olds, state.after[at].words[start : start + count], strict=True))
    return all(a.marks == b.marks and (not step or a.gap == b.gap) for step, (a, b) in pairs)
