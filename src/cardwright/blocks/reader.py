"""Reads lines into blocks: CommonMark's, tables, footnotes, formulas and headings in HTML.

It works line by line, as CommonMark's appendix describes. First it sees which open containers
the line continues, then which blocks begin after their marks. The rest is text of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.blocks.containers import CODE, Container, columns_of, read_container
from cardwright.blocks.document import Block, Definition, label_of, read_definition
from cardwright.blocks.fences import Fence, closed_rows, read_fence, swallowed_question
from cardwright.blocks.leaves import LEAVES, end_of_formula, indented_code, is_table
from cardwright.wording.signs import BULLETS_OF_MARKDOWN

_MOST_CONTAINERS = 60  # text that is nested deeper stays in a paragraph
_VERBATIM = frozenset({"fence", "formula"})
_CONTAINS = frozenset(f">[{BULLETS_OF_MARKDOWN}0123456789")  # characters that can begin a container
_PREFIX = re.compile(r"[ \t>*+\-.)0-9]*\t")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")


class Reader:
    """Reads ``lines`` from index ``first`` on, all at once.

    ``definitions``, ``verbatim`` and ``open_fences`` are as in ``Document``.
    """

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.definitions: dict[str, Definition] = {}
        self.verbatim: list[tuple[int, int]] = []
        self.open_fences: list[int] = []
        self._lines = lines
        self._open = [Container("document", first)]
        self._depth = 1
        self._paragraph: list[str] = []
        self._paragraph_start = 0
        at = first
        while at < len(lines):
            at = self._read_line(at)
        self._close(1)
        self.blocks = self._open[0].closed(0).children

    def _read_line(self, at: int) -> int:
        """Read line ``at``, and the lines of a block that begins there. Return the next line."""
        text = self._lines[at]
        if len(self._open) == 1 and (not text or text[0].isalpha()):
            return self._go_on(at, text)
        text, self._depth = self._behind_containers(_with_blanks(text))
        while bare := text.lstrip(" "):
            if text.startswith(CODE):
                if self._paragraph:
                    break
                return self._add_leaf(indented_code(self._rest, at))
            leaf = self._leaf(at, bare)
            if leaf is not None:
                return self._add_leaf(leaf)
            found = self._container(at, text)
            if found is None:
                break
            container, text = found
            self._close(self._depth)
            self._open.append(container)
            self._depth = len(self._open)
        if not (bare and self._paragraph):
            self._close(self._depth)
        return self._go_on(at, bare)

    def _behind_containers(self, text: str) -> tuple[str, int]:
        """Return the text after the marks of the containers that continue, and their number."""
        last = self._open[-1]
        # A blank line ends a list item that holds nothing so far (section 5.2).
        may_end = last.kind != "blockquote" and not (last.blocks or last.items or self._paragraph)
        for depth, container in enumerate(self._open[1:], 1):
            inner = container.inside(text)
            if inner is None or (not inner and may_end and container is last):
                return text, depth
            text = inner
        return text, len(self._open)

    def _rest(self, at: int) -> str | None:
        """Return line ``at`` inside of this line's containers, ``None`` if it leaves them."""
        text: str | None = _with_blanks(self._lines[at]) if at < len(self._lines) else None
        for container in self._open[1 : self._depth]:
            text = None if text is None else container.inside(text)
        return text

    def _is_inside(self) -> bool:
        """Whether a paragraph is open and the line is inside all open containers."""
        return bool(self._paragraph) and self._depth == len(self._open)

    def _leaf(self, at: int, bare: str) -> Block | None:
        """Return the leaf that begins with ``bare``, the unindented text of line ``at``."""
        sign = bare[0]
        if sign in "|:-=" and self._is_inside():
            leaf = self._table(at, bare) or self._underlined(at, bare)
            if leaf:
                return leaf
        fence = read_fence(bare) if sign in "`~" else None
        if fence:
            return Block("fence", at + 1, self._end_of_fence(at, fence) + 1, fence.info)
        for rule in LEAVES.get(sign, ()):
            leaf = rule(self._rest, at, bare, bool(self._paragraph))
            if leaf is not None:
                return leaf
        return None

    def _end_of_fence(self, at: int, fence: Fence) -> int:
        """Return the line after a fence, where a person would end one that is not closed."""
        rows, is_closed = closed_rows(at, fence, self._rest)
        end = at + 1 + len(rows) + is_closed
        question = swallowed_question(rows, fence, is_closed=is_closed)
        self.open_fences += [at + 1] if question else []
        return at + 1 + question if question else end

    def _underlined(self, at: int, bare: str) -> Block | None:
        """Return the paragraph as a heading (section 4.3)."""
        if not _UNDERLINE.fullmatch(bare):
            return None
        self._take_definitions()
        text, start = "\n".join(self._paragraph).rstrip(), self._paragraph_start + 1
        self._paragraph = []
        level = 1 if bare[0] == "=" else 2
        return Block("heading", start, at + 2, text, level, bare[0]) if text else None

    def _table(self, at: int, bare: str) -> Block | None:
        """Return a table. Its first row is the last line of the paragraph."""
        if not is_table(self._paragraph[-1], bare):
            return None
        self._paragraph.pop()
        self._close(self._depth)
        end = at + 1
        while (text := self._rest(end)) and not text.startswith(CODE):
            row = text.lstrip(" ")
            if not row or read_fence(row) or self._container(end, text) or self._leaf(end, row):
                break
            end += 1
        return Block("table", at, end + 1)

    def _container(self, at: int, text: str) -> tuple[Container, str] | None:
        if text.lstrip(" ")[0] not in _CONTAINS or self._depth > _MOST_CONTAINERS:
            return None
        return read_container(at, text, is_inside=self._is_inside())

    def _go_on(self, at: int, text: str) -> int:
        """Continue, begin or end the paragraph. A formula that its last line opens follows."""
        if not text:
            self._end_paragraph()
            return at + 1
        if not self._paragraph:
            self._paragraph_start = at
        self._paragraph.append(text)
        if text.endswith("$$") and text.count("$$") % 2:
            end = end_of_formula(self._rest, at, may_part=False)
            if end:
                return self._add_leaf(Block("formula", at + 2, end + 1))
        return at + 1

    def _add_leaf(self, block: Block) -> int:
        """Add a block to the innermost open container that continues. Return the next line."""
        if block.kind == "formula" and self._paragraph:
            self._depth = len(self._open)  # the line continues the text of an item
        self._close(self._depth)
        self._open[-1].add(block)
        if block.kind in _VERBATIM or block.markup == "<!--":
            self.verbatim.append((block.start, block.end))
        return block.end - 1

    def _close(self, depth: int) -> None:
        """End the paragraph, and all containers but the outer ``depth``."""
        self._end_paragraph()
        while len(self._open) > depth:
            closed = self._open.pop().closed(columns_of(self._open))
            self._open[-1].add(closed)
            if closed.kind == "footnote":
                self._define(closed.text, closed.start, closed.end)

    def _end_paragraph(self) -> None:
        if self._paragraph and self._paragraph[0].startswith("["):
            self._take_definitions()
        if self._paragraph:
            start = self._paragraph_start + 1
            text = "\n".join(self._paragraph).rstrip()
            self._open[-1].add(Block("paragraph", start, start + len(self._paragraph), text))
            self._paragraph = []

    def _take_definitions(self) -> None:
        """Take the definitions of links (section 4.7) from the start of the paragraph."""
        taken, start = 0, self._paragraph_start
        while defined := read_definition(self._paragraph, taken):
            label, count = defined
            self._define(label, start + taken + 1, start + taken + count + 1)
            taken += count
        self._paragraph = self._paragraph[taken:]
        self._paragraph_start = start + taken

    def _define(self, label: str, start: int, end: int) -> None:
        self.definitions.setdefault(label_of(label), Definition(start, end))


def _with_blanks(line: str) -> str:
    """Return a line with spaces instead of tabs before its text (section 2.2)."""
    if "\t" not in line:
        return line
    match = _PREFIX.match(line)
    return match.group().expandtabs(4) + line[match.end() :] if match else line
