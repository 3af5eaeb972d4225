"""The questions of a file that are plain ones by their mark and by a shape that is repeated."""

from __future__ import annotations

import re
from collections import defaultdict

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import BOLD, QUESTION_MARK
from cardwright.dialects.text.question import Outline

_ENDS = re.compile(rf"{QUESTION_MARK}[\s*_\"'”’)\]<>/a-z#]{{0,20}}$")
_BOLD = re.compile(rf"(?:{BOLD})(?=\S)")
_FEWEST = 2


def repeated_questions(outline: Outline) -> tuple[tuple[int, ...], ...]:
    """The lines of questions, those of each shape together: headings, bold lines, items.

    A shape is a level, or quotes, indentation, marker and emphasis. Plain lines have none.
    """
    return outline.once(_repeated)


def _repeated(outline: Outline) -> tuple[tuple[int, ...], ...]:
    shapes: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in outline.rows:
        shape = () if row.is_verbatim else _shape(row)
        if shape and _ENDS.search(row.text[-40:]):
            shapes[shape].append(row.number)
    return tuple(tuple(lines) for lines in shapes.values() if len(lines) >= _FEWEST)


def _shape(row: Row) -> tuple[object, ...]:
    if row.level:
        return ("heading", row.level)
    is_bold = _BOLD.match(row.text) is not None
    if row.marker:
        return (row.kind, row.quotes, row.indent, is_bold)
    return ("bold", row.quotes, row.indent) if is_bold else ()
