"""Ends the blocks of other tools where the tool would end them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from cardwright.math.traced import region
from cardwright.render.placeholders import CalloutEnd, CalloutStart, TitleLine
from cardwright.render.tools.block_scan import BlockScan, Boundary

_FARTHEST = 50
"""The number of open blocks that an end is compared with."""


@dataclass(slots=True)
class _Container:
    """A list item, a quote, indented text or the passage, while its tokens are read."""

    end: int
    boundary: Boundary | None = None
    waiting: list[Boundary] = field(default_factory=list)


def close_blocks(tokens: Sequence[Token], scan: BlockScan) -> None:
    """Add the edits for every boundary in the tokens, and for quotes that are callouts."""
    open_containers = [_Container(len(scan.lines))]
    for index, token in enumerate(tokens):
        boundary: Boundary | None = token.meta.get("boundary")
        if token.type == "boundary" and boundary is not None:
            _add_boundary(boundary, open_containers[-1], scan)
        elif token.nesting == 1:
            end = token.map[1] if token.map else open_containers[-1].end
            open_containers.append(_Container(min(end, open_containers[-1].end), boundary))
            if boundary is not None and boundary.element is not None:
                scan.set_apart(boundary.spot, boundary.element, boundary.title)
            if token.type == "blockquote_open":
                _replace_callout_quote(tokens[index + 1 : index + 3], scan)
        elif token.nesting == -1:
            _close_container(open_containers.pop(), scan)
    _close_container(open_containers[0], scan)


def _add_boundary(boundary: Boundary, container: _Container, scan: BlockScan) -> None:
    if not boundary.is_end:
        container.waiting.append(boundary)
        return
    scan.edits.drop(boundary.spot)
    waiting = container.waiting
    for depth in range(1, min(len(waiting), _FARTHEST) + 1):
        opening = waiting[-depth]
        if opening.name == boundary.name and opening.size <= boundary.size:
            for inner in reversed(waiting[len(waiting) - depth + 1 :]):
                _end(inner, boundary.spot.line, scan, is_met=False)
            del waiting[len(waiting) - depth :]
            _end(opening, boundary.spot.line, scan, is_met=True)
            return


def _close_container(container: _Container, scan: BlockScan) -> None:
    last = _last_filled(scan, container.end)
    while container.waiting:
        _end(container.waiting.pop(), last, scan, is_met=False)
    if container.boundary is not None:
        _close_callout(container.boundary, last, scan)


def _last_filled(scan: BlockScan, end: int) -> int:
    last = end - 1
    while last > 0 and not scan.lines[last].strip():
        last -= 1
    return last


def _end(boundary: Boundary, last: int, scan: BlockScan, *, is_met: bool) -> None:
    """End a block after line ``last``. ``is_met`` says that its own end was found."""
    if boundary.element is None:
        scan.edits.drop(boundary.spot)
    elif boundary.is_optional and not is_met:
        scan.edits.drop(boundary.spot)
        if boundary.title:
            scan.set_apart(boundary.spot, TitleLine(), boundary.title)
    else:
        scan.set_apart(boundary.spot, boundary.element, boundary.title)
        _close_callout(boundary, last, scan)


def _close_callout(boundary: Boundary, last: int, scan: BlockScan) -> None:
    if isinstance(boundary.element, CalloutStart):
        line = max(last, boundary.spot.line)
        scan.edits.put_after(line, boundary.spot, scan.collector.add_element(CalloutEnd(), ""))


_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][+-]?(?:[ \t]+([^\n]*))?(?:\n|$)")


def _replace_callout_quote(inside: Sequence[Token], scan: BlockScan) -> None:
    """Replace a quote that starts with ``[!note] Title``, as on GitHub and in Obsidian.

    Any kind is accepted. The marker for folding (``-``, ``+``) is ignored. A line ``---`` below
    would make a heading of it.
    """
    kinds = [token.type for token in inside]
    if kinds not in (["paragraph_open", "inline"], ["heading_open", "inline"]) or not inside[1].map:
        return
    match = _CALLOUT.match(inside[1].content)
    if match is not None:
        first_line = inside[1].content.split("\n", 1)[0]
        where = region(scan.traced.passage, inside[1].map[0], first_line)
        element = CalloutStart(match[1], is_quote=True)
        scan.set_apart(where.spot(0), element, match[2] or "")
