"""Finds the texts in which syntax of other tools may occur, and keeps the state of their scan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.common.utils import normalizeReference

from cardwright.commonmark.leaves import Leaf, read_leaves, read_references
from cardwright.formulas.inline import read_inline
from cardwright.formulas.traced import Region, Traced, region_of
from cardwright.model import Place
from cardwright.render.collector import Collector
from cardwright.render.raw_html import guard_unknown


@dataclass(frozen=True, slots=True)
class InlineText:
    """The text of a block."""

    kind: str  # that of its leaf, or `reference`
    text: str
    where: Region  # maps its characters to places in the passage


@dataclass(frozen=True, slots=True)
class InlineTexts:
    """The texts in order, the line ranges of fences, and the labels of link references."""

    texts: tuple[InlineText, ...]
    fences: tuple[tuple[int, int], ...]
    labels: frozenset[str]


def read_texts(traced: Traced, key: str) -> InlineTexts:
    """Find the texts. Table rows are not split into cells. ``key`` must not occur in any text."""
    lines = [re.sub("[\r\0]", " ", line.text) for line in traced.passage.lines]
    guarded = guard_unknown("\n".join(lines), f"{key}g")
    leaves = [leaf._replace(text=leaf.text.replace(f"{key}g", "")) for leaf in read_leaves(guarded)]
    fences = tuple((leaf.first, leaf.end) for leaf in leaves if leaf.kind == "fence")
    labels = set()
    for label, first, end in read_references(guarded):
        text = "\n".join(lines[first:end])
        leaves.append(Leaf("reference", first, end, text, offsets=(0,) * (end - first)))
        labels.add(normalizeReference(label))
    found = [
        InlineText(leaf.kind, leaf.text, region_of(leaf))
        for leaf in leaves
        if leaf.kind not in ("table", "fence")
    ]
    found.sort(key=lambda text: text.where.shifts[0])
    return InlineTexts(tuple(found), fences, frozenset(labels))


HEADINGS = ("heading", "underlined")
"""The kinds of the text of a heading."""


_VERBATIM = re.compile(r"`|<!--|<(?:pre|code|script|style|textarea)\b", re.IGNORECASE)


def verbatim_parts(text: InlineText) -> Iterator[tuple[int, int]]:
    """Yield start and end of each code span, element of code and comment, in order."""
    for start, end in read_inline(text.text).skipped:
        found = _VERBATIM.match(text.text, start)
        if found and (text.kind != "html" or found[0] != "`"):
            yield start, end


@dataclass(frozen=True, slots=True)
class InlineChange:
    """Replaces the syntax of a tool, up to ``end``, with Markdown."""

    end: int
    markdown: str = ""


@dataclass(slots=True)
class InlineScan:
    """The text that is scanned, and information about the whole passage."""

    collector: Collector
    labels: frozenset[str]  # the normalised labels of link references
    closed: frozenset[str]  # components with a closing tag
    text: InlineText
    place: Place
    is_raw: bool = False  # Liquid would not evaluate anything here
    is_target: bool = False  # the last change ended in the address of a link, at `behind`
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
