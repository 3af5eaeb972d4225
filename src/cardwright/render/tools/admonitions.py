"""Reads MkDocs's ``!!! note "Title"``, ``??? note`` and ``=== "Tab"`` with indented text."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from cardwright.render.placeholders import CalloutStart, TitleLine
from cardwright.render.tools.block_scan import (
    MAX_LINE,
    BlockScan,
    Boundary,
    line_text,
    read_block_inside,
)
from cardwright.render.tools.edits import Spot

_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?) ?([\w-]++)(?: ++[\w-]++)*+(?: ++\"(.*)\"| ++'(.*)')?")
_TAB = re.compile(r"===[+!]{0,2} +(?:\"(.+)\"|'(.+)')")
_INDENT = 4


def read_admonition(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a callout or a tab, which becomes a label, and dedent the text below it.

    As in Python-Markdown, this is the text that is indented by four, including blank lines.
    """
    text = line_text(state, first)
    if len(text) > MAX_LINE:
        return False
    admonition, tab = _ADMONITION.fullmatch(text), _TAB.fullmatch(text)
    match = admonition or tab
    if match is None:
        return False
    if silent:
        return True
    behind = _indented_end(state, first, end)
    for line in range(first + 1, behind):
        spot = Spot(line, state.bMarks[line] - scan.starts[line])
        scan.edits.dedent(spot, _INDENT)
    titles = (admonition[2], admonition[3]) if admonition else match.groups()
    element = CalloutStart(admonition[1]) if admonition else TitleLine()
    title = next((title for title in titles if title), "")
    boundary = Boundary(scan.spot(state, first), element=element, title=title)
    read_block_inside(state, boundary, first + 1, behind, state.sCount[first] + _INDENT)
    state.line = behind
    return True


def _indented_end(state: StateBlock, first: int, end: int) -> int:
    """Return the line after the last one with enough indentation."""
    behind = line = first + 1
    while line < end:
        if not state.isEmpty(line):
            if state.sCount[line] < state.sCount[first] + _INDENT:
                break
            behind = line + 1
        line += 1
    return behind
