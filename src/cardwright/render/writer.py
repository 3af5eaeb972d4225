"""Writes the events of a parser as neutral HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any
from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml

from cardwright.commonmark.events import Event, Spots, read_inside
from cardwright.diagnostics import Code, shorten
from cardwright.model import Image, Place
from cardwright.render.autolinks import encoded, linked, readable
from cardwright.render.collector import Collector, language_of
from cardwright.render.highlights import HIGHLIGHT
from cardwright.render.raw_html import mark_images

_DEEPEST = 60  # levels of nested lists, items and quotes; deeper ones get no tags
_DEEPEST_INLINE = 100
_TAGS = {
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "s",
    HIGHLIGHT: "mark",
    "DefinitionListTitle": "dt",
}
_CONTAINERS = {"BlockQuote": "blockquote", "Item": "li", "DefinitionListDefinition": "dd"}
_LISTS = frozenset({"List", "DefinitionList"})
_BOX = '<input class="task-list-item-checkbox"{} disabled="disabled" type="checkbox"> '


_INDENTED_FENCE = re.compile(
    r"(?P<marks>```++|~~~++)(?P<info>[^`\n]*+)\n"
    r"(?P<code>(?:(?!(?P=marks)).*\n)*+)(?P=marks)[ \t]*+(?:\s*\n|$)"
)
"""A fence that is indented so far that CommonMark (4.4) shows its marks, as below a list item."""


def _indented_fences(code: str) -> list[tuple[str, str]]:
    """Return the code and the info of each fence, or nothing if there is other text."""
    found = []
    at = 0
    while at < len(code):
        fence = _INDENTED_FENCE.match(code, at)
        if fence is None:
            return []
        found.append((fence["code"], fence["info"]))
        at = fence.end()
    return found


_FOR_MEDIA = re.compile(r"data:image/svg\+xml|(?i:file:)")


class Writer:
    """Writes the events of one passage, with the line ends of CommonMark's reference program.

    ``word`` is a placeholder that was inserted for the parser. It is not part of the text.
    """

    def __init__(
        self,
        collector: Collector,
        spots: Spots,
        word: str,
        *,
        has_bare_links: bool,
        has_line_breaks: bool,
    ) -> None:
        self._collector = collector
        self._spots = spots
        self._word = word
        self._text = linked if has_bare_links else escapeHtml
        self._line_end = "<br />\n" if has_line_breaks else "\n"
        self._out: list[str] = []
        self._ends: list[str] = []
        self._blocks = self._inlines = self._links = self._unwritten = 0
        self._numbers: dict[str, int] = {}
        """The numbers of footnotes by label, in the order of their first reference."""
        self._footnotes: dict[str, list[Event]] = {}
        """The events of footnotes by label. One without a reference is not shown."""
        self._behind = 0
        """The length of ``_out`` after the last block tag. A longer ``_out`` ends with text."""
        self._kept = 0
        """The length of ``_out`` after the last text that ends with an entity."""
        self._is_begun = False
        """Whether that tag opened a container. A block in it then starts on a new line."""
        self._begun: list[int] = []
        """Indices in ``_out`` of the start tags of the open lists and items."""
        self._columns: list[str] = []
        self._column = 0
        self._cell = "th"

    def html(self, events: Iterable[Event]) -> str:
        self._write(events)
        footnotes = [self._footnotes[label] for label in self._numbers if label in self._footnotes]
        if footnotes:
            self._put_block(f"{self._collector.open_footnotes()}\n<ol>\n")
            for inside in footnotes:
                self._put_block("<li>")
                self._write(inside)
                self._put_block("</li>\n")
            self._put_block("</ol>\n</div>\n")
        return "".join(self._out)

    def _write(self, events: Iterable[Event]) -> None:
        stream = iter(events)
        out = self._out
        for event in stream:
            kind, name, data, start, end = event
            if kind == "Text":
                if data[0] > "\x7f" and not self._has_text():
                    is_entity = self._spots.raw[start] == ord("&")
                    data = data if is_entity else data.lstrip()  # Unicode spaces
                if data:
                    out.append(self._text(data) if self._links <= 0 else escapeHtml(data))
                    if data[-1] > "\x7f" and self._spots.raw[end - 1] == ord(";"):
                        self._kept = len(out)
            elif kind == "Start":
                self._start(event, stream)
            elif kind == "End":
                self._end(name)
            elif kind == "SoftBreak":
                if self._has_text():
                    out.append(self._line_end)
            elif kind == "Code":
                out.append(f"<code>{escapeHtml(data)}</code>")
            elif kind == "InlineHtml":
                self._inline_html(data, start)
            elif kind == "HardBreak":
                out.append("<br />\n")
            elif kind == "Rule":
                self._part()
                self._put_block("<hr />\n")
            elif kind == "FootnoteReference":
                number = self._number(data)
                out.append(f"{self._collector.open_footnote_reference()}[{number}]</sup>")
            elif kind == "TaskListMarker":
                self._task(event)

    def _number(self, label: str) -> int:
        return self._numbers.setdefault(label, len(self._numbers) + 1)

    def _end_text(self) -> None:
        """Strip Unicode spaces from the end of a block's text, except those written as entities."""
        out = self._out
        while self._has_text() and len(out) > self._kept and out[-1][-1:].isspace():
            out[-1] = out[-1].rstrip()
            if not out[-1]:
                out.pop()

    def _start(self, event: Event, stream: Iterator[Event]) -> None:
        name, data = event.name, event.data
        if name == "Paragraph":
            self._open("<p>", "</p>\n")
        elif name in _CONTAINERS or name in _LISTS:
            self._container(name, data)
        elif name == "Strikethrough" and self._spots.raw[event.start + 1] != ord("~"):
            self._out.append("~")
            self._ends.append("~")
            self._inlines += 1
        elif name in _TAGS:
            self._inlines += 1
            is_deep, tag = self._inlines > _DEEPEST_INLINE, _TAGS[name]
            self._out.append("" if is_deep else f"<{tag}>")
            self._ends.append("" if is_deep else f"</{tag}>" + ("\n" if tag == "dt" else ""))
        elif name == "TableCell":
            align = self._columns[self._column] if self._column < len(self._columns) else ""
            self._column += 1
            self._put_block(f"<{self._cell}{align}>")
            self._ends.append(f"</{self._cell}>\n")
        elif name in ("Link", "Image"):
            self._address(event, stream)
        elif name == "Heading":
            level = data["level"].lower()
            self._open(f"<{level}>", f"</{level}>\n")
        elif name == "CodeBlock":
            self._code(data, stream)
        elif name == "HtmlBlock":
            self._html_block(stream)
        elif name == "FootnoteDefinition":
            kept = self._footnotes.setdefault(data, [])
            for inside in read_inside(name, stream):
                if inside.kind == "FootnoteReference":
                    self._number(inside.data)
                kept.append(inside)
        elif name == "TableRow":
            self._row(event, stream)
        else:
            self._table(name, data)

    def _end(self, name: str) -> None:
        end = self._ends.pop()
        if name in _CONTAINERS or name in _LISTS:
            self._blocks -= 1
        elif name in _TAGS:
            self._inlines -= 1
        elif name == "Link":
            self._links -= 1
        if name in ("List", "Item"):
            self._begun.pop()
        if name in ("Table", "TableHead"):
            self._cell = "td"
        if end.endswith("\n"):
            if self._out[-1][-1:] > "\x7f":
                self._end_text()
            self._put_block(end)
        else:
            self._out.append(end)

    def _put_block(self, html: str, *, is_begun: bool = False) -> None:
        self._out.append(html)
        self._behind, self._is_begun = len(self._out), is_begun

    def _part(self, *, is_code: bool = False) -> None:
        """Write a line end before a block, after its container's tag or after bare text."""
        if not is_code if self._has_text() else self._is_begun:
            self._out.append("\n")

    def _has_text(self) -> bool:
        """Whether text comes after the last tag of a block."""
        return self._behind != len(self._out)

    def _open(self, tag: str, end: str) -> None:
        self._part()
        self._ends.append(end)
        self._put_block(tag)

    def _container(self, name: str, data: Any) -> None:
        self._blocks += 1
        if name in ("List", "Item"):
            self._begun.append(len(self._out))
        if self._blocks > _DEEPEST:
            self._ends.append("\n")
            self._put_block("")
        elif name in _LISTS:
            self._part()
            tag = "dl" if name == "DefinitionList" else "ul" if data is None else "ol"
            start = f' start="{data}"' if tag == "ol" and data != 1 else ""
            if name == "List":
                self._begun[-1] = len(self._out)
            self._ends.append(f"</{tag}>\n")
            self._put_block(f"<{tag}{start}>\n")
        else:
            tag = _CONTAINERS[name]
            if name == "BlockQuote":
                self._part()
            self._ends.append(f"</{tag}>\n")
            self._put_block(f"<{tag}>", is_begun=True)

    def _task(self, event: Event) -> None:
        """Write the box of a task, or the box as text if no text follows it."""
        raw = self._spots.raw
        line_end = raw.find(b"\n", event.end)
        behind = raw[event.end : line_end if line_end >= 0 else len(raw)]
        if not behind.strip() or self._blocks > _DEEPEST:
            self._out.append("[x]" if event.data else "[ ]")
            return
        self._out.append(_BOX.format(' checked="checked"' if event.data else ""))
        list_, item = self._begun[-2:]
        self._out[item] = '<li class="task-list-item">'
        if "class" not in self._out[list_]:
            self._out[list_] = self._out[list_].replace(">", ' class="contains-task-list">')

    def _table(self, name: str, data: Any) -> None:
        if name == "Table":
            self._part()
            self._columns = [
                "" if align == "None" else f' style="text-align:{align.lower()}"' for align in data
            ]
            self._put_block("<table>\n")
            self._ends.append("</table>\n")
            self._cell = "th"
        else:
            self._put_block("<thead>\n<tr>\n")
            self._ends.append("</tr>\n</thead>\n")
        self._column = 0

    def _row(self, event: Event, stream: Iterator[Event]) -> None:
        """Write a row of a table. One of dashes only divides the table in kramdown."""
        inside = list(read_inside("TableRow", stream))
        if _is_rule(inside):
            return
        if self._ends[-1] == "</table>\n":
            self._put_block("<tbody>\n")
            self._ends[-1] = "</tbody>\n</table>\n"
        self._put_block("<tr>\n")
        self._column = 0
        self._write(inside)
        self._put_block("</tr>\n")
        self._report_surplus(inside[-1].end if inside else event.start, event.end)

    def _report_surplus(self, start: int, end: int) -> None:
        """Report the cells of a row that the header has no column for."""
        behind = self._spots.raw[start:end].decode()
        cells = behind.lstrip(" \t|")
        start += len(behind) - len(cells)
        cells = cells.replace(self._word or "\0", "").rstrip(" \t\n|")
        if cells:
            shown = shorten(self._collector.as_source(cells))
            message = f"the header of the table has no column for '{shown}', so no card shows it"
            hint = "give each row as many cells as the header has; a bar in a cell is written '\\|'"
            self._collector.report(self._place(start), Code.SURPLUS_CELLS, message, hint)

    def _code(self, data: Any, stream: Iterator[Event]) -> None:
        code = "".join(event.data for event in read_inside("CodeBlock", stream))
        is_fenced = isinstance(data, dict)
        fences = [(code, data["Fenced"])] if is_fenced else _indented_fences(code) or [(code, "")]
        self._part(is_code=True)
        for content, info in fences:
            self._put_block(f"{self._collector.add_code(content, language_of(info))}\n")

    def _html_block(self, stream: Iterator[Event]) -> None:
        pieces = list(read_inside("HtmlBlock", stream))
        html = "".join([piece.data for piece in pieces])
        starts = list(accumulate((len(piece.data) for piece in pieces), initial=0))

        def place(at: int) -> Place:
            index = bisect_right(starts, at) - 1
            return self._place(pieces[index].start, at - starts[index])

        self._part(is_code=True)
        self._put_block(mark_images(html, self._collector, place))

    def _inline_html(self, html: str, start: int) -> None:
        place = self._place(start)
        self._out.append(mark_images(html, self._collector, lambda _: place))
        if html[:2].lower() == "<a" and html[2:3] in (" ", "\t", "\n", ">"):
            self._links += 1
        elif html[:3].lower() == "</a":
            self._links -= 1

    def _address(self, event: Event, stream: Iterator[Event]) -> None:
        """Write a link or an image. If its address is not allowed, write its source as text."""
        data, is_image = event.data, event.name == "Image"
        kind, address = data["link_type"], data["dest_url"]
        href = encoded(f"mailto:{address}" if kind == "Email" else address)
        if is_image and _FOR_MEDIA.match(address):
            href = address  # no link may have it, but ``media`` cleans a drawing or finds a file
        if href is None:
            self._as_text(event, stream)
        elif is_image:
            # The address is encoded, but a file is looked up by the name that the author wrote.
            target = href if "://" in href or href.startswith("data:") else unquote(href)
            alt = "".join(_alt(read_inside("Image", stream)))
            image = Image(target, alt, data["title"], "", "", self._place(event.start))
            self._out.append(self._collector.add_image(image))
        elif kind in ("Autolink", "Email"):
            for _ in read_inside("Link", stream):
                pass
            self._out.append(f'<a href="{escapeHtml(href)}">{escapeHtml(readable(address))}</a>')
        else:
            title = f' title="{escapeHtml(data["title"])}"' if data["title"] else ""
            self._out.append(f'<a href="{escapeHtml(href)}"{title}>')
            self._ends.append("</a>")
            self._links += 1

    def _as_text(self, event: Event, stream: Iterator[Event]) -> None:
        raw = self._spots.raw
        inside = list(read_inside(event.name, stream))
        self._unwritten += 1
        if self._unwritten > _DEEPEST_INLINE:
            inside = []
        start, end = (inside[0].start, inside[-1].end) if inside else (event.start, event.start)
        self._out.append(escapeHtml(raw[event.start : start].decode()))
        self._write(inside)
        self._out.append(escapeHtml(raw[end : event.end].decode().replace(self._word or "\0", "")))
        self._unwritten -= 1

    def _place(self, byte: int, further: int = 0) -> Place:
        line, offset = self._spots.spot(byte)
        if self._word:
            offset -= self._spots.lines[line].count(self._word, 0, offset) * len(self._word)
        return self._collector.traced.place(line, offset + further)


_DASHES = re.compile(r"\s*:?-+:?\s*")


def _is_rule(row: Iterable[Event]) -> bool:
    inside = [event for event in row if event.name != "TableCell"]
    if not all(event.kind == "Text" and _DASHES.fullmatch(event.data) for event in inside):
        return False
    return any("---" in event.data for event in inside)


def _alt(events: Iterable[Event]) -> Iterator[str]:
    """Yield the alternative text of an image, without markup."""
    for event in events:
        if event.kind in ("Text", "Code", "InlineHtml"):
            yield event.data
        elif event.kind in ("SoftBreak", "HardBreak"):
            yield "\n"
