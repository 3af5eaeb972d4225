"""The macros that the formulas of a file define for all of them."""

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
    """What the formulas of a file define that do nothing else; of two for a name, the later."""
    text = "\n".join(lines)
    if not _DEFINES.search(text):
        return ()
    passage = Passage(path, tuple(Line(line, number) for number, line in enumerate(lines, 1)))
    formulas = extract_formulas(Traced(passage), key_for(text)).formulas
    found = (definitions_in(formula.tex) for formula in formulas if "\\" in formula.tex)
    return tuple({name: body for macros in found for name, body in macros}.items())
