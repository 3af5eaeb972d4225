"""Finds the delimiters in a text that may open or close a formula, in one pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

_NAMES = """
equation align alignat aligned alignedat gather gathered multline flalign eqnarray split
cases dcases rcases drcases array darray subarray CD
matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix
"""
ENVIRONMENTS = frozenset(name + star for name in _NAMES.split() for star in ("", "*"))
"""Environments of amsmath that are a formula without dollars around them."""

_SIGN = re.compile(
    r"\\(?:\\+|(?![A-Za-z])|(?=(?:begin|end)\{))(?P<bracket>[()\[\]])?"
    r"|``*"
    r"|\$\$*"
    r"|<"
    r"|https?://[^\s<>()\[\]\"'`*|\\\u0080-\U0010ffff]+"
)
"""Each alternative starts with a fixed character, so Python searches quickly."""

_ENVIRONMENT = re.compile(r"(begin|end)\{([A-Za-z]+\*?)\}")


class Sign(NamedTuple):
    """A delimiter.

    ``kind`` is its text for ``$``, ``$$``, brackets, ``<`` and ticks. Otherwise, it is ``begin`` or
    ``end`` for an environment, ``$$$`` for more dollars, or ``http`` for an address.
    """

    kind: str
    start: int
    end: int
    name: str = ""  # that of the environment
    is_escaped: bool = False  # ticks after a backslash


DOLLARS = "dollars"


@dataclass(frozen=True, slots=True)
class Signs:
    """The delimiters of a text."""

    all: tuple[Sign, ...]
    places: dict[str, list[int]]  # indices by kind, and those of one or more dollars as `DOLLARS`
    ends: dict[int, int]  # the indices of ends by those of starts

    def after(self, kind: str, index: int) -> int | None:
        """Return the index of the next sign of a kind after sign ``index``, or ``None``."""
        places = self.places.get(kind, [])
        at = bisect_right(places, index)
        return places[at] if at < len(places) else None

    def until(self, offset: int) -> int:
        """Return the index of the first sign that ends after an offset."""
        return bisect_right(self.all, offset, key=lambda sign: sign.end)


def signs_of(text: str) -> Signs:
    """Find the delimiters in ``text``. Escaped ones do not count, but escaped ticks can close."""
    found: list[Sign] = []
    places: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    open_environments: dict[str, list[int]] = {}
    escaped = -1
    for match in _SIGN.finditer(text):
        signs = _signs(text, match, escaped)
        if text[match.start()] == "\\" and not match["bracket"] and len(match[0]) % 2:
            escaped = match.end()
        for sign in signs:
            index = len(found)
            found.append(sign)
            places.setdefault(sign.kind, []).append(index)
            if sign.kind[0] == "$":
                places.setdefault(DOLLARS, []).append(index)
            elif sign.kind == "begin":
                open_environments.setdefault(sign.name, []).append(index)
            elif sign.kind == "end" and open_environments.get(sign.name):
                ends[open_environments[sign.name].pop()] = index
    return Signs(tuple(found), places, ends)


def _signs(text: str, match: re.Match[str], escaped: int) -> tuple[Sign, ...]:
    """Return the sign of a match. A ``$$$$`` between two formulas gives two signs."""
    sign = _sign(text, match, escaped)
    if sign is None:
        return ()
    if sign.kind == "$$$" and sign.end - sign.start == 4:
        around = text[max(sign.start - 1, 0) : sign.start], text[sign.end : sign.end + 1]
        if all(side and not side.isspace() for side in around):
            middle = sign.start + 2
            return Sign("$$", sign.start, middle), Sign("$$", middle, sign.end)
    return (sign,)


def _sign(text: str, match: re.Match[str], escaped: int) -> Sign | None:
    start, end = match.span()
    first = text[start]
    is_escaped = start == escaped
    if first == "`":
        return Sign(match[0], start, end, is_escaped=is_escaped)
    if first == "$":
        start += is_escaped
        length = end - start
        return Sign("$" * min(length, 3), start, end) if length else None
    if first == "<":
        return None if is_escaped else Sign("<", start, end)
    if first == "h":
        return Sign("http", start, end)
    bracket = match["bracket"]
    slashes = end - start - (1 if bracket else 0)
    if bracket:
        if slashes % 2 == 0 and slashes > 2:
            return None
        kind = ("\\" if slashes % 2 else "\\\\") + bracket
        return Sign(kind, end - len(kind), end)
    environment = _ENVIRONMENT.match(text, end) if slashes % 2 else None
    if environment and environment[2] in ENVIRONMENTS:
        return Sign(environment[1], end - 1, environment.end(), environment[2])
    return None
