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
from cardwright.render.elements import ELEMENTS
from cardwright.render.tools.admonitions import read_admonition
from cardwright.render.tools.asides import read_attributes, read_comment, read_module, read_snippet
from cardwright.render.tools.bare_tables import read_bare_table
from cardwright.render.tools.block_scan import BlockScan, line_text
from cardwright.render.tools.code import read_code
from cardwright.render.tools.colons import read_colons
from cardwright.render.tools.components import component_pairs, read_component
from cardwright.render.tools.embedded import read_embed
from cardwright.render.tools.logseq import read_property
from cardwright.render.tools.pairs import close_blocks
from cardwright.render.tools.slashes import read_slashes
from cardwright.render.tools.tag_lines import read_tag

Rule = Callable[[BlockScan, StateBlock, int, int, bool], bool]


def _read_formula(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Skip a formula from ``$$`` to a later line. It contains no syntax of tools."""
    del scan
    opening = line_text(state, first)
    if not opening.startswith("$$") or "$$" in opening[2:]:
        return False
    for line in range(first + 1, min(end, first + _MAX_FORMULA_LINES)):
        text = line_text(state, line)
        if text.startswith(("```", "~~~")) or (text and state.sCount[line] < state.blkIndent):
            return False
        if "$$" in text:
            state.line = state.line if silent else line + 1
            return True
    return False


_COMPARED = re.compile(
    r">=?[ \t]*[~≈±+-]?[$€£¥]?\d[\d.,]*(?:[ \t]*[%‰°€$£¥][^>*_`$]{0,60}|[ \t]*[\w/²³µ°-]{1,20})?\s*"
)


def _read_comparison(
    scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool
) -> bool:
    """Escape the ``>`` of a comparison that starts a list item: ``> 55 %`` is not a quote."""
    if silent or not state.blkIndent or not _COMPARED.fullmatch(line_text(state, first)):
        return False
    if first + 1 < end and line_text(state, first + 1).startswith(">"):
        return False
    if first and state.sCount[first - 1] >= 0 and line_text(state, first - 1).startswith(">"):
        return False
    spot = scan.spot(state, first)
    scan.edits.cuts[spot] = "\\", scan.source(spot)
    return False


_MAX_FORMULA_LINES = 300
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
    """Replace such blocks with the placeholders of ``scan``, or remove them."""
    scan.partners = component_pairs(scan.lines)
    tokens = _parser().parse(scan.text, {"scan": scan})
    close_blocks(tokens, scan)
    return scan.edited()


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
    scan = state.env["scan"]
    return any(rule(scan, state, first, end, silent) for rule in rules)


_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)")


def _html_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Start a paragraph, not an HTML block, at a line with a tag that is not HTML."""
    tag = _TAG.match(state.src, state.bMarks[first] + state.tShift[first])
    if tag is not None and tag[1].lower() not in ELEMENTS:
        return False
    return html_block(state, first, end, silent)
