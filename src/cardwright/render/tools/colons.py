"""Reads containers between lines of colons, as in Docusaurus, VitePress, Pandoc and HackMD."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from cardwright.render.placeholders import CalloutStart, TitleLine, ToolElement
from cardwright.render.tools.block_scan import (
    MAX_LINE,
    BlockScan,
    Boundary,
    add_boundary,
    line_text,
)

COLONS = ":::"
_LINE = re.compile(r"(:{3,})\s*+(.*)", re.DOTALL)
_OPENING = re.compile(
    r"(?:([A-Za-z][\w-]*+)|\{\s*+\.([\w-]++)[^{}]*+\})"
    r"(?:\s*+\[([^\]]*)\])?\s*+([^{}:]*+(?::(?!:)[^{}:]*+)*+)(?:\{[^{}]*\})?\s*+:*"
)
_NAMES = "tabs columns column code-group center left right div card-grid steps row col"
_PLAIN = frozenset(_NAMES.split())
_LABELLED = frozenset({"details", "spoiler", "tab", "tab-item", "collapse", "expand"})


def read_colons(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a line that opens or closes a container. One with an unknown name is a callout."""
    del end
    text = line_text(state, first)
    line = _LINE.fullmatch(text) if len(text) <= MAX_LINE else None
    opening = _OPENING.fullmatch(line[2]) if line and line[2] else None
    if line is None or (line[2] and opening is None):
        return False
    if silent:
        return True
    size = len(line[1])
    if opening is None:
        boundary = Boundary(scan.spot(state, first), COLONS, size=size, is_end=True)
    else:
        name = (opening[1] or opening[2]).lower().removeprefix("callout-")
        title = (opening[3] or opening[4]).strip()
        boundary = Boundary(scan.spot(state, first), COLONS, _role(name, title), title, size)
    add_boundary(state, boundary)
    state.line = first + 1
    return True


def _role(name: str, title: str) -> ToolElement | None:
    if name in _PLAIN or name in _LABELLED:
        return TitleLine() if title else None
    return CalloutStart(name)
