r"""Splits formulas into words, without differences of spelling: ``\dfrac12``, ``\frac{1}{2}``."""

from __future__ import annotations

import re


def words_of_tex(tex: str) -> list[str]:
    """Return the names and symbols of a formula, without braces and spacing."""
    return [
        sign or _NAMES.get(command, command)
        for command, sign in _WORD.findall(tex)
        if sign or (command.isalpha() and command not in _SILENT)
    ]


_WORD = re.compile(r"\\([a-zA-Z]+|.)|([^\W\d_]+|\d|[^\w\s{}]|_)", re.DOTALL)
_SILENT = frozenset({
    "left", "right", "big", "bigl", "bigr", "bigg", "biggl", "biggr", "middle",
    "quad", "qquad", "thinspace",
    "mathrm", "mathit", "mathbf", "mathsf", "mathbb", "mathcal", "boldsymbol", "bm",
    "text", "textrm", "textit", "textbf", "operatorname",
    "displaystyle", "textstyle", "limits", "nolimits", "nonumber", "label", "tag",
})  # fmt: skip
_NAMES = {
    "dfrac": "frac",
    "tfrac": "frac",
    "cfrac": "frac",
    "leq": "le",
    "geq": "ge",
    "neq": "ne",
    "rightarrow": "to",
    "longrightarrow": "to",
    "leftarrow": "gets",
    "lvert": "vert",
    "rvert": "vert",
    "mid": "vert",
    "dots": "ldots",
    "cdots": "ldots",
    "varepsilon": "epsilon",
    "varphi": "phi",
    "vartheta": "theta",
    "land": "wedge",
    "lor": "vee",
    "lnot": "neg",
    "iff": "leftrightarrow",
    "implies": "to",
}
