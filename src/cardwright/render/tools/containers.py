"""Reads blocks that contain Markdown: admonitions, and lines of colons or slashes around it."""

from __future__ import annotations

import re

from cardwright.render.collector import CalloutStart, TitleLine, ToolElement
from cardwright.render.tools.block_scan import Block, BlockStart, Boundary
from cardwright.render.tools.tags import CALLOUTS

_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?) ?([\w-]++)(?: ++[\w-]++)*+(?: ++\"(.*)\"| ++'(.*)')?")
_TAB = re.compile(r"===[+!]{0,2} +(?:\"(.+)\"|'(.+)')")
_INDENT = 4


def read_admonition(start: BlockStart) -> Block | None:
    """Read ``!!! note "Title"``, ``??? note`` or ``=== "Tab"`` of MkDocs with the text below.

    As in Python-Markdown, this is the text that is indented by four, including blank lines. A tab
    becomes a label.
    """
    admonition, tab = _ADMONITION.fullmatch(start.text), _TAB.fullmatch(start.text)
    element: ToolElement
    if admonition:
        element, title = CalloutStart(admonition[1]), admonition[2] or admonition[3] or ""
    elif tab:
        element, title = TitleLine(), tab[1] or tab[2]
    else:
        return None
    first, indent = start.first, start.state.sCount[start.first] + _INDENT
    behind = _indented_end(start, first + 1, indent)
    boundary = Boundary(start.spot, element=element, title=title)

    def write() -> None:
        start.dedent(range(first + 1, behind), _INDENT)
        start.read_inside(boundary, first + 1, behind, indent)

    return Block(behind, write)


def _indented_end(start: BlockStart, first: int, indent: int) -> int:
    """Return the line after the last one with enough indentation."""
    state, behind = start.state, first
    for line in range(first, start.end):
        if not state.isEmpty(line):
            if state.sCount[line] < indent:
                break
            behind = line + 1
    return behind


COLONS = ":::"
_COLONS = re.compile(r"(:{3,})\s*+(.*)", re.DOTALL)
_OPENING = re.compile(
    r"(?:([A-Za-z][\w-]*+)|\{\s*+\.([\w-]++)[^{}]*+\})"
    r"(?:\s*+\[([^\]]*)\])?\s*+([^{}:]*+(?::(?!:)[^{}:]*+)*+)(?:\{[^{}]*\})?\s*+:*"
)
_NAMES = "tabs columns column code-group center left right div card-grid steps row col"
_LABELLED = "details spoiler tab tab-item collapse expand"
_NO_CALLOUTS = frozenset((*_NAMES.split(), *_LABELLED.split()))


def read_colons(start: BlockStart) -> Block | None:
    """Read a line that opens or closes a container, as in Docusaurus, VitePress and Pandoc.

    One with an unknown name is a callout.
    """
    line = _COLONS.fullmatch(start.text)
    if line is None:
        return None
    size = len(line[1])
    if not line[2]:
        return start.bounded(Boundary(start.spot, COLONS, size=size, is_end=True))
    opening = _OPENING.fullmatch(line[2])
    if opening is None:
        return None
    name = (opening[1] or opening[2]).lower().removeprefix("callout-")
    title = (opening[3] or opening[4]).strip()
    element = _label(title) if name in _NO_CALLOUTS else CalloutStart(name)
    return start.bounded(Boundary(start.spot, COLONS, element, title, size))


def _label(title: str) -> ToolElement | None:
    return TitleLine() if title else None


SLASHES = "///"
_SLASHES = re.compile(r"(/{3,})(?:[ \t]*+([a-z][\w-]*+)(?:[ \t]*+\|[ \t]*+(.*))?)?", re.DOTALL)
_OPTION = re.compile(r"(type[ \t]*+:[ \t]*+)?([\w-]+).*", re.DOTALL)
_TITLED = frozenset({"tab", "details", "caption", "figure-caption", "table-caption"})
_PLAIN = frozenset({"html", "define"})
_BLOCKS = CALLOUTS | _TITLED | _PLAIN | {"admonition"}
_OPENS = re.compile(rf"/// *(?:{'|'.join(sorted(_BLOCKS))})\b")


def read_slashes(start: BlockStart) -> Block | None:
    """Read a line ``/// note | Title`` or ``///`` of PyMdown. Options below it are dropped.

    A comment of Rust is no block, because its first word is none of these names.
    """
    line = _SLASHES.fullmatch(start.text)
    if line is None or (line[2] and line[2] not in _BLOCKS):
        return None
    name, size = line[2], len(line[1])
    if not name:
        has_opening = start.state.env.setdefault(SLASHES, bool(_OPENS.search(start.scan.text)))
        boundary = Boundary(start.spot, SLASHES, size=size, is_end=True)
        return start.bounded(boundary) if has_opening else None
    behind, kind = _behind_options(start)
    title = "" if name in _PLAIN else (line[3] or "").strip()
    if name in _TITLED | _PLAIN:
        element = _label(title)
    else:
        element = CalloutStart(kind or ("note" if name == "admonition" else name))

    def write() -> None:
        start.drop(start.first + 1, behind)
        start.add(Boundary(start.spot, SLASHES, element, title, size))

    return Block(behind, write)


def _behind_options(start: BlockStart) -> tuple[int, str]:
    """Return the line after the indented options, and the value of ``type``."""
    state, at, kind = start.state, start.first + 1, ""
    while at < start.end and not state.isEmpty(at):
        if state.sCount[at] - state.blkIndent < _INDENT:
            break
        option = _OPTION.fullmatch(start.line(at))
        kind = option[2] if option and option[1] else kind
        at += 1
    return at, kind
