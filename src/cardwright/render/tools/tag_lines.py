"""Reads lines with a single tag of Hugo or Liquid: callouts, tabs and the like, figures."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from cardwright.render.tools.reading import Part, Reading, line_text, push
from cardwright.render.tools.tags import (
    RAW_TAG,
    SILENT,
    Tag,
    callout_of,
    is_figure,
    label_of,
    picture_of,
    tag_at,
)
from cardwright.render.words import Label, Opening, Role


def read_tag(reading: Reading, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a known tag that is alone on its line. Other tags are handled as running text."""
    del end
    start = state.bMarks[first] + state.tShift[first]
    behind = start + len(line_text(state, first))
    tag = None if reading.is_raw(start) else tag_at(state.src, start, behind)
    if tag is None or tag.end != behind:
        return False
    is_known = tag.name.lower() in SILENT and not RAW_TAG.fullmatch(state.src, start, behind)
    if not is_figure(tag) and not is_known:
        return False
    if silent:
        return True
    if is_figure(tag):
        _set_figure(reading, state, first, tag)
    else:
        push(state, tag_part(reading, state, first, tag))
    state.line = first + 1
    return True


def tag_part(reading: Reading, state: StateBlock, line: int, tag: Tag) -> Part:
    """Return what a tag at the start of a line does. A title without an end becomes a label."""
    name, spot = f"{tag.tool.name} {tag.name.lower()}", reading.spot(state, line)
    if tag.is_closing:
        return Part(spot, name, is_end=True)
    role, title = role_of(tag)
    return Part(spot, name, role, title, is_optional=True)


def role_of(tag: Tag) -> tuple[Role | None, str]:
    """Return what a tag starts, and its title as Markdown."""
    callout = callout_of(tag)
    if callout is not None:
        return Opening(callout[0]), callout[1]
    label = label_of(tag)
    return (Label(), label) if label else (None, "")


def _set_figure(reading: Reading, state: StateBlock, line: int, tag: Tag) -> None:
    """Insert an image, and the text below it as a paragraph of its own."""
    spot = reading.spot(state, line)
    picture, caption = picture_of(tag, reading.place(spot))
    reading.set_apart(spot, picture)
    if caption:
        reading.edits.put_after(line, spot, caption)
