"""Reads the tags of Hugo, Liquid and MDX on lines of their own: code, callouts, tabs, figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from textwrap import dedent

from cardwright.blocks.fences import lines_of_code
from cardwright.diagnostics import Code, shorten
from cardwright.model import CodeBlock, Place
from cardwright.render.collector import Collector
from cardwright.render.raw_html import ELEMENTS
from cardwright.render.tools.block_scan import Block, BlockStart, Boundary
from cardwright.render.tools.tags import (
    MAX_LENGTH,
    RAW_TAG,
    SILENT,
    Tag,
    callout_of,
    closing_of,
    code_of,
    image_of,
    is_code,
    is_figure,
    role_of,
    tag_at,
)

AS_IT_IS = "put it in backticks to show it as it is, or write what it stands for"


def read_code(start: BlockStart) -> Block | None:
    """Read code between a ``highlight`` tag of Hugo or Jekyll and its end, like a fence.

    A tag within a line is handled as running text.
    """
    scan, state, first = start.scan, start.state, start.first
    stop = min(state.eMarks[first], start.offset + MAX_LENGTH)
    tag = None if scan.raw.hold(start.offset) else tag_at(state.src, start.offset, stop)
    if tag is None or not is_code(tag):
        return None
    closing = closing_of(tag, scan.text, scan.find, state.eMarks[start.end - 1])
    if closing is None:
        return None
    last = bisect_left(scan.starts, closing.end) - 1
    is_left = any(map(start.is_outside, range(first + 1, last + 1)))
    if is_left or state.src[closing.end : state.eMarks[last]].strip():
        return None

    def write() -> None:
        code = code_of(tag, _text_of(start, last, tag.end, closing.start))
        start.drop(first + 1, last + 1)
        block = CodeBlock(_trimmed(code), tag.argument("0", "lang"), tag.argument("title"))
        scan.set_apart(start.spot, block, last=last)

    return Block(last + 1, write)


def _text_of(start: BlockStart, last: int, begin: int, stop: int) -> str:
    """Return the text from ``begin`` to ``stop`` without the indentation of the first line."""
    state, first = start.state, start.first
    if last == first:
        return state.src[begin:stop]
    parts = [state.src[begin : state.eMarks[first]]]
    if last > first + 1:
        parts.append(state.getLines(first + 1, last, state.sCount[first], False))
    line_start = state.bMarks[last] + state.tShift[last]
    return "\n".join((*parts, state.src[line_start:stop]))


def _trimmed(code: str) -> str:
    """Remove blank lines around code, like Hugo."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", code).rstrip()


def read_tag(start: BlockStart) -> Block | None:
    """Read a known tag that is alone on its line. Other tags are handled as running text."""
    scan, src = start.scan, start.state.src
    behind = start.offset + len(start.line(start.first))
    tag = None if scan.raw.hold(start.offset) else tag_at(src, start.offset, behind)
    if tag is None or tag.end != behind:
        return None
    if is_figure(tag):
        return Block(start.first + 1, lambda: _set_figure(start, tag))
    if tag.name.lower() not in SILENT or RAW_TAG.fullmatch(src, start.offset, behind):
        return None
    name = f"{tag.tool.name} {tag.name.lower()}"
    if tag.is_closing:
        return start.bounded(Boundary(start.spot, name, is_end=True), start.first + 1)
    element, title = role_of(tag)  # a title without an end becomes a label
    boundary = Boundary(start.spot, name, element, title, is_optional=True)
    return start.bounded(boundary, start.first + 1)


def _set_figure(start: BlockStart, tag: Tag) -> None:
    """Insert an image, and the text below it as a paragraph of its own."""
    image, caption = image_of(tag, start.scan.place(start.spot))
    start.scan.set_apart(start.spot, image)
    if caption:
        start.scan.edits.put_after(start.first, start.spot, caption)


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


def read_component(start: BlockStart) -> Block | None:
    """Read a component of MDX and remove the common indentation of its content.

    Empty components and those within a line are handled as running text.
    """
    scan, state, first = start.scan, start.state, start.first
    last = state.env["partners"].get(first, -1)
    if scan.collector.is_trusted or not first < last < start.end:
        return None
    stop = min(state.eMarks[last - 1], start.offset + MAX_LENGTH)
    tag = tag_at(state.src, start.offset, stop)
    if tag is None or tag.is_empty or tag.name.lower() in ELEMENTS:
        return None
    inside = first + 1
    while state.eMarks[inside - 1] < tag.end:
        inside += 1
    if state.src[tag.end : state.eMarks[inside - 1]].strip():
        return None
    return Block(last + 1, lambda: _unwrap(start, tag, inside, last))


def _unwrap(start: BlockStart, tag: Tag, inside: int, last: int) -> None:
    """Remove a component's tags. Its content is from line ``inside`` to before ``last``."""
    scan, state, first = start.scan, start.state, start.first
    if callout_of(tag) is None:
        report_component(scan.collector, tag.name, scan.place(start.spot), "what it holds stays")
    literal_code = _literal_code(start, tag, inside, last)
    if literal_code is not None:
        start.drop(first + 1, last + 1)
        block = CodeBlock(literal_code, tag.argument("language", "lang"), tag.argument("title"))
        scan.set_apart(start.spot, block, last=last)
        return
    start.drop(first, inside)
    start.drop(last, last + 1)
    filled = [line for line in range(inside, last) if not state.isEmpty(line)]
    indent = max(min((state.sCount[line] for line in filled), default=0), state.sCount[first])
    start.dedent(range(inside, last), indent - state.sCount[first])
    element, title = role_of(tag)
    boundary = Boundary(start.spot, element=element, title=title)
    start.read_inside(boundary, inside, last, indent)


def report_component(collector: Collector, name: str, place: Place, outcome: str) -> None:
    message = f"<{shorten(name)}> is a component of MDX, which does not run here; {outcome}"
    collector.report(place, Code.MDX_COMPONENT, message, AS_IT_IS, once=name)


def _literal_code(start: BlockStart, tag: Tag, inside: int, last: int) -> str | None:
    """Return the code in a template ``{`…`}`` of a ``<CodeBlock>``, or ``None``."""
    if tag.name != "CodeBlock" or inside >= last:
        return None
    text = start.state.getLines(inside, last, start.state.sCount[inside], False).strip()
    is_template = text.startswith("{`") and text.endswith("`}") and len(text) > 3
    return _trimmed(dedent(text[2:-2])) if is_template else None
