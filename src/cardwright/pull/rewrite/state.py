"""The state while the Markdown of a field is written, and the blocks that it had before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cardwright.anki_fields.flow import Block, Origin
from cardwright.pull.located import Span


class UnplacedError(Exception):
    """An edit cannot be placed in the Markdown. The message continues "it …"."""


@dataclass(frozen=True, slots=True)
class WritingStyle:
    """How to write new text."""

    is_escaped: bool = False  # escapes all punctuation
    has_tags: bool = False  # writes marks as HTML
    images: Mapping[str, str] = field(default_factory=dict)  # values of words: Markdown
    has_line_breaks: bool = False  # the deck's setting


@dataclass(slots=True)
class OpenMark:
    """A mark that is open, and what closes it."""

    mark: str
    closer: str


@dataclass(frozen=True, slots=True)
class OldBlock:
    """A block with words in the Markdown.

    Its known words are ``first`` to ``last``, and are from ``start`` to ``end`` of the Markdown.
    From ``begin``, where the block before it ends, to ``start``, there are the line breaks and
    blank lines (``middle``), the ``prefix`` of its line, and the ``openers`` of marks. ``tail`` is
    the rest of its last line. ``container_prefix`` is what its containers put before its line.
    """

    index: int
    block: Block
    first: int
    last: int
    begin: int
    middle: Span
    prefix: Span
    openers: Span
    start: int
    end: int
    tail: Span
    container_prefix: str


@dataclass(slots=True)
class RewriteState:
    """The Markdown of some blocks, the blocks that it should have, and the output."""

    text: str  # the Markdown of the blocks `before`
    before: Sequence[Block]
    spans: Sequence[Sequence[Span | None]]
    after: Sequence[Block]
    origins: Sequence[Sequence[Origin | None]]
    style: WritingStyle
    out: list[str] = field(default_factory=list)
    copied: list[Span] = field(default_factory=list)  # the spans of `text` that are in the output
    stack: list[OpenMark] = field(default_factory=list)
    prefixes: dict[int, str] = field(default_factory=dict)  # before first lines, by block
    old: Mapping[int, OldBlock] = field(init=False)  # the blocks that are in the Markdown
    owners: Sequence[OldBlock | None] = field(init=False)  # the old block that each one continues

    def __post_init__(self) -> None:
        self.old = _old_blocks(self.text, self.before, self.spans)
        self.owners = _owners(self)

    def span_of(self, place: Origin | None) -> Span | None:
        """Return the span of an old word, or ``None`` if the word or its span is unknown."""
        return self.spans[place[0]][place[1]] if place else None

    def written_before(self, block: int, index: int) -> str:
        """Return the Markdown before the first known word from ``index`` on in an old block.

        It starts after the known word before, or else with the line.
        """
        before = [span[1] for span in self.spans[block][:index] if span]
        behind = [span[0] for span in self.spans[block][index:] if span]
        end = behind[0] if behind else len(self.text)
        start = before[-1] if before else self.text.rfind("\n", 0, end) + 1
        return self.text[start:end]

    def copy(self, start: int, end: int) -> None:
        """Copy Markdown unchanged."""
        self.out.append(self.text[start:end])
        self.copied.append((start, end))


def _old_blocks(
    text: str, blocks: Sequence[Block], spans: Sequence[Sequence[Span | None]]
) -> dict[int, OldBlock]:
    """Return the blocks that have words with a span in the Markdown ``text``, by their index."""
    located = [
        (at, known)
        for at, places in enumerate(spans)
        if (known := [(index, span) for index, span in enumerate(places) if span])
    ]
    limits = [*(known[0][1][0] for _, known in located[1:]), len(text)]
    found: dict[int, OldBlock] = {}
    begin = tail_end = 0
    for (at, known), limit in zip(located, limits, strict=False):
        block, (first, (start, _)), (last, (_, end)) = blocks[at], known[0], known[-1]
        cuts = _cuts(text, begin, tail_end, start, block.kind)
        middle, prefix, openers = pairwise((tail_end, *cuts, start))
        tail = _line_tail(text, end, limit, block.kind)
        of_containers = _container_prefix(text[slice(*prefix)], block, first)
        found[at] = OldBlock(
            at, block, first, last, begin, middle, prefix, openers, start, end, tail, of_containers
        )
        begin, tail_end = end, tail[1]
    return found


_CLOSERS = re.compile(r"(?:[*_~=`]+|\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\[\]\n]*\]|\]|</\w+>|>)*")
_PREFIX = re.compile(
    r"(?:[ \t]|>|(?:[-*+]|\d+[.)])(?=[ \t])|#{1,6}(?=[ \t])|\[[ xX]\](?=[ \t])|:(?=[ \t])"
    r"|\|(?=[ \t])|\[!\w+\][+-]?)*"
)
_FENCE_LINE = re.compile(r"(?:^|\n)(?P<line>[^\n]*(?:```|~~~)[^\n]*\n)\Z")
_CLOSING_FENCE = re.compile(r"\n[ \t>]*(?:`{3,}|~{3,})[ \t]*(?=\n|\Z)")
_CELL = re.compile(r"[^\w]*?\|\s*")


def _cuts(text: str, begin: int, tail_end: int, start: int, kind: str) -> tuple[int, int]:
    """Return where the prefix before a block starts, and where it ends."""
    line = text.rfind("\n", tail_end, start) + 1
    if not line and begin:
        cell = _CELL.match(text, tail_end, start)
        at = cell.end() if cell else start
        return at, at
    line = line or tail_end
    fence = _FENCE_LINE.search(text[tail_end:line]) if kind == "pre" else None
    if fence:
        return tail_end + fence.start("line"), start
    prefix = _PREFIX.match(text, line, start)
    return line, prefix.end() if prefix else line


def _line_tail(text: str, start: int, limit: int, kind: str) -> Span:
    """Return the rest of the line after closing marks; after code, the closing fence."""
    if kind == "pre":
        match = _CLOSING_FENCE.match(text, start, limit)
        return (start, match.end()) if match else (start, start)
    closers = _CLOSERS.match(text, start, limit)
    begin = closers.end() if closers else start
    newline = text.find("\n", begin, limit)
    end = newline if newline >= 0 else limit
    is_cell = newline < 0 and limit < len(text)
    return (begin, begin) if is_cell else (begin, end)


_OF_ONE_BLOCK = re.compile(r"(?:#{1,6}|\[[ xX]\]|\[!\w+\][+-]?)[ \t]+$")
"""The end of a prefix that belongs to one block: hashes, a box, the name of a callout."""


def _container_prefix(written: str, block: Block, first: int) -> str:
    """Return the prefix of the containers, before word ``first`` of a block."""
    line = written.rsplit("\n", 1)[-1]
    if block.kind == "pre":
        code = block.words[first].value
        return line[: len(line) - len(code) + len(code.lstrip())]
    return _OF_ONE_BLOCK.sub("", line)


def _owners(state: RewriteState) -> Sequence[OldBlock | None]:
    """Return, for each new block, the old block with most of its words. Each is used once."""
    wanted = []
    for at, places in enumerate(state.origins):
        counts = Counter(place[0] for place in places if place and place[0] in state.old)
        wanted += [(-count, at, old) for old, count in counts.items()]
    owners = {-1: -1, len(state.after): len(state.before)}  # the ends of both
    free = {*state.old}
    for _, at, old in sorted(wanted):
        if at not in owners and old in free:
            owners[at] = old
            free.remove(old)
    # A block of new words continues the block that it replaced, if there is only one.
    starts = (places[0] if places else None for places in state.origins)
    unwritten = {
        at: start[0] for at, start in enumerate(starts) if start and start[0] not in state.old
    }
    for at, block in enumerate(state.after):
        low, high = (owners.get(near, unwritten.get(near)) for near in (at - 1, at + 1))
        if at in owners or low is None or high is None:
            continue
        between = [old for old in free if low < old < high]
        old_block = state.before[between[0]] if len(between) == 1 else None
        if old_block and (old_block.kind, old_block.path) == (block.kind, block.path):
            owners[at] = between[0]
            free.remove(between[0])
    return [state.old[owners[at]] if at in owners else None for at in range(len(state.after))]


def are_neighbours(
    state: RewriteState, previous: int | None, at: int, skipped: Sequence[int]
) -> bool:
    """Whether two blocks are neighbours in the Markdown too."""
    last, owner = None if previous is None else state.owners[previous], state.owners[at]
    if owner is None or (last is None and previous is not None):
        return False
    start = last.index + 1 if last else 0
    between = range(start, owner.index)
    is_after = start <= owner.index and state.old.keys().isdisjoint(between)
    return is_after and are_origins(state, skipped, between)


def are_origins(state: RewriteState, skipped: Sequence[int], old: range) -> bool:
    """Whether the ``skipped`` new blocks are exactly these ``old`` ones."""
    origins = [place[0] for each in skipped for place in state.origins[each][:1] if place]
    return origins == list(old)


def keeps_start(state: RewriteState, at: int) -> bool:
    """Whether a block starts like its owner: the same first word, with the same marks."""
    owner = state.owners[at]
    return owner is not None and is_kept(state, at, 0, (owner.index, 0), owner.first + 1)


def keeps_end(state: RewriteState, at: int) -> bool:
    """Whether a block ends like its owner, from the last word with a known span on."""
    owner = state.owners[at]
    if owner is None:
        return False
    count = len(owner.block.words) - owner.last
    start = len(state.after[at].words) - count
    return start >= 0 and is_kept(state, at, start, (owner.index, owner.last), count)


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
