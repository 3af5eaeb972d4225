"""Reads attributes in braces, as in kramdown, Pandoc and MkDocs: of a block, a text, an image."""

from __future__ import annotations

import re

from markdown_it.common.utils import normalizeReference

from cardwright.model import Image
from cardwright.render.tools.block_scan import Block, BlockStart
from cardwright.render.tools.inline_scan import HEADINGS, InlineChange, InlineScan

_VALUE = r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'{}=]+)"
_ATTRIBUTES = re.compile(
    r"\{(?::[^{}\n]*|\s*+(?:[.#][\w:-]+|[\w:-]+=" + _VALUE + r")"
    r"(?:\s++(?:[.#][\w:-]+|[\w:-]+=" + _VALUE + r"))*+\s*+)\}"
)
"""A list of attributes in the syntax of kramdown (with a colon), Pandoc or MkDocs."""


def read_attributes(start: BlockStart) -> Block | None:
    """Remove a line that has only attributes for the block next to it."""
    return start.dropped(start.first + 1) if _ATTRIBUTES.fullmatch(start.text) else None


_BEHIND = frozenset(")]*_`>")
_PAIR = re.compile(r"\b(width|height)[\s=]+[\"']?([\d.]+(?:px|%)?)")
_BRACKETED = re.compile(r"(?<![\[\]!\\])\[(?!\^)([^\[\]\n]+)\]$")
_LONGEST_SPAN = 300


def bracket_before(scan: InlineScan, start: int) -> int:
    """Return where the bracket of Pandoc's ``[text]{.small}`` opens, or -1 if it is another one."""
    first = max(start - _LONGEST_SPAN, 0)
    match = _BRACKETED.search(scan.text.text[first:start])
    if match is None or normalizeReference(match[1]) in scan.labels:
        return -1
    return first + match.start()


def attributes_at(scan: InlineScan, start: int) -> InlineChange | None:
    """Remove attributes directly after their element, at the end of a heading, or alone.

    Pandoc and Quarto put a space between a formula and its label.
    """
    text = scan.text.text
    match = _ATTRIBUTES.match(text, start)
    if match is None:
        return None
    before = text[start - 1 : start]
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", match.end())
    rest = text[match.end() : line_end if line_end >= 0 else len(text)]
    is_alone = not text[line_start:start].strip() and not rest.strip()
    is_last = scan.text.kind in HEADINGS and not rest.strip()
    is_labelled = _FORMULA.search(text, max(start - _NEAR, 0), start) is not None
    is_removed = before in _BEHIND or is_alone or is_last or is_labelled
    return InlineChange(match.end()) if is_removed else None


_FORMULA = re.compile(r"cw[0-9a-f]{24}\d+z ?\Z")
_NEAR = 40
_SIZED = re.compile(r"!\[([^\[\]\n]*)\]\(([^()\s\"'<>{}]+)(?:[ \t]+\"([^\"\n]*)\")?\)(?=\{)")


def sized_image(scan: InlineScan, start: int) -> InlineChange | None:
    """Read ``![leaf](leaf.png){ width=300 }`` as in Pandoc, kramdown and MkDocs."""
    match = _SIZED.match(scan.text.text, start)
    given = _ATTRIBUTES.match(scan.text.text, match.end()) if match else None
    if match is None or given is None:
        return None
    found = dict(_PAIR.findall(given[0]))
    if not found:
        return None
    size = (found.get("width", ""), found.get("height", ""))
    image = Image(match[2], match[1], match[3] or "", *size, scan.place)
    source = scan.text.text[start : given.end()]
    return InlineChange(given.end(), scan.collector.add_element(image, source))
