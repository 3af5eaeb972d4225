"""Finds the blocks that hold text, and the place of each of their characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pyromark import reference_definitions

from cardwright.commonmark.events import BLOCKS, TEXT, Event, Spots, read_blocks, read_inside

Container = tuple[str, int, int]
"""A block around another one: its kind, and the line and character where it starts."""

QUOTE, ITEM, FOOTNOTE = "BlockQuote", "Item", "FootnoteDefinition"
_CONTAINERS = frozenset({QUOTE, ITEM, FOOTNOTE, "DefinitionListDefinition"})
_TEXTS = {"Paragraph": "text", "Heading": "heading", "DefinitionListTitle": "text"}
_BLOCKS = _CONTAINERS | {"List", "DefinitionList", "Table", "CodeBlock", "HtmlBlock", *_TEXTS}


class Leaf(NamedTuple):
    """A block and its lines, which count from 0.

    ``kind`` is ``text``, ``heading`` (with hashes), ``underlined`` (a heading), ``table``, ``row``,
    ``html`` or ``fence``. Line ``n`` of ``text`` starts at the character ``offsets[n]`` of its
    line, after the markers of ``containers``.
    """

    kind: str
    first: int
    end: int  # the line after its last
    text: str = ""
    offsets: tuple[int, ...] = ()
    containers: tuple[Container, ...] = ()  # the outermost first
    top: int = 0  # the line where the outermost block starts
    info: str = ""  # the info string of a fence


def read_leaves(text: str) -> list[Leaf]:
    """Return the leaves of a text in order. A table comes before its rows."""
    text = text.rstrip(" \t")
    colon = ":" if _HIDDEN in text else _HIDDEN
    reader = _Reader(Spots(text), colon)
    reader.read(read_blocks(replace_colons(text, colon)))
    return reader.leaves


_HIDDEN = "\2"  # stands for a colon while a text is parsed; Markdown gives it no meaning
_COLON = re.compile(
    r"(\n(?:[ \t>]|(?:[-+*]|\d{1,9}[.)])[ \t])*+):(?=(?:[^ \t\n]|[ \t]*$)([^\n]*))", re.MULTILINE
)
_DELIMITERS = re.compile(r"[-:| \t]*-[-:| \t]*")


def replace_colons(text: str, sign: str) -> str:
    """Replace each ``:`` that starts a line but no definition, as in ``:smile:``, with ``sign``.

    For the parser, it would begin a definition. The first line has no term above. A ``:`` in the
    delimiter row of a table stays.
    """
    return _COLON.sub(
        lambda match: match[1] + (":" if _DELIMITERS.fullmatch(match[2]) else sign), text
    )


def read_references(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the label of each link reference definition, its first line and the line after it."""
    if "]:" not in text:
        return
    spots = Spots(text)
    for label, definition in reference_definitions(text, options=BLOCKS).items():
        first, end = spots.line(definition["span"]["start"]), definition["span"]["end"]
        yield label, first, spots.line(max(end - 1, 0)) + 1


@dataclass(slots=True)
class _Reader:
    """The state while events are read."""

    spots: Spots
    colon: str  # stands for some colons
    leaves: list[Leaf] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    kind: str = "text"
    start: int = -1  # -1 while no text is open
    end: int = 0
    top: int = 0
    depth: int = 0

    def read(self, events: Iterator[Event]) -> None:
        for event in events:
            if event.name in _BLOCKS:
                self.close()
                if event.kind == "Start":
                    self.open(event, events)
                elif event.name not in _TEXTS:
                    self.depth -= 1
                    if event.name in _CONTAINERS:
                        self.containers.pop()
            elif event.kind == TEXT:
                self.start, self.end = event.start, event.end

    def open(self, event: Event, events: Iterator[Event]) -> None:
        name = event.name
        if not self.depth:
            self.top = self.spots.line(event.start)
        if name in _TEXTS:
            is_underlined = name == "Heading" and self.spots.raw[event.start] != ord("#")
            self.kind = "underlined" if is_underlined else _TEXTS[name]
        elif name == "Table":
            self.table(event, events)
        elif name == "CodeBlock":
            self.fence(event, events)
        elif name == "HtmlBlock":
            self.html(events)
        else:
            self.depth += 1
            if name in _CONTAINERS:
                self.containers.append((name, *self.spots.spot(event.start)))

    def table(self, event: Event, events: Iterator[Event]) -> None:
        end = self.spots.line(event.end - 1) + 1
        self.add("table", self.spots.line(event.start), end)
        for inside in read_inside("Table", events):
            if inside.kind == "Start" and inside.name in ("TableHead", "TableRow"):
                line = self.spots.line(inside.start)
                self.add("row", line, line + 1, self.spots.lines[line], (0,))

    def fence(self, event: Event, events: Iterator[Event]) -> None:
        code = "".join([inside.data for inside in read_inside("CodeBlock", events)])
        code = code.replace(self.colon, ":")
        if isinstance(event.data, dict):
            first, end = self.spots.line(event.start), self.spots.line(event.end - 1) + 1
            self.add("fence", first, end, code, info=event.data["Fenced"])

    def html(self, events: Iterator[Event]) -> None:
        text: list[str] = []
        offsets: list[int] = []
        first = -1
        is_new = True
        for event in read_inside("HtmlBlock", events):
            line, offset = self.spots.spot(event.start)
            first = line if first < 0 else first
            if is_new:
                # Spaces that replace a tab have no place of their own.
                is_virtual = event.start == event.end
                offsets.append(offset - len(event.data) if is_virtual else offset)
            offsets += [0] * event.data.count("\n", 0, -1)
            is_new = event.data.endswith("\n")
            text.append(event.data)
        if offsets:
            html = "".join(text).replace(self.colon, ":")
            self.add("html", first, first + len(offsets), html, tuple(offsets))

    def close(self) -> None:
        """Add the open text, if any."""
        if self.start >= 0:
            raw, start = self.spots.raw, self.start
            while start and raw[start - 1] == ord("\\"):
                start -= 1  # the backslash escapes the first character of the text
            first, offset = self.spots.spot(start)
            last, behind = self.spots.spot(self.end)
            rows = self.spots.lines[first : last + 1]
            rows[-1] = rows[-1][:behind]
            offsets = [offset]
            if last > first:
                quotes = sum(kind == QUOTE for kind, _, _ in self.containers)
                margins = map(_MARGINS[min(quotes, 3)].match, rows[1:])
                offsets += [margin.end() if margin else 0 for margin in margins]
            text = "\n".join([row[at:] for row, at in zip(rows, offsets, strict=True)])
            self.add(self.kind, first, last + 1, text, tuple(offsets))
            self.start = -1
        self.kind = "text"

    def add(
        self,
        kind: str,
        first: int,
        end: int,
        text: str = "",
        offsets: tuple[int, ...] = (),
        info: str = "",
    ) -> None:
        around = tuple(self.containers)
        self.leaves.append(Leaf(kind, first, end, text, offsets, around, self.top, info))


_MARGINS = tuple(re.compile(rf"(?:[ \t]*>){{0,{depth}}}[ \t]*") for depth in range(4))
"""What comes before the text of a continuation line: markers of quotes, and indentation."""
