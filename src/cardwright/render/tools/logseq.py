"""Reads what Logseq writes: blocks below the first line of a page, and lines it does not show."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from markdown_it.rules_block import StateBlock

from cardwright.blocks.fences import lines_of_code
from cardwright.math.traced import Replacement, Traced, replace
from cardwright.render.tools.block_scan import BlockScan, line_text
from cardwright.render.tools.edits import Spot

HIDDEN = (
    r"(?:(?:id|custom-id|collapsed|background-color|ls-type|logseq\.[a-z.-]+|hl-[a-z]+"
    r"|(?:created|updated|last-modified)-at|query-(?:table|properties|sort-by|sort-desc)"
    r"|card-(?:last-interval|repeats|last-reviewed|next-schedule|last-score|ease-factor))::(?!\S)"
    r"|heading:: (?:true|[1-6])$|:LOGBOOK:$)"
)
"""The start of a property that Logseq hides, and of a drawer with the times of a task."""
_PROPERTY = re.compile(HIDDEN)
_DRAWER, _END = ":LOGBOOK:", ":END:"
_LONGEST_DRAWER = 200


_FIRST_BLOCK = re.compile(r"(\t+)[-*+][ \t]+\S")


def outdented(traced: Traced) -> Traced:
    """Move a list that starts a passage to the left if tabs would make it code.

    Logseq indents the blocks below the first heading of a page, which has no marker of a list.
    """
    lines = traced.passage.lines
    match = _FIRST_BLOCK.match(lines[0].text) if lines else None
    if match is None:
        return traced
    texts, tabs = [line.text for line in lines], match[1]
    inside = takewhile(lambda text: text.startswith(tabs) or not text.strip(), texts)
    cuts = [Replacement(at, 0, at, len(tabs), "") for at, text in enumerate(inside) if text.strip()]
    return replace(traced, cuts)


_EMPTY = re.compile(r"([ \t]+)-[ \t]*$", re.MULTILINE)
_EMPTY_BELOW = re.compile(rf"\n{_EMPTY.pattern}", re.MULTILINE)
_ITEM = re.compile(r"([ \t]*)[-*+][ \t]+\S")


def without_empty_blocks(traced: Traced) -> Traced:
    """Remove an empty block below a list item. Its ``-`` would make the item a heading."""
    if not _EMPTY_BELOW.search(traced.passage.markdown):
        return traced
    texts = [line.text for line in traced.passage.lines]
    is_code = lines_of_code(texts)
    cuts = [
        Replacement(at - 1, len(above), at, len(text), "")
        for at, (above, text) in enumerate(pairwise(texts), 1)
        if (empty := _EMPTY.fullmatch(text)) and (item := _ITEM.match(above)) and not is_code[at]
        if len(empty[1].expandtabs(4)) > len(item[1].expandtabs(4))
    ]
    return replace(traced, cuts)


def read_property(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Remove properties that Logseq hides, and drawers. Other properties are text."""
    behind = _behind_hidden(state, first, end)
    if behind == first or silent:
        return behind > first
    scan.edits.gone.update(range(first, behind))
    spot = scan.spot(state, first)
    marker = scan.lines[first][: spot.offset]
    is_item_left = behind < end and not state.isEmpty(behind)
    if marker.strip("> \t") and is_item_left and state.sCount[behind] >= state.blkIndent:
        _begin_later(scan, state, first, behind)
    state.line = behind
    return True


def _behind_hidden(state: StateBlock, first: int, end: int) -> int:
    """Return the line after the properties and drawers that start at ``first``."""
    at = first
    while at < end and (at == first or state.sCount[at] >= state.blkIndent):
        text = line_text(state, at)
        behind = _behind_drawer(state, at, end) if text == _DRAWER else at + 1
        if not _PROPERTY.match(text) or behind == at:
            break
        at = behind
    return at


def _begin_later(scan: BlockScan, state: StateBlock, first: int, line: int) -> None:
    """Begin a list item that begins at ``first`` with its first line that is not hidden."""
    begin, spot = scan.spot(state, first), scan.spot(state, line)
    if _LISTED.match(scan.source(spot)):  # its columns count, so the item needs a line above
        scan.edits.gone.discard(first)
        scan.edits.cuts[begin] = "<!-- -->", ""
    else:
        scan.edits.cuts[Spot(line, 0)] = scan.lines[first][: begin.offset], scan.source(spot)


_LISTED = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")


def _behind_drawer(state: StateBlock, first: int, end: int) -> int:
    """Return the line after the drawer, or ``first`` if it is never closed."""
    for line in range(first + 1, min(end, first + _LONGEST_DRAWER)):
        if line_text(state, line) == _END:
            return line + 1
    return first
