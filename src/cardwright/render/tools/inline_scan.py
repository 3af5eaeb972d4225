"""Defines the state of a scan through the texts of a passage, and how its changes are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cardwright.model import Place
from cardwright.render.collector import Collector
from cardwright.render.tools.texts import InlineText


@dataclass(frozen=True, slots=True)
class InlineChange:
    """Replaces the syntax of a tool, up to ``end``, with Markdown."""

    end: int
    markdown: str = ""


@dataclass(slots=True)
class InlineScan:
    """The text that is scanned, and information about the whole passage.

    ``labels`` are the normalised labels of link references. ``closed`` are the names of components
    with a closing tag. ``is_raw`` says that Liquid would not evaluate anything here. ``is_target``
    says that the last change ended in the address of a link, at ``behind``.
    """

    collector: Collector
    labels: frozenset[str]
    closed: frozenset[str]
    text: InlineText
    place: Place
    is_raw: bool = False
    is_target: bool = False
    behind: int = -1
    absent: set[str] = field(default_factory=set)

    def find(self, plain: str, start: int) -> int:
        """Return the next offset of ``plain`` in the text, or -1. Remembers what does not occur."""
        if plain in self.absent:
            return -1
        found = self.text.text.find(plain, start)
        if found < 0:
            self.absent.add(plain)
        return found


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
