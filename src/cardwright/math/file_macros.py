"""Collects the macros that a file defines in its formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.markup.marks import key_for
from cardwright.math.delimiters import extract_formulas
from cardwright.math.traced import Traced
from cardwright.model import Line, Passage
from cardwright.tex_macros import Macros, definitions_in

_DEFINES = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|g?def|DeclareMathOperator)(?![A-Za-z])"
)


def macros_of(path: str, lines: Sequence[str]) -> Macros:
    """Return the macros from formulas that only define macros. The last definition wins."""
    text = "\n".join(lines)
    if not _DEFINES.search(text):
        return ()
    passage = Passage(path, tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    formulas = extract_formulas(Traced(passage), key_for(text)).formulas
    found = (definitions_in(formula.tex) for formula in formulas if "\\" in formula.tex)
    return tuple({name: body for macros in found for name, body in macros}.items())
