"""Reads lines with a single tag of Hugo or Liquid: callouts, tabs and the like, figures."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from cardwright.render.placeholders import CalloutStart, TitleLine, ToolElement
from cardwright.render.tools.block_scan import BlockScan, Boundary, add_boundary, line_text
from cardwright.render.tools.tags import (
    RAW_TAG,
    SILENT,
    Tag,
    callout_of,
    image_of,
    is_figure,
    label_of,
    tag_at,
)


def read_tag(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a known tag that is alone on its line. Other tags are handled as running text."""
    del end
    start = state.bMarks[first] + state.tShift[first]
    behind = start + len(line_text(state, first))
    tag = None if scan.is_raw(start) else tag_at(state.src, start, behind)
    if tag is None or tag.end != behind:
        return False
    is_known = tag.name.lower() in SILENT and not RAW_TAG.fullmatch(state.src, start, behind)
    if not is_figure(tag) and not is_known:
        return False
    if silent:
        return True
    if is_figure(tag):
        _set_figure(scan, state, first, tag)
    else:
        add_boundary(state, tag_boundary(scan, state, first, tag))
    state.line = first + 1
    return True


def tag_boundary(scan: BlockScan, state: StateBlock, line: int, tag: Tag) -> Boundary:
    """Return what a tag at the start of a line does. A title without an end becomes a label."""
    name, spot = f"{tag.tool.name} {tag.name.lower()}", scan.spot(state, line)
    if tag.is_closing:
        return Boundary(spot, name, is_end=True)
    element, title = role_of(tag)
    return Boundary(spot, name, element, title, is_optional=True)


def role_of(tag: Tag) -> tuple[ToolElement | None, str]:
    """Return what a tag starts, and its title as Markdown."""
    callout = callout_of(tag)
    if callout is not None:
        return CalloutStart(callout[0]), callout[1]
    label = label_of(tag)
    return (TitleLine(), label) if label else (None, "")


def _set_figure(scan: BlockScan, state: StateBlock, line: int, tag: Tag) -> None:
    """Insert an image, and the text below it as a paragraph of its own."""
    spot = scan.spot(state, line)
    picture, caption = image_of(tag, scan.place(spot))
    scan.set_apart(spot, picture)
    if caption:
        scan.edits.put_after(line, spot, caption)
