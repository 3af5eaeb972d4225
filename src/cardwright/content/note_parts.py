"""Finds the sections and the blocks of a note by their names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from cardwright.model import Line, SourceFile

if TYPE_CHECKING:
    from cardwright.blocks import Block, Document

_ID = re.compile(
    r"(?:^|\s)\^(?P<name>[\w-]+)\s*$|^\s*(?:[-*+]\s+)?id::\s+(?P<logseq>[\da-f-]{36})\s*$"
)
_ONLY_ID = re.compile(r"\s*\^[\w-]+\s*")
_ATTRIBUTES = re.compile(r"(?<![\s#])\s*(?:\{[^{}]*\}|#+|\^[\w-]+)$")
_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")


class Span(NamedTuple):
    """The first line of a part, from 1, and the line after its last."""

    start: int
    end: int
    is_item: bool = False


class NoteParts:
    """The parts of a note by their names. It is parsed when a part is asked for."""

    def __init__(self, note: SourceFile) -> None:
        self._note = note

    def span(self, part: str) -> Span | None:
        """Return where a part is, or where the text without front matter is for ``""``.

        A part is ``Heading``, ``Heading#Heading below it`` or ``^block``. ``None`` if there is no
        such part.
        """
        names = [name.strip() for name in part.split("#") if name.strip()]
        if not names:
            return Span(self._note.front_matter.length + 1, len(self._note.lines) + 1)
        return self._block(names[-1][1:]) if names[-1].startswith("^") else self._section(names)

    def length(self, span: Span) -> int:
        """Return the characters of a part, without reading it."""
        return self._lengths[span.end - 1] - self._lengths[span.start - 1]

    def lines(self, span: Span) -> tuple[Line, ...]:
        """Return the lines of a part. A list item has no marker, and is not indented."""
        texts = self._note.lines[span.start - 1 : span.end - 1]
        marker = _MARKER.match(texts[0]) if span.is_item else None
        width = marker.end() if marker else 0
        cuts = [width, *(min(width, len(text) - len(text.lstrip(" \t"))) for text in texts[1:])]
        rows = enumerate(zip(texts, cuts, strict=False), span.start)
        return tuple(Line(text[cut:], number, cut + 1) for number, (text, cut) in rows)

    def definitions(self, span: Span, text: str) -> list[Span]:
        """Return the definitions that the text of a part uses, and does not contain."""
        used = self._document.used_in(text)
        return [Span(d.start, d.end) for d in used if not span.start <= d.start < span.end]

    @cached_property
    def ids(self) -> dict[str, int]:
        """The line of each name of a block."""
        code = {line for start, end in self._document.verbatim for line in range(start, end)}
        found = ((at, _ID.search(line)) for at, line in enumerate(self._note.lines, 1))
        names = ((at, match["name"] or match["logseq"]) for at, match in found if match)
        return {name.lower(): at for at, name in names if at not in code}

    def _section(self, names: Sequence[str]) -> Span | None:
        """Return the section under the headings ``names``, each below the last."""
        first, last = 0, len(self._headings)
        for name in names:
            named = self._by_name[_key(name)]
            at = bisect_left(named, first)
            if at == len(named) or named[at] >= last:
                return None
            first, last = named[at] + 1, self._ends[named[at]]
        end = len(self._note.lines) + 1
        end = self._headings[last].start if last < len(self._headings) else end
        return Span(self._headings[first - 1].start, end)

    def _block(self, name: str) -> Span | None:
        """Return a list item, or else a block that no other one contains."""
        line, blocks = self.ids.get(name.lower(), 0), self._document.blocks
        around = _around(blocks, line)
        if not around:
            return None
        found = around[0]
        if _ONLY_ID.fullmatch(self._note.lines[line - 1]) and found.start == line:
            above = bisect_left(blocks, line, key=lambda block: block.start) - 1
            found = blocks[above] if above >= 0 else found
        for each in around:
            if each.kind not in ("bullet_list", "ordered_list", "list_item"):
                break
            found = each if each.kind == "list_item" else found
        return Span(found.start, found.end, found.kind == "list_item")

    @cached_property
    def _lengths(self) -> list[int]:
        return list(accumulate((len(line) + 1 for line in self._note.lines), initial=0))

    @cached_property
    def _document(self) -> Document:
        from cardwright.blocks import read_blocks  # slow to load

        return read_blocks(self._note)

    @cached_property
    def _headings(self) -> list[Block]:
        return [block for block in self._document.blocks if block.kind == "heading"]

    @cached_property
    def _ends(self) -> list[int]:
        """For each heading, the index of the next one that is not below it."""
        ends = [len(self._headings)] * len(self._headings)
        waiting: list[int] = []
        for at, heading in enumerate(self._headings):
            while waiting and self._headings[waiting[-1]].level >= heading.level:
                ends[waiting.pop()] = at
            waiting.append(at)
        return ends

    @cached_property
    def _by_name(self) -> defaultdict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, heading in enumerate(self._headings):
            found[_key(_ATTRIBUTES.sub("", heading.text))].append(at)
        return found


def _key(heading: str) -> str:
    """Return what two spellings of a heading share: Obsidian leaves out signs, Dendron spaces."""
    text = normalize("NFC", heading).casefold()
    return re.sub(r"[\W_]+", "", text) or "".join(text.split())


def _around(blocks: Sequence[Block], line: int) -> list[Block]:
    """Return the blocks that contain a line, the outermost first."""
    found: list[Block] = []
    while True:
        at = bisect_right(blocks, line, key=lambda block: block.start) - 1
        if at < 0 or line >= blocks[at].end:
            return found
        found.append(blocks[at])
        blocks = blocks[at].children
