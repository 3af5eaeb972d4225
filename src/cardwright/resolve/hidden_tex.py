r"""Writes deletions in TeX so that it stays valid when Anki replaces one with ``[...]``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, edge_mark
from cardwright.model import Edge

_SIGNS = re.compile(r"\}(?=\})|:(?=:)")


def spaced(tex: str) -> str:
    """Insert spaces so that TeX has no ``}}`` or ``::``. They change nothing in mathematics."""
    return _SIGNS.sub(lambda match: f"{match[0]} ", tex)


def with_edges(tex: str, edges: Sequence[Edge], key: str) -> str:
    r"""Insert the placeholders of deletions into ``tex``, and space it.

    A deletion that is an argument becomes a group. Otherwise, ``x^{{c1::2}}`` would become ``x^2``
    and ``\frac{{c1::a}}{b}`` would become ``\fraca{b}``. Also, ``[...]`` would be the optional
    argument of ``\sqrt`` or ``\\``.
    """
    grouped = _grouped(tex, edges)
    out: list[str] = []
    at = 0
    for edge in edges:
        out.append(tex[at : edge.offset])
        at = edge.offset
        word = edge_mark(key, edge.deletion, edge.kind)
        is_group = edge.deletion in grouped
        # The spaces separate the marks from the formula's own braces.
        opens = "{ " if is_group else " "
        closes = " }" if is_group else " "
        out.append(
            {OPENING: f"{opens}{word}", DIVIDER: word, CLOSING: f" {word}{closes}"}[edge.kind]
        )
    out.append(tex[at:])
    return spaced("".join(out))


_ARGUMENT = re.compile(r"(?:[\^_\]]|\\(?:[A-Za-z]+\*?|\\))\s*$")
_BEHIND_ARGUMENT = re.compile(r"\}\s*$")
_SYMBOL = re.compile(r"\s*(?:\\[A-Za-z]+|[^\w{}\\])?\s*")
_NO_GROUP = re.compile(r"[&_^]|\\(?:\\|left|right|begin|end|over|limits)(?![A-Za-z])")
_LONGEST_COMMAND = 40


def _grouped(tex: str, edges: Sequence[Edge]) -> set[int]:
    """Return the deletions that become groups. A lone symbol keeps its spacing without a group."""
    found: set[int] = set()
    begin = {edge.deletion: edge.offset for edge in edges if edge.kind == OPENING}
    ends: dict[int, int] = {}
    for edge in edges:
        if edge.kind != OPENING:
            ends.setdefault(edge.deletion, edge.offset)
    for deletion, start in begin.items():
        before = tex[max(start - _LONGEST_COMMAND, 0) : start]
        inside = tex[start : ends.get(deletion, start)]
        is_argument = _ARGUMENT.search(before) is not None
        is_second = _BEHIND_ARGUMENT.search(before) is not None and not _SYMBOL.fullmatch(inside)
        if (is_argument or is_second) and _is_group(inside):
            found.add(deletion)
    return found


def _is_group(tex: str) -> bool:
    """Whether braces can enclose the TeX: it is balanced, and not a part of a table or a script."""
    if _NO_GROUP.match(tex.lstrip()) or re.search(r"&|\\\\", tex):
        return False
    depth = 0
    for sign in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0
