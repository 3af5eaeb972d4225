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
        element, title = TitleLine(is_block=True), tab[1] or tab[2]
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
_NAMED = re.compile(
    r"\{?([A-Za-z][\w-]*+)\}?(?:\s*+\[([^\]]*)\])?\s*+([^{}:]*+(?::(?!:)[^{}:]*+)*+)(?:\{[^{}]*\})?\s*+:*"
)
_BRACED = re.compile(r"\{([^{}]*)\}\s*+:*")
_CLASS_OR_TITLE = re.compile(r"\.([\w-]+)|(\w+)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_NAMES = "tabs code-group center left right div card-grid steps row col incremental fragment"
_LABELLED = "details spoiler tab tab-item collapse expand"
_NO_CALLOUT = re.compile(
    rf"(?:{'|'.join((*_NAMES.split(), *_LABELLED.split()))}"
    r"|(?:columns?|panel|content|layout)(?:-[\w-]+)?|)"
)
_SETTING = re.compile(r":[a-z-]+:(?:[ \t].*)?")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#*)?")


def read_colons(start: BlockStart) -> Block | None:
    """Read a line that opens or closes a container, as in Docusaurus, Pandoc, Quarto and MyST.

    One with an unknown name is a callout. In Quarto, a heading that begins it is its title. In
    MyST, lines such as ``:class: tip`` are its options. They are dropped.
    """
    line = _COLONS.fullmatch(start.text)
    if line is None:
        return None
    size = len(line[1])
    if not line[2]:
        boundary = Boundary(start.spot, COLONS, size=size, is_end=True)
        return start.bounded(boundary, start.first + 1)
    named, braced = _NAMED.fullmatch(line[2]), _BRACED.fullmatch(line[2])
    if named:
        name, title = named[1].lower(), (named[2] or named[3]).strip()
    elif braced:
        name, title = _of_attributes(braced[1])
    else:
        return None
    behind = start.first + 1
    if name.startswith("callout-") and not title:
        behind, title = _behind_title(start)
    while line[2][0] == "{" and behind < start.end and _SETTING.fullmatch(start.line(behind)):
        behind += 1
    kind = name.removeprefix("callout-")
    element = _label(title) if _NO_CALLOUT.fullmatch(kind) else CalloutStart(kind)
    return start.bounded(Boundary(start.spot, COLONS, element, title, size), behind)


def _of_attributes(attributes: str) -> tuple[str, str]:
    """Return the first class and the title in a list of attributes, or ``""``."""
    found = _CLASS_OR_TITLE.findall(attributes)
    name = next((each[0].lower() for each in found if each[0]), "")
    titles = (double or single or bare for _, key, double, single, bare in found if key == "title")
    return name, next(titles, "")


def _behind_title(start: BlockStart) -> tuple[int, str]:
    """Return the line after a heading that begins a container, and its text, ``""`` without one."""
    state, below = start.state, range(start.first + 1, start.end)
    first = next((line for line in below if not state.isEmpty(line)), start.first)
    heading = _HEADING.fullmatch(start.line(first))
    if not heading or state.sCount[first] < state.blkIndent or state.is_code_block(first):
        return start.first + 1, ""
    return first + 1, heading[1]


def _label(title: str) -> ToolElement | None:
    return TitleLine(is_block=True) if title else None


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
        known = start.state.env
        if SLASHES not in known:
            known[SLASHES] = _OPENS.search(start.scan.text) is not None
        boundary = Boundary(start.spot, SLASHES, size=size, is_end=True)
        return start.bounded(boundary, start.first + 1) if known[SLASHES] else None
    behind, kind = _behind_options(start)
    title = "" if name in _PLAIN else (line[3] or "").strip()
    if name in _TITLED | _PLAIN:
        element = _label(title)
    else:
        element = CalloutStart(kind or ("note" if name == "admonition" else name))

    return start.bounded(Boundary(start.spot, SLASHES, element, title, size), behind)


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
