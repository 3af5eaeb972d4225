r"""Formulas without the differences that are spelling: ``\dfrac12`` and ``\frac{1}{2}`` are one."""

from __future__ import annotations

import re


def plain_tex(tex: str) -> str:
    """TeX whose words tell what a formula says: no braces, no spacing, one name for a sign."""
    return _COMMAND.sub(_plain, tex).replace("{", " ").replace("}", " ")


def _plain(command: re.Match[str]) -> str:
    name = command[1]
    if name in _SILENT or not name.isalpha():
        return " "
    return f" {_NAMES.get(name, name)} "


_COMMAND = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL)
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
