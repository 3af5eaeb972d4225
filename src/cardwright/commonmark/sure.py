"""Blocks that their first characters give away, read before every other rule is tried on them."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading, paragraph

from cardwright.commonmark.nesting import MAX_NESTING

_WORDS = re.compile(r"[^\W\d_]|\*\*[^\W_]|`[^`\n]|[(\"']")
"""Text that begins no other block, as long as the line below is none of a table or heading."""


def read_sure_blocks(parser: MarkdownIt) -> None:
    """Give a heading or a paragraph of one line, a blank one below, straight to its own rule.

    That is most of a text, and a dozen rules would have to say no to it. What becomes of it is
    the same, as long as no rule of the parser's own begins with a letter.
    """
    parser.block.ruler.before("table", "sure_block", _sure_block)


def _sure_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    below = first + 1
    if silent or (below < state.lineMax and not state.isEmpty(below)):
        return False
    if state.sCount[first] - state.blkIndent > 3 or state.level >= MAX_NESTING:
        return False
    start = state.bMarks[first] + state.tShift[first]
    if state.src[start] == "#":
        return heading(state, first, end, silent)
    if not _WORDS.match(state.src, start) or _may_be_formula(state, start, state.eMarks[first]):
        return False
    return not _is_defined(state, below + 1, end) and paragraph(state, first, end, silent)


def _may_be_formula(state: StateBlock, start: int, end: int) -> bool:
    """Whether a formula over several lines may begin in the line (``math.structure``)."""
    return state.src.find("$$", start, end) >= 0 or state.src.find("\\", start, end) >= 0


def _is_defined(state: StateBlock, line: int, end: int) -> bool:
    """Whether the line may begin the definition of a term, which stands two lines above."""
    return line < end and state.src.startswith((":", "~"), state.bMarks[line] + state.tShift[line])
