"""Reads code between a ``highlight`` tag of Hugo or Jekyll and its end, like a fence."""

from __future__ import annotations

import re
from bisect import bisect_left
from textwrap import dedent

from markdown_it.rules_block import StateBlock

from cardwright.render.placeholders import ToolCode
from cardwright.render.tools.block_scan import BlockScan
from cardwright.render.tools.tags import MAX_LENGTH, RAW_TAG, Tag, Tool, tag_at

_NAMES = frozenset({"highlight", "codeblock"})
_NEAR = 40


def is_code(tag: Tag | None) -> bool:
    """Whether a tag starts code."""
    return tag is not None and tag.name in _NAMES and not (tag.is_closing or tag.is_empty)


def code_of(tag: Tag, text: str) -> str:
    """Return the code in a tag with this text. Liquid would remove raw tags in it."""
    return RAW_TAG.sub("", text) if tag.tool is Tool.LIQUID else text


def code_end(scan: BlockScan, tag: Tag, end: int) -> tuple[int, int] | None:
    """Return the start and the end of the tag that closes ``tag``, or ``None``."""
    plain = f"/{tag.name}" if tag.tool is Tool.HUGO else f"end{tag.name}"
    near = scan.find(plain, tag.end)
    if near < 0 or near > end:
        return None
    opener = "{{" if tag.tool is Tool.HUGO else "{%"
    start = scan.text.rfind(opener, max(tag.end, near - _NEAR), near)
    closing = tag_at(scan.text, start, min(end, near + _NEAR)) if start >= 0 else None
    is_end = closing is not None and closing.is_closing and closing.name == tag.name
    return (closing.start, closing.end) if closing and is_end else None


def read_code(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read code on lines of its own. A tag within a line is handled as running text."""
    start = state.bMarks[first] + state.tShift[first]
    stop = min(state.eMarks[first], start + MAX_LENGTH)
    tag = None if scan.is_raw(start) else tag_at(state.src, start, stop)
    if tag is None or not is_code(tag):
        return False
    found = code_end(scan, tag, state.eMarks[end - 1])
    if found is None:
        return False
    last = bisect_left(scan.starts, found[1]) - 1
    is_left = any(
        state.sCount[line] < state.blkIndent and not state.isEmpty(line)
        for line in range(first + 1, last + 1)
    )
    if is_left or state.src[found[1] : state.eMarks[last]].strip():
        return False
    if not silent:
        code = _lines(state, first, last, tag.end, found[0])
        spot = scan.spot(state, first)
        scan.drop(state, first + 1, last + 1)
        language = tag.argument("0", "lang")
        scan.set_apart(spot, ToolCode(_trimmed(code_of(tag, code)), language), last=last)
        state.line = last + 1
    return True


def _lines(state: StateBlock, first: int, last: int, start: int, stop: int) -> str:
    """Return the text from ``start`` to ``stop`` without the indentation of the first line."""
    if last == first:
        return state.src[start:stop]
    behind = state.src[start : state.eMarks[first]] + "\n"
    whole = state.getLines(first + 1, last, state.sCount[first], False)
    line_start = state.bMarks[last] + state.tShift[last]
    return (
        f"{behind}{whole}\n{state.src[line_start:stop]}"
        if last > first + 1
        else (behind + state.src[line_start:stop])
    )


def _trimmed(code: str) -> str:
    """Remove blank lines around code, like Hugo."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", code).rstrip()


def dedented(code: str) -> str:
    """Remove the common indentation from the code of a component."""
    return _trimmed(dedent(code))
