r"""Reads TeX definitions (``\newcommand`` and similar) as macros for a whole file."""

from __future__ import annotations

import re

Macros = tuple[tuple[str, str], ...]
"""Names with backslash, and bodies with ``#1``."""

_SPACE = re.compile(r"(?:\s|%[^\n]*(?:\n|$))+")
_NAME = (
    r"(?:\{\s*(?P<braced>\\(?:[A-Za-z@]+|[^A-Za-z\s]))\s*\}|(?P<bare>\\(?:[A-Za-z@]+|[^A-Za-z\s])))"
)
_COMMAND = re.compile(rf"\\(?:re|provide)?(?:new)?command\*?\s*{_NAME}\s*(?:\[\d\]\s*)?(?=\{{)")
_DEF = re.compile(r"\\g?def\s*(?P<braced>)(?P<bare>\\(?:[A-Za-z@]+|[^A-Za-z\s]))(?:#\d)*\s*(?=\{)")
_OPERATOR = re.compile(rf"\\DeclareMathOperator(?P<star>\*?)\s*{_NAME}\s*(?=\{{)")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)


def definitions_in(tex: str) -> Macros:
    r"""Return the macros of TeX that only defines macros, ``()`` for any other TeX.

    Supports ``\newcommand`` (and ``re``, ``provide``) without an optional argument, ``\def``
    without delimited arguments, and ``\DeclareMathOperator``.
    """
    found: list[tuple[str, str]] = []
    at = _skip_space(tex, 0)
    while at < len(tex):
        operator = _OPERATOR.match(tex, at)
        match = operator or _COMMAND.match(tex, at) or _DEF.match(tex, at)
        end = group_end(tex, match.end()) if match else None
        if match is None or end is None:
            return ()
        body = tex[match.end() + 1 : end - 1]
        if operator:
            body = f"\\operatorname{operator['star']}{{{body}}}"
        found.append((match["braced"] or match["bare"], body))
        at = _skip_space(tex, end)
    return tuple(found)


def stripped(tex: str) -> str:
    r"""Return TeX without the space around it. The space of ``\ `` at its end stays."""
    bare = tex.strip()
    is_space = (len(bare) - len(bare.rstrip("\\"))) % 2 and tex.rstrip() != tex
    return f"{bare} " if is_space else bare


def _skip_space(tex: str, at: int) -> int:
    space = _SPACE.match(tex, at)
    return space.end() if space else at


def group_end(tex: str, start: int) -> int | None:
    """Return the index after the brace that closes the one at ``start``; ``None`` if none does."""
    depth = 0
    for brace in _BRACES.finditer(tex, start):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth == 0:
            return brace.end()
    return None
