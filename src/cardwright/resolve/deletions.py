"""Deletions as Anki writes them, ``{{c1::text::hint}}``, and nothing in them that breaks them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.markup import TEXT, cut
from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, split_edges
from cardwright.model import Edge


def write_deletions(html: str, key: str, numbers: Sequence[int]) -> str:
    """``html`` with Anki's marks in place of the words of deletions.

    Anki looks for the marks in the HTML as it stands: the first ``}}`` ends a deletion and the
    first ``::`` begins its hint, wherever they are. Between the marks neither is left as text.
    A word without a partner goes.
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
    """The indices of the edges that are one of a pair, or a divider inside it."""
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
"""A mark behind its own sign would be read one character too early."""


def _mark(edge: Edge, number: int, before: str | Edge) -> str:
    mark = {OPENING: f"{{{{c{number}::", DIVIDER: "::", CLOSING: "}}"}[edge.kind]
    is_glued = isinstance(before, str) and before.endswith(_GLUED[edge.kind])
    return f"{_APART}{mark}" if is_glued else mark


_APART = "<span></span>"
_SIGNS = re.compile(r"\}(?=\})|:(?=:)")


def _sealed(html: str) -> str:
    """HTML in which neither ``}}`` nor ``::`` is: an element between them, or an entity in a tag.

    Not an entity in text, for Anki's editor writes that back as its character.
    """
    if "}}" not in html and "::" not in html:
        return html
    return "".join(
        _SIGNS.sub(lambda match: f"{match[0]}{_APART}", piece.text)
        if piece.kind is TEXT
        else _SIGNS.sub(lambda match: f"&#{ord(match[0])};", piece.text)
        for piece in cut(html)
    )
