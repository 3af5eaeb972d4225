"""Reads the blocks of PyMdown between lines of slashes: ``/// note | Title`` to ``///``."""

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
from cardwright.render.tools.tags import CALLOUTS

SLASHES = "///"
_LINE = re.compile(r"(/{3,})(?:[ \t]*+([a-z][\w-]*+)(?:[ \t]*+\|[ \t]*+(.*))?)?", re.DOTALL)
_OPTION = re.compile(r"(type[ \t]*+:[ \t]*+)?([\w-]+).*", re.DOTALL)
_TITLED = frozenset({"tab", "details", "caption", "figure-caption", "table-caption"})
_PLAIN = frozenset({"html", "define"})
_NAMES = CALLOUTS | _TITLED | _PLAIN | {"admonition"}
_OPENING = re.compile(rf"/// *(?:{'|'.join(sorted(_NAMES))})\b")
_INDENT = 4


def read_slashes(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a line that opens or closes a block. The options below an opening are dropped.

    A comment of Rust is no block, because its first word is none of these names.
    """
    text = line_text(state, first)
    line = _LINE.fullmatch(text) if len(text) <= MAX_LINE else None
    if line is None or (line[2] and line[2] not in _NAMES):
        return False
    if not line[2] and not state.env.setdefault(SLASHES, bool(_OPENING.search(scan.text))):
        return False
    if silent:
        return True
    spot, size = scan.spot(state, first), len(line[1])
    behind = first + 1
    if not line[2]:
        boundary = Boundary(spot, SLASHES, size=size, is_end=True)
    else:
        behind, kind = _behind_options(state, first + 1, end)
        scan.drop(state, first + 1, behind)
        title = "" if line[2] in _PLAIN else (line[3] or "").strip()
        boundary = Boundary(spot, SLASHES, _role(line[2], kind, title), title, size)
    add_boundary(state, boundary)
    state.line = behind
    return True


def _behind_options(state: StateBlock, first: int, end: int) -> tuple[int, str]:
    """Return the line after the indented options, and the value of ``type``."""
    at, kind = first, ""
    while at < end and not state.isEmpty(at) and state.sCount[at] - state.blkIndent >= _INDENT:
        option = _OPTION.fullmatch(line_text(state, at))
        kind = option[2] if option and option[1] else kind
        at += 1
    return at, kind


def _role(name: str, kind: str, title: str) -> ToolElement | None:
    if name in _TITLED | _PLAIN:
        return TitleLine() if title else None
    return CalloutStart(kind or ("note" if name == "admonition" else name))
