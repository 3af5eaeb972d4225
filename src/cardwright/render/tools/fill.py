"""Replaces the placeholders in finished HTML with elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from cardwright.markup import Kind, Piece, cut
from cardwright.model import CodeBlock, Image
from cardwright.render.collector import (
    SEPARATOR,
    BlockEnd,
    CalloutStart,
    Collector,
    TitleLine,
    ToolElement,
    ToolEmbed,
)

_DEEPEST = 20
"""Levels of blocks. Deeper callouts keep their title and text, but get no box. For each tag, a
browser and nh3 look at all open elements (HTML standard, 13.2.4.2)."""

_AROUND = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})  # elements that contain no blocks

_PART = "\n<p>"  # what begins the rest of a paragraph after a block in it


def fill_placeholders(html: str, collector: Collector) -> str:
    """Replace placeholders with callouts, labels, code and images. Works for either flavour."""
    if not collector.elements or collector.key not in html:
        return html
    return _Filling(cut(html), collector).html()


class _Filling:
    """A pass over the pieces of the HTML."""

    def __init__(self, pieces: list[Piece], collector: Collector) -> None:
        self._pieces = pieces
        self._collector = collector
        self._out: list[str] = []
        self._ends: list[str] = []
        """The ends of open blocks, without those that quotes make."""
        self._quote_ends: list[str] = []
        """The ends of open block quotes."""
        self._code_depth = 0
        self._around = ""
        """The name of the open paragraph or heading."""
        self._below: list[str] = []
        """Blocks to write after the heading."""

    def html(self) -> str:
        at = 0
        while at < len(self._pieces):
            at = self._write(at)
        return "".join((*self._out, *reversed(self._ends)))

    def _write(self, at: int) -> int:
        """Write piece ``at`` and perhaps some after it. Return the index of the next one."""
        piece = self._pieces[at]
        begun = self._begun_by(at + 1) if piece.name == "p" and piece.kind is Kind.START else None
        if begun:
            return self._paragraph(at, *begun)
        if piece.name == "blockquote":
            return self._quote(at)
        if piece.name in ("code", "pre"):
            self._code_depth += 1 if piece.kind is Kind.START else -1
        if piece.name in _AROUND:
            self._edge(piece)
        elif piece.kind is Kind.TEXT and not self._code_depth:
            text = self._text(piece.text)
            if self._out[-1:] == ["<p>"] and text.startswith("</p>"):
                self._out.pop()
                text = text.removeprefix("</p>")
            self._out.append(text)
        else:
            self._out.append(self._source(piece.text))
        return at + 1

    def _edge(self, piece: Piece) -> None:
        """Write the start or the end of a paragraph or a heading."""
        self._around = piece.name if piece.kind is Kind.START else ""
        if piece.kind is Kind.END and self._out and self._out[-1].endswith(_PART):
            self._out[-1] = self._out[-1].removesuffix(_PART)
        else:
            self._out += [self._source(piece.text), *self._below]
            self._below = []

    def _source(self, html: str) -> str:
        """Replace placeholders in code and in attributes with what the author wrote."""
        if self._collector.key not in html:
            return html
        sources = self._collector.sources
        return self._collector.words.sub(lambda match: escape(sources[int(match[1])]), html)

    def _text(self, html: str) -> str:
        """Replace placeholders in running text with elements."""
        if self._collector.key not in html:
            return html
        elements = self._collector.elements
        return self._collector.words.sub(lambda match: self._inline(elements[int(match[1])]), html)

    def _inline(self, element: ToolElement) -> str:
        if isinstance(element, Image):
            return self._collector.add_image(element)
        if isinstance(element, CodeBlock):
            return self._collector.add_code(element.code, element.language, element.title)
        if isinstance(element, ToolEmbed):
            return self._embedded(element.html)
        if isinstance(element, TitleLine):
            self._ends += [""] * element.is_block
            return ""
        if isinstance(element, BlockEnd):
            return self._ends.pop() if self._ends else ""
        return self._open(element, "")

    def _embedded(self, html: str) -> str:
        """Return embedded text. A single paragraph of it continues the text around it."""
        html = html.removeprefix(SEPARATOR).strip()
        if html.startswith("<p>") and html.find("</p>") == len(html) - len("</p>"):
            return html[len("<p>") : -len("</p>")]
        if self._around == "p":
            return f"</p>\n{html}{_PART}"
        if self._around:
            self._below.append(f"\n{html}")
            return ""
        return html

    def _open(self, element: CalloutStart, title: str) -> str:
        if not element.is_quote or not self._quote_ends:
            if len(self._ends) >= _DEEPEST:
                self._ends.append("")
                return f"<p>{escape(title or element.kind)}</p>"
            self._ends.append("</div>")
            return self._collector.open_callout(element.kind, title)
        # Python-Markdown joins two quotes with a blank line between. The first one ends here.
        before = self._quote_ends[-1]
        self._quote_ends[-1] = "</div>"
        gap = "\n" if before else ""
        return before + gap + self._collector.open_callout(element.kind, title)

    def _begun_by(self, at: int) -> tuple[ToolElement, str] | None:
        """Return the block whose placeholder begins piece ``at``, and the text behind it."""
        text = self._pieces[at].text.lstrip() if at < len(self._pieces) else ""
        match = self._collector.words.match(text)
        element = self._collector.elements[int(match[1])] if match else None
        if match is None or element is None or isinstance(element, Image | ToolEmbed):
            return None
        return element, text[match.end() :]

    def _paragraph(self, at: int, element: ToolElement, rest: str) -> int:
        """Write a paragraph that starts with a block's word. Return the index after it."""
        end = at + 1
        while end < len(self._pieces) and self._pieces[end].name != "p":
            end += 1
        inside = [Piece(Kind.TEXT, rest), *self._pieces[at + 2 : end]]
        if isinstance(element, CalloutStart):
            title, images = self._title(inside)
            self._out.append(self._open(element, title))
            self._out += (f"\n<p>{image}</p>" for image in images)
        elif isinstance(element, TitleLine):
            title = "".join(
                self._text(piece.text) if piece.kind is Kind.TEXT else self._source(piece.text)
                for piece in inside
            ).strip()
            if element.is_block:
                is_deep = len(self._ends) >= _DEEPEST
                self._ends.append("" if is_deep else "</section>")
                self._out.append("" if is_deep else "<section>\n")
            self._out.append(f"<p><strong>{title}</strong></p>" if title else "")
        else:
            after = "".join(self._text(piece.text) for piece in inside).strip()
            self._out.append(self._inline(element) + (f"<p>{after}</p>" if after else ""))
        return end + 1

    def _title(self, inside: Sequence[Piece]) -> tuple[str, Sequence[str]]:
        """Return a callout's title as plain text, and its images, which come below it."""
        images = [piece.text for piece in inside if piece.name == "img"]

        def shown(match: re.Match[str]) -> str:
            element = self._collector.elements[int(match[1])]
            if not isinstance(element, Image):
                return escape(self._collector.sources[int(match[1])])
            images.append(self._collector.add_image(element))
            return ""

        text = "".join(piece.text for piece in inside if piece.kind is Kind.TEXT)
        return unescape(self._collector.words.sub(shown, text)), images

    def _quote(self, at: int) -> int:
        """Write a block quote, but not one around a callout. Its end is the callout's end."""
        piece = self._pieces[at]
        if piece.kind is Kind.END:
            self._out.append(self._quote_ends.pop() if self._quote_ends else piece.text)
            return at + 1
        behind = at + 1
        if behind < len(self._pieces) and not self._pieces[behind].text.strip():
            behind += 1
        if behind < len(self._pieces) and self._pieces[behind].name == "p":
            begun = self._begun_by(behind + 1)
            if begun and isinstance(begun[0], CalloutStart) and begun[0].is_quote:
                self._quote_ends.append("")
                return self._paragraph(behind, *begun)
        self._quote_ends.append("</blockquote>")
        self._out.append(piece.text)
        return at + 1
