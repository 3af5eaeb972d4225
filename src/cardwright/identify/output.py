"""What comes out of a note: a change that shows nowhere need not reach anybody."""

from __future__ import annotations

import re

from cardwright.identify.hashes import short_hash
from cardwright.model import FiledNote


def output_of(filed: FiledNote, render: int) -> str:
    """A hash of the note's fields and tags, without the fields Source and Id.

    TeX that only a search sees is left out: a formula that is spelled otherwise and looks the
    same is the same. So a note with formulas has ``render`` (``RENDER``) in its hash, for the
    sake of changes that only the left out part shows.
    """
    note = filed.note
    sides = (note.front, note.back, note.hint, note.extra, filed.context)
    has_formula = any(_MATH in side for side in sides)
    return short_hash(
        [_ALTTEXT.sub(_MATH, side) if has_formula else side for side in sides],
        "" if _MATH in note.front else note.plain,
        note.source.is_reverse,
        sorted(set(filed.tags)),
        render if has_formula else 0,
    )


_MATH = "<math"
_ALTTEXT = re.compile(r'<math alttext="[^"]*"')
