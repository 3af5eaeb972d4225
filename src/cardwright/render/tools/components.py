"""Reads components of MDX that are on lines of their own, with their content."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock

from cardwright.blocks.fences import lines_of_code
from cardwright.render.elements import ELEMENTS
from cardwright.render.placeholders import ToolCode
from cardwright.render.tools.block_scan import BlockScan, Boundary, read_block_inside
from cardwright.render.tools.code import dedented
from cardwright.render.tools.edits import Spot
from cardwright.render.tools.tag_lines import role_of
from cardwright.render.tools.tags import MAX_LENGTH, Tag, callout_of, tag_at

_EDGE = re.compile(r"[\s>]*<(/?)([A-Z][\w.]*+)")


def component_pairs(lines: Sequence[str]) -> dict[int, int]:
    """Map each line that starts with an opening component to the line of its closing tag."""
    pairs: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    is_code = lines_of_code(lines)
    for number, line in enumerate(lines):
        edge = None if is_code[number] or "<" not in line else _EDGE.match(line)
        if edge is None:
            continue
        opened = waiting.setdefault(edge[2], [])
        if not edge[1] and not line.rstrip().endswith(("/>", f"</{edge[2]}>")):
            opened.append(number)
        elif edge[1] and opened and line.strip(" \t>") == f"</{edge[2]}":
            pairs[opened.pop()] = number
    return pairs


def read_component(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a component and remove the common indentation of its content.

    Empty components and those within a line are handled as running text.
    """
    last = scan.partners.get(first, -1)
    start = state.bMarks[first] + state.tShift[first]
    if scan.has_html or not first < last < end:
        return False
    tag = tag_at(state.src, start, min(state.eMarks[last - 1], start + MAX_LENGTH))
    if tag is None or tag.is_empty or tag.name.lower() in ELEMENTS:
        return False
    inside = first + 1
    while state.eMarks[inside - 1] < tag.end:
        inside += 1
    if state.src[tag.end : state.eMarks[inside - 1]].strip():
        return False
    if not silent:
        _unwrap(scan, state, tag, (first, inside, last))
        state.line = last + 1
    return True


def _unwrap(scan: BlockScan, state: StateBlock, tag: Tag, lines: tuple[int, int, int]) -> None:
    """Remove a component's tags. ``lines`` are those of its tag, its content and its end."""
    first, inside, last = lines
    spot = scan.spot(state, first)
    if callout_of(tag) is None:
        scan.reports.component(tag.name, scan.place(spot), is_unwrapped=True)
    literal_code = _literal_code(state, tag, inside, last)
    if literal_code is not None:
        scan.drop(state, first + 1, last + 1)
        language = tag.argument("language", "lang")
        scan.set_apart(spot, ToolCode(literal_code, language), last=last)
        return
    scan.drop(state, first, inside)
    scan.drop(state, last, last + 1)
    filled = [line for line in range(inside, last) if not state.isEmpty(line)]
    indent = max(min((state.sCount[line] for line in filled), default=0), state.sCount[first])
    for line in range(inside, last):
        where = Spot(line, state.bMarks[line] - scan.starts[line])
        scan.edits.dedent(where, indent - state.sCount[first])
    element, title = role_of(tag)
    read_block_inside(state, Boundary(spot, element=element, title=title), inside, last, indent)


def _literal_code(state: StateBlock, tag: Tag, inside: int, last: int) -> str | None:
    """Return the code in a template ``{`…`}`` of a ``<CodeBlock>``, or ``None``."""
    if tag.name != "CodeBlock" or inside >= last:
        return None
    text = state.getLines(inside, last, state.sCount[inside], False).strip()
    is_template = text.startswith("{`") and text.endswith("`}") and len(text) > 3
    return dedented(text[2:-2]) if is_template else None
