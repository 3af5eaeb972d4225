"""Stops the parser from accepting delimiter rows of tables that GFM 4.10 does not allow."""

from __future__ import annotations

import re

_PARTING = re.compile(r"^[ \t>]*+(?P<row>[|:-](?=[^\n|]*+\|)[|: \t-]*+)$", re.MULTILINE)
_CELL = r"[ \t]*+:?-++:?[ \t]*+"
_ROW = re.compile(rf"(?!-[ \t])\|?{_CELL}(?:\|{_CELL})*+\|?[ \t]*")


def guard_rows(text: str, word: str) -> str:
    """Append ``word`` to each line that only looks like a delimiter row, such as ``- -|- -``."""
    return _PARTING.sub(
        lambda match: match[0] + ("" if _ROW.fullmatch(match["row"]) else word), text
    )
