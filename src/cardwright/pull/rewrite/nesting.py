"""Computes the line prefixes of nested blocks: bullets, numbers, quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cardwright.pull.flow import CELLS, LISTS, Block
from cardwright.pull.rewrite.state import LinePrefix, Prefixes, RewriteState

_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d+[.)])[ \t]+")
_BOX = re.compile(r"\[[ xX]\][ \t]+")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")


def container_prefixes(
    blocks: Sequence[Block], prefixes: Mapping[int, str]
) -> dict[int, Prefixes | None]:
    """Split the prefix of each block among its containers. ``None`` if that is unclear."""
    old_prefixes: dict[int, Prefixes | None] = {}
    above: Prefixes | None = []
    for at, block in enumerate(blocks):
        if at not in prefixes:
            above = None if block.opened else above
            continue
        prefix = prefixes[at].rsplit("\n", 1)[-1] if block.kind == "pre" else prefixes[at]
        above = _split_prefix(block, prefix, above)
        old_prefixes[at] = above
    return old_prefixes


def _split_prefix(block: Block, prefix: str, above: Prefixes | None) -> Prefixes | None:
    shared = block.shared
    if shared and (above is None or len(above) < shared):
        return _guessed(block, prefix)
    prefixes: Prefixes = list((above or [])[:shared])
    at = 0
    for part in prefixes:
        is_whole = prefix.startswith(part.rest, at)
        at += len(part.rest) if is_whole else _blanks(prefix, at, part)
    for name in block.path[shared:]:
        found = _opened_part(name, prefix, at)
        if found is None:
            return None
        part, at = found
        prefixes.append(part)
    return prefixes


def _blanks(prefix: str, at: int, part: LinePrefix) -> int:
    """Return how much of a container's indentation a less indented line has."""
    rest = prefix[at:]
    return min(len(rest) - len(rest.lstrip(" ")), len(part.rest))


def _guessed(block: Block, prefix: str) -> Prefixes | None:
    """Return the prefixes of a block that is only in quotes, whose first line is unknown."""
    prefixes: Prefixes = []
    at = 0
    for name in block.path:
        match = _QUOTE.match(prefix, at)
        if match is None or name in (*LISTS, "li", *CELLS, "tr", "table"):
            return None
        prefixes.append(LinePrefix(match[0], match[0]))
        at = match.end()
    return prefixes


def _opened_part(name: str, prefix: str, at: int) -> tuple[LinePrefix, int] | None:
    if name in (*LISTS, "table", "dl", "tr"):
        return LinePrefix("", ""), at
    if name in CELLS:
        match = re.compile(r"\|[ \t]*").match(prefix, at)
        return (LinePrefix(match[0], ""), match.end()) if match else (LinePrefix("", ""), at)
    if name == "li":
        item = _ITEM.match(prefix, at)
        if item is None:
            return None
        box = _BOX.match(prefix, item.end())
        first = item[0] + (box[0] if box else "")
        return LinePrefix(first, " " * len(item[0])), at + len(first)
    quote = _QUOTE.match(prefix, at)
    if quote is None:
        return None
    title = re.compile(r"\[!\w+\][+-]?[ \t]*").match(prefix, quote.end())
    return LinePrefix(quote[0], quote[0]), title.end() if title else quote.end()


def new_block_prefixes(state: RewriteState, previous: Prefixes | None, at: int) -> Prefixes | None:
    """Return the prefixes of a new block, or ``None``. ``previous`` are of the block before."""
    block = state.after[at]
    if previous is None or len(previous) < block.shared:
        return None
    prefixes = list(previous[: block.shared])
    for depth in range(block.shared, len(block.path)):
        name = block.path[depth]
        if name in (*LISTS, "table", "tr"):
            prefixes.append(LinePrefix("", ""))
        elif name in CELLS:
            prefixes.append(LinePrefix("| ", ""))
        elif name == "blockquote":
            prefixes.append(LinePrefix("> ", "> "))
        elif name == "li":
            prefixes.append(_item(state, previous, at, depth))
        else:
            return None
    return prefixes


def _item(state: RewriteState, previous: Prefixes, at: int, depth: int) -> LinePrefix:
    """Return the bullet of a new item, like that of the item before or after it, or the usual."""
    after = state.after
    block = after[at]
    is_sibling = at > 0 and after[at - 1].path[: depth + 1] == block.path[: depth + 1]
    if is_sibling and block.shared == depth and depth < len(previous):
        return _without_box(previous[depth])
    for later in range(at + 1, len(after)):
        if len(after[later].path) <= depth or after[later].path[depth] != "li":
            break
        prefixes = state.prefixes_of_owner(later)
        if prefixes is not None and len(prefixes) > depth:
            return _without_box(prefixes[depth])
    if block.path[depth - 1 : depth] == ("ol",):
        return LinePrefix("1. ", "   ")
    bullets = [
        part.first.strip()[0]
        for prefixes in state.old_prefixes.values()
        for part in prefixes or ()
        if part.first.strip()[:1] in ("-", "*", "+") and part.first.strip()
    ]
    return LinePrefix(f"{bullets[0] if bullets else '-'} ", "  ")


def _without_box(part: LinePrefix) -> LinePrefix:
    return LinePrefix(_BOX.sub("", part.first), part.rest)


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
        separator.has_blank_line
        for at, separator in state.separators.items()
        if state.before[at].opened == 1 and state.before[at].path[:-1] == path
    )


_NUMBER = re.compile(r"(\d+)[.)][ \t]+$")


def numbering(state: RewriteState, at: int) -> str:
    """Return the new number of a list item, or ``""`` if it keeps its own or has none."""
    before, after, owners = state.before, state.after, state.owners
    block = after[at]
    if not block.opened or block.path[-2:] != ("ol", "li"):
        return ""
    members = _members(after, at)
    known = [
        (owner, _number(state.prefixes_of_owner(each)))
        for each in members
        if (owner := owners[each]) is not None and before[owner].path == after[each].path
    ]
    known = [(owner, number) for owner, number in known if number]
    if not known or (len(known) > 1 and len({int(number) for _, number in known}) == 1):
        return ""
    first = _number(state.old_prefixes.get(_members(before, known[0][0])[0])) or "1"
    wanted = str(int(first) + members.index(at))
    return wanted if wanted != _number(state.prefixes_of_owner(at)) else ""


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


def _number(prefixes: Prefixes | None) -> str:
    match = _NUMBER.search(prefixes[-1].first) if prefixes else None
    return match[1] if match else ""
