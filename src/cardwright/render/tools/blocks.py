"""Finds the blocks of other tools, with a parser that recognises code, lists and quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, html_block

from cardwright.commonmark.block_parser import block_parser
from cardwright.math.traced import Traced
from cardwright.render.raw_html import ELEMENTS
from cardwright.render.tools.asides import read_attributes, read_comment, read_module, read_snippet
from cardwright.render.tools.block_scan import Block, BlockScan, BlockStart
from cardwright.render.tools.containers import read_admonition, read_colons, read_slashes
from cardwright.render.tools.edits import apply_edits
from cardwright.render.tools.logseq import read_property
from cardwright.render.tools.pairs import close_blocks
from cardwright.render.tools.tables import read_bare_table
from cardwright.render.tools.tag_blocks import component_pairs, read_code, read_component, read_tag
from cardwright.render.tools.wikilinks import read_embed

Rule = Callable[[BlockStart], Block | None]
_MAX_FORMULA_LINES = 300


def _read_formula(start: BlockStart) -> Block | None:
    """Skip a formula from ``$$`` to a later line. It contains no syntax of tools."""
    opening, state = start.line(start.first), start.state
    if not opening.startswith("$$") or "$$" in opening[2:]:
        return None
    for line in range(start.first + 1, min(start.end, start.first + _MAX_FORMULA_LINES)):
        text = start.line(line)
        if text.startswith(("```", "~~~")) or (text and state.sCount[line] < state.blkIndent):
            return None
        if "$$" in text:
            return Block(line + 1)
    return None


_COMPARED = re.compile(
    r">=?[ \t]*[~≈±+-]?[$€£¥]?\d[\d.,]*(?:[ \t]*[%‰°€$£¥][^>*_`$]{0,60}|[ \t]*[\w/²³µ°-]{1,20})?\s*"
)


def _read_comparison(start: BlockStart) -> Block | None:
    """Escape the ``>`` of a comparison that starts a list item: ``> 55 %`` is not a quote."""
    state, first = start.state, start.first
    if not state.blkIndent or not _COMPARED.fullmatch(start.line(first)):
        return None
    if first + 1 < start.end and start.line(first + 1).startswith(">"):
        return None
    if first and state.sCount[first - 1] >= 0 and start.line(first - 1).startswith(">"):
        return None
    escaped = "\\", start.scan.source(start.spot)
    return Block(first, lambda: start.scan.edits.cuts.update({start.spot: escaped}))


_RULES: dict[str, tuple[Rule, ...]] = {
    "!": (read_admonition, read_embed),
    "?": (read_admonition,),
    "=": (read_admonition,),
    ":": (read_colons, read_property),
    "/": (read_slashes,),
    "|": (read_bare_table,),
    "%": (read_comment,),
    "-": (read_snippet,),
    ";": (read_snippet,),
    "{": (read_embed, read_comment, read_attributes, read_code, read_tag),
    "<": (read_component,),
    "i": (read_module, read_property),
    "e": (read_module,),
    **dict.fromkeys("bchlqu", (read_property,)),
    "$": (_read_formula,),
    ">": (_read_comparison,),
}
"""The rules for lines, by the first character of the line."""


def replace_blocks(scan: BlockScan) -> Traced:
    """Replace such blocks with placeholders, or remove them."""
    state = {"scan": scan, "partners": component_pairs(scan.lines)}
    close_blocks(_parser().parse(scan.text, state), scan)
    return apply_edits(scan.edits, scan.traced)


@cache
def _parser() -> MarkdownIt:
    parser = block_parser()
    parser.block.ruler.at(
        "html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    everywhere: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("table", "tool", _tool, everywhere)
    return parser


def _tool(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    start = state.bMarks[first] + state.tShift[first]
    rules = _RULES.get(state.src[start : start + 1])
    if rules is None or state.is_code_block(first):
        return False
    line = BlockStart(state.env["scan"], state, first, end, silent)
    block = next(filter(None, (rule(line) for rule in rules)), None)
    if block is None:
        return False
    if not silent:
        block.write()
        state.line = block.behind
    return block.behind > first


_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)")


def _html_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Start a paragraph, not an HTML block, at a line with a tag that is not HTML."""
    tag = _TAG.match(state.src, state.bMarks[first] + state.tShift[first])
    if tag is not None and tag[1].lower() not in ELEMENTS:
        return False
    return html_block(state, first, end, silent)
