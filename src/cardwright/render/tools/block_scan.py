"""The state of reading the blocks of other tools, and what their rules share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from markdown_it.rules_block import StateBlock

from cardwright.formulas.traced import Spot
from cardwright.model import Place
from cardwright.render.collector import Collector, ToolElement
from cardwright.render.tools.edits import Edits
from cardwright.render.tools.tags import RawRegions

MAX_LINE = 2000
"""Characters. A longer line does not open a block."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A line at which a block of a tool starts or ends. They are in the order of the text.

    A block lasts to the next one with the same ``name`` and ``is_end``, for colons to one with at
    least as many (``size``). Otherwise it lasts to the end of the list, quote or passage around it.
    """

    spot: Spot
    name: str = ""
    element: ToolElement | None = None  # if `None`, the line is only removed
    title: str = ""
    size: int = 0
    is_end: bool = False
    is_optional: bool = False  # a start without an end is no block, and only its title stays


class BlockScan:
    """The state of reading one passage, with ``lines`` for the parser and the ``edits`` so far."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.traced = collector.traced
        self.edits = Edits()
        # The parser would treat a carriage return as a line end, and lines would shift.
        self.lines = [re.sub("[\r\0]", " ", line.text) for line in self.traced.passage.lines]
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.text = "\n".join(self.lines)
        self.raw = RawRegions(self.text)
        self._near: dict[str, tuple[int, int]] = {}

    def place(self, spot: Spot) -> Place:
        return self.traced.place(spot.line, spot.offset)

    def source(self, spot: Spot) -> str:
        return self.lines[spot.line][spot.offset :]

    def find(self, plain: str, start: int) -> int:
        """Return the next offset of ``plain`` in the whole text, or -1.

        The last result is cached, so many openers without an end cost one search.
        """
        asked, found = self._near.get(plain, (start + 1, 0))
        if not asked <= start or 0 <= found < start:
            asked, found = start, self.text.find(plain, start)
            self._near[plain] = (asked, found)
        return found

    def set_apart(self, spot: Spot, element: ToolElement, title: str = "", last: int = -1) -> None:
        """Replace a line with a placeholder and a title, as a paragraph of its own.

        If ``last`` is given, the placeholder stands for the lines up to that one.
        """
        more = self.lines[spot.line + 1 : last + 1]
        word = self.collector.add_element(element, "\n".join((self.source(spot), *more)))
        title = title.strip()
        self.edits.set_apart(spot, f"{word} " if title else word, title)


@dataclass(frozen=True, slots=True)
class Block:
    """What a rule found. It ends before the line ``behind``.

    If ``behind`` is its first line, the parser goes on to read that line.
    """

    behind: int
    write: Callable[[], None] = lambda: None  # edits the passage


@dataclass(frozen=True, slots=True)
class BlockStart:
    """The line at which the parser looks for a block."""

    scan: BlockScan
    state: StateBlock
    first: int
    end: int  # the block must end before it
    is_silent: bool  # the parser only asks whether a block ends the paragraph above

    @property
    def offset(self) -> int:
        """Where the text of the line starts in the whole text."""
        return self.state.bMarks[self.first] + self.state.tShift[self.first]

    @property
    def text(self) -> str:
        """The text of the line, ``""`` if it is too long to open a block."""
        text = self.line(self.first)
        return text if len(text) <= MAX_LINE else ""

    def line(self, line: int) -> str:
        """Return the text of a line without its containers' markers and white space behind it."""
        state = self.state
        return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()

    def is_outside(self, line: int) -> bool:
        """Whether a line is outside the list item or the quote that this line is in."""
        return not self.state.isEmpty(line) and self.state.sCount[line] < self.state.blkIndent

    def fence_end(self, marks: str) -> tuple[int, int]:
        """Return the line that closes a fence, or at which its container ends, and the line behind.

        It ends as in CommonMark 4.5. Lines of colons end in the same way.
        """
        stop = self.first + 1
        while stop < self.end and not self.is_outside(stop):
            text = self.line(stop)
            is_fence = text.startswith(marks) and not text.strip(marks[0])
            if is_fence and not self.state.is_code_block(stop):
                return stop, stop + 1
            stop += 1
        return stop, stop

    @property
    def spot(self) -> Spot:
        return self.spot_of(self.first)

    def spot_of(self, line: int) -> Spot:
        """Return where the text of a line starts, after the markers of its containers."""
        offset = self.state.bMarks[line] + self.state.tShift[line]
        return Spot(line, offset - self.scan.starts[line])

    def marker(self) -> str:
        """Return the marker of a list item that starts in this line, or ``""``."""
        return self.scan.lines[self.first][: self.spot.offset].strip("> \t")

    def drop(self, first: int, end: int) -> None:
        """Remove the text of the lines from ``first`` to before ``end``."""
        for line in range(first, end):
            self.scan.edits.drop(self.spot_of(line))

    def dropped(self, behind: int) -> Block:
        """Return the block of all lines to before ``behind``, which are removed."""
        return Block(behind, lambda: self.drop(self.first, behind))

    def bounded(self, boundary: Boundary, behind: int) -> Block:
        """Return the block of a boundary, whose other lines are removed.

        ``blocks`` finds the other boundary.
        """

        def write() -> None:
            self.drop(self.first + 1, behind)
            self.state.push("boundary", "", 0).meta = {"boundary": boundary}

        return Block(behind, write)

    def read_inside(self, boundary: Boundary, first: int, end: int, indent: int) -> None:
        """Read lines as blocks indented by ``indent``. ``boundary`` is what contains them."""
        state = self.state
        opening = state.push("boundary_open", "", 1)
        opening.meta, opening.map = {"boundary": boundary}, [boundary.spot.line, end]
        line_max, block_indent = state.lineMax, state.blkIndent
        state.lineMax, state.blkIndent = end, indent
        if first < end:
            state.md.block.tokenize(state, first, end)
        state.lineMax, state.blkIndent = line_max, block_indent
        state.push("boundary_close", "", -1)

    def dedent(self, lines: range, columns: int) -> None:
        """Remove so many columns from the white space at the start of lines."""
        for line in lines:
            offset = self.state.bMarks[line] - self.scan.starts[line]
            self.scan.edits.dedent(Spot(line, offset), columns)


def is_mdx(path: str) -> bool:
    """Whether a file name is that of MDX, where each tag with a capital letter is a component."""
    return path.lower().endswith(".mdx")
