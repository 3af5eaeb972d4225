"""Rows that part a table from its header, where the parser takes more for one than GFM 4.10."""

from __future__ import annotations

import re

_PARTING = re.compile(r"^[ \t>]*+(?P<row>[|:-](?=[^\n|]*+\|)[|: \t-]*+)$", re.MULTILINE)
_CELL = r"[ \t]*+:?-++:?[ \t]*+"
_ROW = re.compile(rf"(?!-[ \t])\|?{_CELL}(?:\|{_CELL})*+\|?[ \t]*")


def guard_rows(text: str, word: str) -> str:
    """``text`` with ``word`` behind each line that only looks like such a row: ``- -|- -``."""
    return _PARTING.sub(
        lambda match: match[0] + ("" if _ROW.fullmatch(match["row"]) else word), text
    )
