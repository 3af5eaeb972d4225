"""Chooses the line prefixes of nested blocks: bullets, numbers, quotes.

A block that is new gets the prefix of a block in the same containers, the last one before it if
possible. So new items look like the author's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.anki_fields.flow import CELLS, LISTS, Block
from cardwright.pull.rewrite.state import OldBlock, RewriteState, UnplacedError

_UNPREFIXED = frozenset({*LISTS, "table"})
"""Containers that add nothing to the line of their first block."""


def first_prefix(state: RewriteState, at: int) -> str:
    """Return the prefix for the first line of a new block."""
    block = state.after[at]
    opened = _marked(block)
    if not opened:
        return continuation(state, block.path)
    for other, prefix in _known(state):
        if other.path == block.path and _marked(other) == opened:
            return prefix
    prefix = continuation(state, block.path[: block.shared])
    for depth in range(block.shared, len(block.path)):
        name = block.path[depth]
        if name == "li":
            prefix += "1. " if block.path[depth - 1] == "ol" else f"{_bullet(state)} "
        elif name == "blockquote":
            prefix += "> "
        elif name in CELLS:
            prefix += "| "
        elif name not in (*_UNPREFIXED, "tr"):
            raise UnplacedError("has a form that cannot be written as Markdown")
    return prefix


def continuation(state: RewriteState, path: tuple[str, ...]) -> str:
    """Return the prefix of later lines in these containers."""
    if not path or path[-1] in CELLS:
        return ""
    for other, prefix in _known(state):
        if other.path == path:
            return re.sub(r"[^\s>]", " ", prefix)
    ends = {"li": "   " if path[-2:-1] == ("ol",) else "  ", "blockquote": "> "}
    return continuation(state, path[:-1]) + ends.get(path[-1], "")


def _marked(block: Block) -> tuple[str, ...]:
    """Return the containers that start with the block and add something to its line."""
    return tuple(name for name in block.path[block.shared :] if name not in _UNPREFIXED)


def _known(state: RewriteState) -> Sequence[tuple[Block, str]]:
    """Return blocks with their prefixes: written ones, the last one first, then the old ones."""
    written = [(state.after[at], prefix) for at, prefix in reversed(state.prefixes.items())]
    return [*written, *((old.block, old.container_prefix) for old in state.old.values())]


def _bullet(state: RewriteState) -> str:
    bullets = (old.container_prefix.strip()[-1:] for old in state.old.values())
    return next((bullet for bullet in bullets if bullet and bullet in "-*+"), "-")


def needs_blank_line(state: RewriteState, previous: int, at: int) -> bool:
    """Whether to put a blank line between two blocks."""
    block = state.after[at]
    shared = block.shared
    if block.opened == 0:
        return True
    name = block.path[shared]
    if name == "tr":
        return False
    if name == "li":
        return _is_loose(state, block.path[:shared])
    is_nested = name in LISTS and shared > 0
    return not is_nested or state.after[previous].path[:shared] != block.path[:shared]


def _is_loose(state: RewriteState, path: tuple[str, ...]) -> bool:
    """Whether the lists at this path have blank lines between their items."""
    return any(
        _BLANK_LINE.search(state.text[slice(*old.middle)])
        for old in state.old.values()
        if old.block.opened == 1 and old.block.path[:-1] == path
    )


_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_NUMBER = re.compile(r"\d+(?=[.)][ \t]+$)")


def numbered(prefix: str, number: str) -> str:
    """Return the prefix of a list item with another number, unless it is ``""``."""
    return _NUMBER.sub(number, prefix) if number else prefix


def numbering(state: RewriteState, at: int) -> str:
    """Return the new number of a list item, or ``""`` if it keeps its own or has none."""
    block = state.after[at]
    if not block.opened or block.path[-2:] != ("ol", "li"):
        return ""
    members = _members(state.after, at)
    known = [
        (owner, number)
        for each in members
        if (owner := state.owners[each])
        and owner.block.path == state.after[each].path
        and (number := _number(owner))
    ]
    if not known or (len(known) > 1 and len({int(number) for _, number in known}) == 1):
        return ""
    first = state.old.get(_members(state.before, known[0][0].index)[0])
    wanted = str(int(_number(first) or "1") + members.index(at))
    return wanted if wanted != _number(state.owners[at]) else ""


def _members(blocks: Sequence[Block], at: int) -> list[int]:
    """Return all items of the list that contains the item ``at``."""
    depth = len(blocks[at].path)
    start, end = at, at + 1
    while start and blocks[start].shared >= depth - 1:
        start -= 1
    while end < len(blocks) and blocks[end].shared >= depth - 1:
        end += 1
    run = range(start, end)
    return [each for each in run if len(blocks[each].path) == depth and blocks[each].opened] or [at]


def _number(old: OldBlock | None) -> str:
    match = _NUMBER.search(old.container_prefix) if old else None
    return match[0] if match else ""
