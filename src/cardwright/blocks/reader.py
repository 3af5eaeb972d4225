"""Reads lines into blocks: CommonMark's, tables, footnotes, formulas and headings in HTML.

Line by line, as CommonMark's appendix has it: what of the open containers goes on, what begins
behind their marks, and else text that a paragraph goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cardwright.blocks.document import Block, Definition, label_of, read_definition
from cardwright.blocks.fences import FenceEnds, read_fence
from cardwright.blocks.leaves import (
    CODE,
    LEAVES,
    end_of_formula,
    indented_code,
    is_loose_heading,
    is_table,
    loose_heading,
)
from cardwright.blocks.signs import MARKER

MOST_CONTAINERS = 60
"""Text that is nested deeper stays in a paragraph."""


@dataclass(slots=True)
class _Container:
    """A quote, a list item or a footnote that may go on; ``indent`` is what its lines begin with.

    ``items`` are those of the list that is open in it, ``sign`` is what that one is marked with.
    """

    kind: str
    start: int
    indent: str = ""
    marker: str = ""
    blocks: list[Block] = field(default_factory=list)
    items: list[Block] = field(default_factory=list)
    sign: str = ""


class Reader:
    """Reads ``lines`` from index ``first`` on, all at once.

    With ``is_loose`` a heading needs no space behind its hashes; ``loose`` and ``spaced`` count
    the headings below the title that have none, and those that have one. ``verbatim`` are the
    blocks in which no sign means anything.
    """

    def __init__(self, lines: Sequence[str], first: int, *, is_loose: bool = False) -> None:
        self.definitions: dict[str, Definition] = {}
        self.verbatim: list[Block] = []
        self.loose = self.spaced = 0
        self._levels: set[int] = set()
        self.fences = FenceEnds(lines)
        self._lines = lines
        self._leaves = {**LEAVES, "#": (loose_heading,)} if is_loose else LEAVES
        self._root = _Container("document", 0)
        self._open: list[_Container] = []
        self._depth = 0
        self._paragraph: list[str] = []
        self._paragraph_start = 0
        at = first
        while at < len(lines):
            at = self._read_line(at)
        self._close(0)
        self._end_list(self._root)
        self.blocks = tuple(self._root.blocks)

    def _read_line(self, at: int) -> int:
        """Read line ``at``, and those of a block that begins there; returns the next line."""
        text = self._lines[at]
        if not (text or self._open):
            self._end_paragraph()
            return at + 1
        if text[:1].isalpha() and not self._open:
            return self._go_on(at, text)
        text, self._depth = self._behind_containers(_with_blanks(text))
        bare = text.lstrip(" ")
        while bare:
            if text.startswith(CODE):
                if self._paragraph:
                    break
                return self._add_leaf(indented_code(self._rest, at))
            leaf = self._leaf(at, bare)
            if leaf is not None:
                return self._add_leaf(leaf)
            container = self._container(at, text, bare)
            if container is None:
                break
            text = self._enter(container, text, bare)
            bare = text.lstrip(" ")
        if not (bare and self._paragraph):
            self._close(self._depth)
        return self._go_on(at, bare) if bare else at + 1

    def _behind_containers(self, text: str) -> tuple[str, int]:
        """The text behind the marks of the open containers that go on, and how many do."""
        for depth, container in enumerate(self._open):
            inner = self._inside(container, text)
            if inner is None:
                return text, depth
            text = inner
        return text, len(self._open)

    def _inside(self, container: _Container, text: str) -> str | None:
        """The text behind a container's mark, ``None`` where the container is over."""
        if container.kind == "blockquote":
            quote = _QUOTE.match(text)
            return text[quote.end() :] if quote else None
        if text.startswith(container.indent):
            return text[len(container.indent) :]
        if text.strip(" "):
            return None
        is_filled = container.blocks or container.items or self._paragraph
        return "" if is_filled or container is not self._open[-1] else None

    def _rest(self, at: int) -> str | None:
        """Line ``at`` inside of the containers of this line, ``None`` where it leaves them."""
        if at >= len(self._lines):
            return None
        text: str | None = _with_blanks(self._lines[at])
        for container in self._open[: self._depth]:
            text = None if text is None else self._inside(container, text)
        return text

    def _leaf(self, at: int, bare: str) -> Block | None:
        """The leaf that begins with ``bare``, the text behind the indentation of line ``at``."""
        sign = bare[0]
        if sign in "|:-=" and self._paragraph and self._depth == len(self._open):
            leaf = self._table(at, bare) or self._underlined(at, bare)
            if leaf:
                return leaf
        if sign in "`~":
            return self._fence(at, bare)
        for rule in self._leaves.get(sign, ()):
            leaf = rule(self._rest, at, bare, bool(self._paragraph))
            if leaf is not None:
                return leaf
        return None

    def _fence(self, at: int, bare: str) -> Block | None:
        fence = read_fence(bare)
        if fence is None:
            return None
        column = len(_with_blanks(self._lines[at])) - len(bare)
        inner = _columns_of(self._open[: self._depth])
        end = self.fences.find(at, fence, self._rest, column, inner, self._levels)
        return Block("fence", at + 1, end + 1, fence.info)

    def _underlined(self, at: int, bare: str) -> Block | None:
        """The paragraph as a heading, section 4.3."""
        if not _UNDERLINE.fullmatch(bare):
            return None
        self._take_definitions()
        text = "\n".join(self._paragraph).rstrip()
        self._paragraph = []
        level = 1 if bare[0] == "=" else 2
        start = self._paragraph_start + 1
        return Block("heading", start, at + 2, text, level, bare[0]) if text else None

    def _table(self, at: int, bare: str) -> Block | None:
        """A table, its first row the last line of the paragraph."""
        if not is_table(self._paragraph[-1], bare):
            return None
        self._paragraph.pop()
        self._close(self._depth)
        end = at + 1
        while (text := self._rest(end)) and not text.startswith(CODE):
            row = text.lstrip(" ")
            if not row or read_fence(row) or self._container(end, text, row):
                break
            if row[0] not in "`~" and self._leaf(end, row):
                break
            end += 1
        return Block("table", at, end + 1)

    def _container(self, at: int, text: str, bare: str) -> _Container | None:
        """The container that begins with ``bare``, behind the indentation of ``text``."""
        sign = bare[0]
        if sign not in _CONTAINS or self._depth >= MOST_CONTAINERS:
            return None
        if sign == ">":
            return _Container("blockquote", at)
        if sign == "[":
            note = _FOOTNOTE.match(bare)
            return _Container("footnote", at, CODE, f"^{note['label']}") if note else None
        match = _MARKER.match(bare)
        if match is None:
            return None
        marker = match.group()
        behind = bare[len(marker) :]
        inner = behind.lstrip(" ")
        if self._paragraph and self._depth == len(self._open):
            is_first = not marker[0].isdigit() or int(marker[:-1]) == 1
            if not inner or not is_first:
                return None
        spaces = len(behind) - len(inner)
        width = len(text) - len(bare) + len(marker)
        width += spaces if inner and spaces <= len(CODE) else 1
        return _Container("list_item", at, " " * width, marker)

    def _enter(self, container: _Container, text: str, bare: str) -> str:
        """Open a container; returns the text inside it."""
        self._close(self._depth)
        if container.kind == "list_item":
            parent = self._open[-1] if self._open else self._root
            if parent.sign != container.marker[-1]:
                self._end_list(parent)
                parent.sign = container.marker[-1]
        self._open.append(container)
        self._depth = len(self._open)
        if container.kind == "footnote":
            return bare.partition(":")[2].lstrip(" \t")
        if container.kind == "blockquote":
            return self._inside(container, text) or ""
        return text[len(container.indent) :]

    def _go_on(self, at: int, text: str) -> int:
        """Go on with the paragraph, or begin one; a formula that its last line opens follows."""
        if not self._paragraph:
            self._paragraph_start = at
        self._paragraph.append(text)
        self.loose += text.startswith("##") and is_loose_heading(text)
        if text.endswith("$$") and text.count("$$") % 2:
            end = end_of_formula(self._rest, at, may_part=False)
            if end:
                return self._add_leaf(Block("formula", at + 2, end + 1))
        return at + 1

    def _add_leaf(self, block: Block) -> int:
        """Add a block, its containers still open; returns the next line."""
        if block.kind == "formula" and self._paragraph:
            self._depth = len(self._open)  # it goes on with the text of an item
        self._close(self._depth)
        self._add(block)
        self.spaced += block.level > 1
        self._levels.add(block.level)
        if block.kind in _VERBATIM or block.markup == "<!--":
            self.verbatim.append(block)
        return block.end - 1

    def _add(self, block: Block) -> None:
        parent = self._open[-1] if self._open else self._root
        self._end_list(parent)
        parent.blocks.append(block)

    def _close(self, depth: int) -> None:
        """End the paragraph, and the containers but the outer ``depth``."""
        self._end_paragraph()
        while len(self._open) > depth:
            closed = self._open.pop()
            self._end_list(closed)
            start, children = closed.start + 1, tuple(closed.blocks)
            end = children[-1].end if children else start + 1
            if closed.kind == "list_item":
                indent = _columns_of(self._open) + len(closed.indent)
                parent = self._open[-1] if self._open else self._root
                parent.items.append(
                    Block(closed.kind, start, end, indent=indent, children=children)
                )
            else:
                self._add(Block(closed.kind, start, end, closed.marker, children=children))
            if closed.kind == "footnote":
                self._define(closed.marker, start, end)

    def _end_list(self, parent: _Container) -> None:
        """The list that is open in a container becomes one of its blocks."""
        if parent.items:
            kind = "bullet_list" if parent.sign in "-+*" else "ordered_list"
            items = tuple(parent.items)
            parent.blocks.append(Block(kind, items[0].start, items[-1].end, children=items))
            parent.items = []
        parent.sign = ""

    def _end_paragraph(self) -> None:
        if self._paragraph and self._paragraph[0].startswith("["):
            self._take_definitions()
        if self._paragraph:
            start, end = self._paragraph_start + 1, self._paragraph_start + 1 + len(self._paragraph)
            self._add(Block("paragraph", start, end, "\n".join(self._paragraph).rstrip()))
            self._paragraph = []

    def _take_definitions(self) -> None:
        """Take the definitions of links (section 4.7) from the begin of the paragraph."""
        while self._paragraph and self._paragraph[0].startswith("["):
            defined = read_definition(self._paragraph)
            if defined is None:
                break
            label, count = defined
            start = self._paragraph_start + 1
            self._define(label, start, start + count)
            self._paragraph = self._paragraph[count:]
            self._paragraph_start += count

    def _define(self, label: str, start: int, end: int) -> None:
        label = label_of(label)
        self.definitions.setdefault(label, Definition(label, start, end))


_VERBATIM = frozenset({"fence", "formula"})
_CONTAINS = frozenset(">[-+*0123456789")
"""What a container can begin with."""
_PREFIX = re.compile(r"[ \t>*+\-.)0-9]*\t")
_QUOTE = re.compile(" *> ?")
"""A quote goes on wherever its mark stands, as people write it in lists."""
_MARKER = re.compile(MARKER)
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\s\]]+)\]:")


def _with_blanks(line: str) -> str:
    """A line whose tabs before its text are blanks, to the next fourth column (section 2.2)."""
    if "\t" not in line:
        return line
    match = _PREFIX.match(line)
    return match.group().expandtabs(4) + line[match.end() :] if match else line


def _columns_of(containers: Sequence[_Container]) -> int:
    """The columns before the text of a list item, behind the mark of a quote around it."""
    columns = 0
    for container in containers:
        columns = 0 if container.kind == "blockquote" else columns + len(container.indent)
    return columns
