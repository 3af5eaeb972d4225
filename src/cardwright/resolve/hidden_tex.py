r"""Deletions in TeX: where Anki writes ``[...]`` into a formula, it has to stay one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, edge_mark
from cardwright.model import Edge

_SIGNS = re.compile(r"\}(?=\})|:(?=:)")


def spaced(tex: str) -> str:
    """TeX in which neither ``}}`` nor ``::`` is: a space there changes nothing in mathematics."""
    return _SIGNS.sub(lambda match: f"{match[0]} ", tex)


def with_edges(tex: str, edges: Sequence[Edge], key: str) -> str:
    r"""``tex``, spaced, with the words of its deletions.

    What is hidden and stands where TeX takes an argument is a group: ``x^{{c1::2}}`` and
    ``\frac{{c1::a}}{b}`` would else become ``x^2``, ``\fraca{b}``, and ``[...]`` the optional
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
        # The spaces keep the marks off braces of the formula's own.
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
    """The deletions whose text becomes a group; a lone symbol keeps its spacing without one."""
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
    """Whether TeX can stand in braces as it is: balanced, and no part of a table or a script."""
    if _NO_GROUP.match(tex.lstrip()) or re.search(r"&|\\\\", tex):
        return False
    depth = 0
    for sign in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0
