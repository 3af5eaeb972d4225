"""Options that stand on one line: ``a) a leaf  b) a root``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cardwright.dialects.text.masks import masked


@dataclass(frozen=True, slots=True)
class GluedMark:
    """The letter of an option with its sign, at ``start`` to ``end`` of the line."""

    label: str
    start: int
    end: int


_SIGN = r"(?P<sign>[).\]、．）])"
_FIRST = re.compile(
    rf"[ \t>]*(?:[-*+•][ \t]+)?(?P<mark>[(\[（]?(?P<label>[A-Ga-g]){_SIGN})[ \t]*(?=\S)"
)
_NEXT = re.compile(
    r"(?P<gap>[ \t\u3000]+|[ \t]*\|[ \t]*)"
    rf"(?P<mark>[(\[（]?(?P<label>[A-Ha-h]){_SIGN})[ \t]*(?=\S)"
)
_LONGEST = 1000


def glued_marks(line: str) -> tuple[GluedMark, ...]:
    """The marks of the options that a line holds one behind the other, if they are sure.

    The letters go on from the first; with ``a.`` they are three, or stand apart.
    """
    first = _FIRST.match(line) if len(line) <= _LONGEST else None
    if first is None:
        return ()
    found = [GluedMark(first["label"], first.start("mark"), first.end())]
    is_apart = True
    for match in _NEXT.finditer(masked(line), first.end()):
        if ord(match["label"]) != ord(found[-1].label) + 1 or match["sign"] != first["sign"]:
            continue
        is_apart = is_apart and (len(match["gap"]) > 1)
        found.append(GluedMark(match["label"], match.start("mark"), match.end()))
    is_sure = len(found) > 2 or first["sign"] in ")）、" or is_apart
    return tuple(found) if len(found) > 1 and is_sure else ()
