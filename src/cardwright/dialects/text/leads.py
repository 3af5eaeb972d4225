"""What stands before the text of a line: markers of quotes, lists and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before the text of a line: ``length`` characters of it.

    ``quotes`` and ``indent`` are those of ``Span``, ``level`` that of a heading, 0 for none.
    """

    length: int
    quotes: int = 0
    indent: int = 0
    level: int = 0
    is_inline: bool = False


STEP = re.compile(r"[ \t]{0,40}(?:(?P<quote>>)|(?:[-*+]|\d{1,4}[.)])(?=[ \t]))")
_REST = re.compile(r"[ \t]{0,40}(?:\[[ xX]\][ \t]+)?(?P<hashes>#{1,6}[ \t]+)?")
_LEADING = frozenset(" \t>-*+#[0123456789")
_NO_LEAD = Lead(0)
_DEEPEST = 20
"""So many quotes and lists around a label are looked through."""


def lead_of(text: str) -> Lead:
    """The lead of a line: markers of quotes and lists, a box, the hashes of a heading."""
    if text[:1] not in _LEADING:
        return _NO_LEAD
    at = quoted = quotes = 0
    for _ in range(_DEEPEST):
        step = STEP.match(text, at)
        if step is None:
            break
        at = step.end()
        if step["quote"]:
            quotes, quoted = quotes + 1, at + text.startswith(" ", at)
    rest = _REST.match(text, at)
    length = rest.end() if rest else at
    hashes = (rest["hashes"] or "") if rest else ""
    indent = len(text[quoted : length - len(hashes)].expandtabs(4))
    return Lead(length, quotes, indent, len(hashes.rstrip()))
