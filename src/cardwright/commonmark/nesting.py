"""Keeps the text of deeply nested blocks without exhausting Python's stack."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

MAX_NESTING = 60
"""Nested containers. A list counts as two: itself and its item."""

NESTING_OPTION = {"maxNesting": MAX_NESTING + 20}
"""The parser's own limit, where it would drop text. It is set too high to be reached."""


def keep_deep_text(parser: MarkdownIt) -> None:
    """Turn everything that is nested deeper than ``MAX_NESTING`` into a paragraph."""
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
