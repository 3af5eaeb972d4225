"""Reads inline attributes of kramdown, Pandoc and MkDocs, image sizes, and block ids."""

from __future__ import annotations

import re

from cardwright.render.placeholders import ToolImage
from cardwright.render.tools.asides import ATTRIBUTES
from cardwright.render.tools.inline_scan import InlineChange, InlineScan

_BEHIND = frozenset(")]*_`>")
_PAIR = re.compile(r"\b(width|height)\s*=\s*[\"']?([\d.]+(?:px|%)?)")


def attributes_at(scan: InlineScan, start: int) -> InlineChange | None:
    """Remove attributes directly after their element, at the end of a heading, or alone."""
    text = scan.text.text
    match = ATTRIBUTES.match(text, start)
    if match is None:
        return None
    before = text[start - 1 : start]
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", match.end())
    rest = text[match.end() : line_end if line_end >= 0 else len(text)]
    is_alone = not text[line_start:start].strip() and not rest.strip()
    is_last = scan.text.kind == "heading" and not rest.strip()
    return InlineChange(match.end()) if before in _BEHIND or is_alone or is_last else None


_SIZED = re.compile(r"!\[([^\[\]\n]*)\]\(([^()\s\"'<>{}]+)(?:[ \t]+\"([^\"\n]*)\")?\)(?=\{)")


def sized_image(scan: InlineScan, start: int) -> InlineChange | None:
    """Read ``![leaf](leaf.png){ width=300 }`` as in Pandoc, kramdown and MkDocs."""
    match = _SIZED.match(scan.text.text, start)
    given = ATTRIBUTES.match(scan.text.text, match.end()) if match else None
    if match is None or given is None:
        return None
    found = dict(_PAIR.findall(given[0]))
    if not found:
        return None
    size = (found.get("width", ""), found.get("height", ""))
    picture = ToolImage(match[2], match[1], match[3] or "", size, scan.place)
    source = scan.text.text[start : given.end()]
    return InlineChange(given.end(), scan.placeholders.add(picture, source))


_BLOCK_ID = re.compile(r"(?:^|[ \t\n])\^(?:(?=[\d-]*[A-Za-z])[A-Za-z0-9-]{2,100}|\d{13})\s*$")
_TAIL = 120


def block_id(text: str) -> int:
    """Return the offset of an Obsidian block id at the end of ``text``, or -1."""
    start = max(len(text) - _TAIL, 0)
    match = _BLOCK_ID.search(text, start) if "^" in text[start:] else None
    return match.start() if match else -1
