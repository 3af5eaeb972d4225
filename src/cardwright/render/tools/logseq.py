"""Reads what Logseq writes: blocks below the first line of a page, and lines it does not show."""

from __future__ import annotations

import re
from itertools import takewhile

from markdown_it.rules_block import StateBlock

from cardwright.math.traced import Replacement, Traced, replace
from cardwright.render.tools.block_scan import BlockScan, line_text

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
    texts = [line.text for line in traced.passage.lines]
    match = _FIRST_BLOCK.match(texts[0]) if texts else None
    if match is None:
        return traced
    tabs = match[1]
    inside = takewhile(lambda text: text.startswith(tabs) or not text.strip(), texts)
    cuts = [Replacement(at, 0, at, len(tabs), "") for at, text in enumerate(inside) if text.strip()]
    return replace(traced, cuts)


def read_property(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Remove a property that Logseq hides, or a whole drawer. Other properties are text."""
    text = line_text(state, first)
    if not _PROPERTY.match(text):
        return False
    behind = _behind_drawer(state, first, end) if text == _DRAWER else first + 1
    if not silent:
        for line in range(first, behind):
            scan.remove(state, line)
        state.line = behind
    return behind > first


def _behind_drawer(state: StateBlock, first: int, end: int) -> int:
    """Return the line after the drawer, or ``first`` if it is never closed."""
    for line in range(first + 1, min(end, first + _LONGEST_DRAWER)):
        if line_text(state, line) == _END:
            return line + 1
    return first
