"""Writes deletions as Anki does, ``{{c1::text::hint}}``, and escapes what would break them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.markup import TEXT, cut
from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, split_edges
from cardwright.model import Edge


def write_deletions(html: str, key: str, numbers: Sequence[int]) -> str:
    """Replace the placeholders of deletions with Anki's marks.

    Anki searches the raw HTML: the first ``}}`` ends a deletion, and the first ``::`` starts its
    hint. So the text between the marks is escaped. A placeholder without a partner is removed.
    """
    if not numbers:
        return html
    parts = split_edges(html, key)
    paired = _paired(parts)
    out: list[str] = []
    depth = 0
    for index, part in enumerate(parts):
        if isinstance(part, str):
            out.append(_sealed(part) if depth else part)
        elif index in paired:
            out.append(_mark(part, numbers[part.deletion], parts[index - 1]))
            depth += {OPENING: 1, DIVIDER: 0, CLOSING: -1}[part.kind]
    return "".join(out)


def _paired(parts: Sequence[str | Edge]) -> set[int]:
    """Return the indices of the edges that belong to a pair, and of the dividers inside pairs."""
    paired: set[int] = set()
    open_: list[tuple[int, list[int]]] = []
    for index, part in enumerate(parts):
        if isinstance(part, str):
            continue
        if part.kind == OPENING:
            open_.append((part.deletion, [index]))
        elif open_ and open_[-1][0] == part.deletion:
            open_[-1][1].append(index)
            if part.kind == CLOSING:
                paired.update(open_.pop()[1])
    return paired


_GLUED = {OPENING: "{", DIVIDER: ":", CLOSING: "}"}
"""Anki would read a mark one character too early if this character came before it."""


def _mark(edge: Edge, number: int, before: str | Edge) -> str:
    mark = {OPENING: f"{{{{c{number}::", DIVIDER: "::", CLOSING: "}}"}[edge.kind]
    is_glued = isinstance(before, str) and before.endswith(_GLUED[edge.kind])
    return f"{_APART}{mark}" if is_glued else mark


_APART = "<span></span>"
_SIGNS = re.compile(r"\}(?=\})|:(?=:)")


def _sealed(html: str) -> str:
    """Break up each ``}}`` and ``::``: with an element in text, with an entity in a tag.

    Text gets no entities, because Anki's editor would write them back as characters.
    """
    if "}}" not in html and "::" not in html:
        return html
    return "".join(
        _SIGNS.sub(lambda match: f"{match[0]}{_APART}", piece.text)
        if piece.kind is TEXT
        else _SIGNS.sub(lambda match: f"&#{ord(match[0])};", piece.text)
        for piece in cut(html)
    )
