"""Hashes what a note shows, so that a change which nobody can see is not shipped."""

from __future__ import annotations

import re

from cardwright.identify.hashes import short_hash
from cardwright.model import FiledNote


def output_of(filed: FiledNote, render: int) -> str:
    """Return a hash of the note's tags and of its fields, except Source and Id.

    Differences that look the same do not count: the TeX that only a search sees, and line breaks
    of the Markdown. So a formula can be respelled, and a paragraph wrapped again. The hash of a
    note with formulas includes ``render`` (``RENDER``), which ships a change of that hidden TeX.
    """
    note = filed.note
    sides = (note.front, note.back, note.hint, note.extra, filed.context)
    has_formula = any(_MATH in side for side in sides)
    return short_hash(
        list(map(_shown, sides)),
        "" if _MATH in note.front else note.plain,
        note.source.is_reverse,
        sorted(set(filed.tags)),
        render if has_formula else 0,
    )


def _shown(html: str) -> str:
    """Remove from a field what makes no difference on a card."""
    if _MATH in html:
        html = _ALTTEXT.sub(_MATH, html)
    if "\n" in html and not any(name in html for name in _KEEPS_LINES):
        html = _BREAK.sub(" ", html)
    return html


_BREAK = re.compile(r"\n(?:[ \t]*\n)*+[ \t]*+")
_KEEPS_LINES = ("<pre", "white-space", "cw-tex", "\\(", "\\[")
"""Line breaks matter in these: code, some styles, the source of a formula, TeX for MathJax."""
_MATH = "<math"
_ALTTEXT = re.compile(r'<math alttext="[^"]*"')
