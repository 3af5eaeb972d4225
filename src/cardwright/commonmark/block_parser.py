"""Sets up markdown-it-py to parse blocks and leave inline text unparsed.

Text that is nested too deeply is kept without exhausting Python's stack. Link definitions are text.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

_MAX_NESTING = 60
"""Nested containers. A list counts as two: itself and its item."""


def block_parser() -> MarkdownIt:
    """Return a parser of CommonMark blocks, tables, footnotes and definition lists.

    Callers add further rules to it.
    """
    # The parser drops text at its own limit, which is too high to be reached here.
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING + 20}).enable("table")
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.before("table", "deep_text", _deep_text)
    # It would read the address of an embedded image character by character.
    parser.block.ruler.disable("reference")
    return parser


def _deep_text(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Turn everything that is nested deeper than ``_MAX_NESTING`` into a paragraph."""
    if state.level < _MAX_NESTING or silent:
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
