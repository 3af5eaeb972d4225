"""State and functions that the rules for blocks of other tools share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from cardwright.math.traced import Traced
from cardwright.model import Place
from cardwright.render.placeholders import Placeholders, ToolElement
from cardwright.render.tools.edits import Edits, Spot, apply_edits
from cardwright.render.tools.reports import Reports
from cardwright.render.tools.tags import is_raw, raw_regions

MAX_LINE = 2000
"""Characters. A longer line does not open a block."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A line at which a block of a tool starts or ends. They are in the order of the text.

    A block lasts to the next one with the same ``name`` and ``is_end``, for colons to one with at
    least as many (``size``). Otherwise it lasts to the end of the list, quote or passage around it.
    With ``is_optional``, a start without an end is no block, and only its title stays. Without a
    ``element``, the line is only removed.
    """

    spot: Spot
    name: str = ""
    element: ToolElement | None = None
    title: str = ""
    size: int = 0
    is_end: bool = False
    is_optional: bool = False


@dataclass(slots=True)
class BlockScan:
    """The state of reading one passage, with ``lines`` for the parser and the ``edits`` so far.

    ``partners`` maps the line of an opening component to the line that closes it.
    """

    traced: Traced
    placeholders: Placeholders
    reports: Reports
    edits: Edits = field(default_factory=Edits)
    lines: list[str] = field(default_factory=list)
    text: str = ""
    starts: list[int] = field(default_factory=list)
    raw: list[tuple[int, int]] = field(default_factory=list)
    partners: dict[int, int] = field(default_factory=dict)
    near: dict[str, tuple[int, int]] = field(default_factory=dict)
    has_html: bool = False

    def __post_init__(self) -> None:
        # The parser would treat a carriage return as a line end, and lines would shift.
        self.lines = [re.sub("[\r\0]", " ", line.text) for line in self.traced.passage.lines]
        self.starts = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.text = "\n".join(self.lines)
        self.raw = raw_regions(self.text)

    @property
    def is_mdx(self) -> bool:
        return is_mdx(self.traced.passage.path)

    def spot(self, state: StateBlock, line: int) -> Spot:
        """Return where the text of a line starts, after the markers of its containers."""
        return Spot(line, state.bMarks[line] + state.tShift[line] - self.starts[line])

    def place(self, spot: Spot) -> Place:
        return self.traced.place(spot.line, spot.offset)

    def source(self, spot: Spot) -> str:
        return self.lines[spot.line][spot.offset :]

    def is_raw(self, offset: int) -> bool:
        return is_raw(self.raw, offset)

    def find(self, plain: str, start: int) -> int:
        """Return the next offset of ``plain`` in the whole text, or -1.

        The last result is cached, so many openers without an end cost one search.
        """
        asked, found = self.near.get(plain, (start + 1, 0))
        if not asked <= start or 0 <= found < start:
            asked, found = start, self.text.find(plain, start)
            self.near[plain] = (asked, found)
        return found

    def drop(self, state: StateBlock, first: int, end: int) -> None:
        """Remove the text of the lines from ``first`` to before ``end``."""
        for line in range(first, end):
            self.edits.drop(self.spot(state, line))

    def set_apart(self, spot: Spot, element: ToolElement, title: str = "", last: int = -1) -> None:
        """Replace a line with a placeholder and a title, as a paragraph of its own.

        If ``last`` is given, the placeholder stands for the lines up to that one.
        """
        more = self.lines[spot.line + 1 : last + 1]
        word = self.placeholders.add(element, "\n".join((self.source(spot), *more)))
        title = title.strip()
        self.edits.set_apart(spot, f"{word} " if title else word, title)

    def edited(self) -> Traced:
        return apply_edits(self.edits, self.traced)


def is_mdx(path: str) -> bool:
    """Whether a file name is that of MDX, where each tag with a capital letter is a component."""
    return path.lower().endswith(".mdx")


def line_text(state: StateBlock, line: int) -> str:
    """Return the text of a line without its containers' markers and trailing white space."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def add_boundary(state: StateBlock, boundary: Boundary) -> None:
    """Add a boundary to the tokens, for ``pairs``."""
    state.push("boundary", "", 0).meta = {"boundary": boundary}


def read_block_inside(
    state: StateBlock, boundary: Boundary, first: int, end: int, indent: int
) -> None:
    """Read lines as blocks indented by ``indent``. ``boundary`` is the block that contains them."""
    opening = state.push("boundary_open", "", 1)
    opening.meta, opening.map = {"boundary": boundary}, [boundary.spot.line, end]
    line_max, block_indent = state.lineMax, state.blkIndent
    state.lineMax, state.blkIndent = end, indent
    if first < end:
        state.md.block.tokenize(state, first, end)
    state.lineMax, state.blkIndent = line_max, block_indent
    state.push("boundary_close", "", -1)


def boundary_of(token: Token) -> Boundary | None:
    boundary = token.meta.get("boundary")
    return boundary if isinstance(boundary, Boundary) else None
