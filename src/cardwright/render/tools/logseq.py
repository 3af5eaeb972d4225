"""Translates Logseq's inline syntax: ``((block))``, ``{{cloze …}}``, ``{{embed …}}``."""

from __future__ import annotations

import re

from cardwright.render.tools.scan import Change, Scan

_BLOCK = re.compile(r"\(\([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\)\)")
_MACRO = re.compile(
    r"\{\{(?:cloze[ \t]+(?P<text>(?:(?!\{\{|\}\}).)+)|(?:embed|query|renderer)\b[^{}]*)\}\}"
)
_LONGEST = 2000


def block_at(scan: Scan, start: int) -> Change | None:
    """Remove a reference to a block of another page, whose text is not available."""
    match = _BLOCK.match(scan.text.text, start)
    return Change(match.end()) if match else None


def macro_at(scan: Scan, start: int) -> Change | None:
    """Replace a cloze with its text. Remove an embed, whose text is not available."""
    match = _MACRO.match(scan.text.text, start, start + _LONGEST)
    return Change(match.end(), (match["text"] or "").strip()) if match else None
