"""Parses blocks that hold others: quotes, list items and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cardwright.blocks.document import Block
from cardwright.wording.signs import BULLETS_OF_MARKDOWN, MARKER

CODE = " " * 4
"""From this indentation on, text is code (section 4.4)."""
_QUOTE = re.compile(" *> ?")  # a quote continues wherever its mark is, as people write it in lists
_MARKER = re.compile(MARKER)
_FOOTNOTE = re.compile(r"\[\^[^\s\]]+\]:")


@dataclass(slots=True)
class Container:
    """A container."""

    kind: str
    start: int  # its first line, from 0
    indent: str = ""  # that of its further lines
    marker: str = ""
    blocks: list[Block] = field(default_factory=list)
    items: list[Block] = field(default_factory=list)  # those of the open list in it
    sign: str = ""  # the marker of these items

    def inside(self, text: str) -> str | None:
        """Return the text of a line in the container, or ``None`` if the container has ended."""
        if self.kind == "blockquote":
            quote = _QUOTE.match(text)
            return text[quote.end() :] if quote else None
        if text.startswith(self.indent):
            return text[len(self.indent) :]
        return None if text.strip(" ") else ""

    def add(self, block: Block) -> None:
        """Add a block. A list continues as long as items with its sign follow one another."""
        if block.kind != "list_item":
            self.end_list()
            self.blocks.append(block)
            return
        if self.sign != block.markup:
            self.end_list()
        self.sign = block.markup
        self.items.append(block)

    def end_list(self) -> None:
        """Close the open list and add it to the blocks."""
        if self.items:
            kind = "bullet_list" if self.sign in BULLETS_OF_MARKDOWN else "ordered_list"
            start, end = self.items[0].start, self.items[-1].end
            self.blocks.append(Block(kind, start, end, children=tuple(self.items)))
            self.items = []
        self.sign = ""

    def closed(self, columns: int) -> Block:
        """Return the container as a block. ``columns`` are those before a list item around it."""
        self.end_list()
        start, children = self.start + 1, tuple(self.blocks)
        end = children[-1].end if children else start + 1
        if self.kind != "list_item":
            return Block(self.kind, start, end, self.marker, children=children)
        width = columns + len(self.indent)
        return Block(self.kind, start, end, "", 0, self.marker[-1], width, children)


def read_container(at: int, text: str, *, is_inside: bool) -> tuple[Container, str] | None:
    """Return the container that begins on line ``at``, and the text in it. ``None`` for other text.

    ``is_inside`` says that the text may continue a paragraph. Then an item cannot be empty, and a
    number must be 1 (section 5.2).
    """
    bare = text.lstrip(" ")
    if bare[0] == ">":
        quote = Container("blockquote", at)
        return quote, quote.inside(text) or ""
    match = (_FOOTNOTE if bare[0] == "[" else _MARKER).match(bare)
    if match is None:
        return None
    marker, behind = match.group(), bare[match.end() :]
    inner = behind.lstrip(" \t")
    if bare[0] == "[":
        return Container("footnote", at, CODE, marker[1:-2]), inner
    if is_inside and (not inner or (marker[0].isdigit() and int(marker[:-1]) != 1)):
        return None
    spaces = len(behind) - len(inner) if inner else 0
    width = len(text) - len(behind) + (spaces if 1 <= spaces <= len(CODE) else 1)
    return Container("list_item", at, " " * width, marker), text[width:]


def columns_of(containers: Sequence[Container]) -> int:
    """Return the columns before the text of a list item, after the mark of a quote around it."""
    columns = 0
    for container in containers:
        columns = 0 if container.kind == "blockquote" else columns + len(container.indent)
    return columns
