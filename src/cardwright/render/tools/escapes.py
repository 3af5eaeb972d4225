"""Escapes text for either flavour of Markdown."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\\`*_\[\]]")


def literal(text: str) -> str:
    """Return Markdown that shows ``text``. Escapes characters that both flavours can escape."""
    return _SIGNS.sub(r"\\\g<0>", text)


def code_span(text: str) -> str:
    """Return a code span that shows ``text`` (CommonMark 6.1) on one line."""
    line = " ".join(text.split())
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if "`" in line[:1] + line[-1:] else ""
    return f"{fence}{gap}{line}{gap}{fence}" if line else ""
