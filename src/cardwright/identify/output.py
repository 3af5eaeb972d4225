"""What comes out of a note: a change that shows nowhere need not reach anybody."""

from __future__ import annotations

import re

from cardwright.identify.hashes import short_hash
from cardwright.model import FiledNote


def output_of(filed: FiledNote, render: int) -> str:
    """A hash of the note's fields and tags, without the fields Source and Id.

    Left out is what looks the same: TeX that only a search sees, so that a formula may be spelled
    otherwise, and where a line of Markdown ends, so that a paragraph may be wrapped anew. A note
    with formulas has ``render`` (``RENDER``) in its hash, for the sake of changes that only the
    left out part shows.
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
    """The field without what makes no difference on a card."""
    if _MATH in html:
        html = _ALTTEXT.sub(_MATH, html)
    if "\n" in html and not any(name in html for name in _KEEPS_LINES):
        html = _BREAK.sub(" ", html)
    return html


_BREAK = re.compile(r"\n(?:[ \t]*\n)*+[ \t]*+")
_KEEPS_LINES = ("<pre", "white-space", "cw-tex", "\\(", "\\[")
"""Where the end of a line is no blank: code, a style, the source of a formula, TeX for MathJax."""
_MATH = "<math"
_ALTTEXT = re.compile(r'<math alttext="[^"]*"')
