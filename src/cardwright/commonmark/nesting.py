"""Blocks nested deeper than anybody reads: their text is kept, Python's stack spared."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

MAX_NESTING = 60
"""Containers inside one another; a list counts two, itself and its item."""

NESTING_OPTION = {"maxNesting": MAX_NESTING + 20}
"""The parser's own limit, at which it would drop the text, kept out of reach."""


def keep_deep_text(parser: MarkdownIt) -> None:
    """Make one paragraph of all that is nested deeper than ``MAX_NESTING``."""
    parser.block.ruler.before("table", "deep_text", _deep_text)


def _deep_text(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    if state.level < MAX_NESTING or silent:
        return False
    last = first + 1
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        last += 1
    state.line = last
    state.push("paragraph_open", "p", 1).map = [first, last]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(first, last, state.blkIndent, False).strip()
    inline.map = [first, last]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True
