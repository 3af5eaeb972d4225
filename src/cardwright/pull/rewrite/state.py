"""The state while the Markdown of a field is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cardwright.pull.flow import Block, Origin
from cardwright.pull.located import Span
from cardwright.pull.rewrite.separators import Separator


class UnplacedError(Exception):
    """An edit cannot be placed in the Markdown. The message continues "it …"."""


@dataclass(frozen=True, slots=True)
class WritingStyle:
    """How to write new text.

    ``is_escaped`` escapes all punctuation. ``has_tags`` writes marks as HTML. ``images`` maps
    images, as values of words, to their Markdown. ``has_line_breaks`` is the deck's setting.
    """

    is_escaped: bool = False
    has_tags: bool = False
    images: Mapping[str, str] = field(default_factory=dict)
    has_line_breaks: bool = False


@dataclass(slots=True)
class OpenMark:
    """A mark that is open, and what closes it."""

    mark: str
    closer: str


@dataclass(slots=True)
class RewriteState:
    """The Markdown ``text`` of the blocks ``before``, the blocks ``after``, and the output.

    ``located`` has the old blocks with known words, and the indexes of the first and the last one.
    ``tails`` are the ends of their last lines. ``owners`` has the old block that each new one
    continues. ``copied`` are the spans of ``text`` that are in the output. ``old_prefixes`` and
    ``new_prefixes`` are what containers put before the first lines of old and of written blocks.
    """

    text: str
    before: Sequence[Block]
    spans: Sequence[Sequence[Span | None]]
    after: Sequence[Block]
    origins: Sequence[Sequence[Origin | None]]
    style: WritingStyle
    out: list[str] = field(default_factory=list)
    copied: list[Span] = field(default_factory=list)
    stack: list[OpenMark] = field(default_factory=list)
    located: dict[int, tuple[int, int]] = field(default_factory=dict)
    tails: dict[int, Span] = field(default_factory=dict)
    owners: list[int | None] = field(default_factory=list)
    separators: dict[int, Separator] = field(default_factory=dict)
    old_prefixes: dict[int, str] = field(default_factory=dict)
    new_prefixes: dict[int, str] = field(default_factory=dict)

    def start_of(self, block: int) -> int:
        """Return where an old block's first word with a known span starts."""
        span = self.spans[block][self.located[block][0]]
        return span[0] if span else 0

    def end_of(self, block: int) -> int:
        span = self.spans[block][self.located[block][1]]
        return span[1] if span else 0

    def span_of(self, place: Origin | None) -> Span | None:
        """Return the span of an old word, or ``None`` if the word or its span is unknown."""
        return self.spans[place[0]][place[1]] if place else None

    def copy(self, start: int, end: int) -> None:
        """Copy Markdown unchanged."""
        self.out.append(self.text[start:end])
        self.copied.append((start, end))


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
