"""Collects what rendering produces besides HTML: marks, their places and diagnostics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cardwright.diagnostics import Diagnostic
from cardwright.markup import VOID, Kind, cut, element_ends
from cardwright.markup.marks import (
    FOOTNOTE_REFERENCE,
    FOOTNOTES,
    as_written,
    mark_for,
    replace_marks,
    without_edges,
)
from cardwright.math.traced import Traced
from cardwright.model import (
    Callout,
    CodeBlock,
    Fragment,
    Image,
    Mark,
    NeutralHtml,
    Place,
)
from cardwright.render.placeholders import Placeholders

_SIZED = re.compile(r"(.*)\|\s*(\d{1,5})(?:x(\d{1,5}))?\s*")


@dataclass(slots=True)
class Collector:
    """Collects the marks and diagnostics of one passage while it is rendered.

    ``traced`` is the Markdown, with marks for its formulas. ``is_trusted`` keeps its HTML as it is.
    ``placeholders`` are those for the syntax of other tools. ``edges`` maps the placeholders of
    deletions to what the author wrote. ``picture`` is the address of the chosen source inside a
    ``<picture>``, ``""`` if none suits so far, and ``None`` outside.
    """

    key: str
    traced: Traced
    marks: list[Mark]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    is_trusted: bool = False
    placeholders: Placeholders | None = None
    edges: Mapping[str, str] = field(default_factory=dict)
    picture: str | None = None

    @property
    def attribute(self) -> str:
        return f"data-{self.key}"

    def add_image(
        self,
        target: str,
        alt: str,
        title: str,
        size: tuple[str, str],
        place: Place,
        *,
        is_anywhere: bool = False,
    ) -> str:
        """Add an image and return its element. ``size`` is the width and the height as written.

        A size at the end of the text also counts, as in Obsidian: ``![leaf|300](leaf.png)``.
        """
        source, tex = self.as_source(target.strip()), " ".join(self.as_tex(alt).split())
        sized = None if any(size) else _SIZED.fullmatch(tex)
        if sized is not None:
            tex, size = sized[1].rstrip(), (sized[2], sized[3] or "")
        image = Image(source, tex, self.as_tex(title), *size, place, is_anywhere)
        return f'<img {self.attribute}="{self._add(image)}">'

    def add_code(self, code: str, language: str) -> str:
        """Add a code block without its last line end, and return its element."""
        block = CodeBlock(self.as_source(code).removesuffix("\n"), self.as_source(language))
        return f'<pre {self.attribute}="{self._add(block)}"></pre>'

    def open_callout(self, kind: str, title: str) -> str:
        """Add a callout and return its start tag, closed by ``</div>``. A title may have marks."""
        number = self._add(Callout(kind.lower(), " ".join(title.split())))
        return f'<div {self.attribute}="{number}">'

    def open_footnotes(self) -> str:
        """Return the start tag of the footnotes, which ``</div>`` closes."""
        return f'<div {self.attribute}="{FOOTNOTES}">'

    def open_footnote_reference(self) -> str:
        """Return the start tag of a footnote's number, which ``</sup>`` closes."""
        return f'<sup {self.attribute}="{FOOTNOTE_REFERENCE}">'

    def as_tex(self, text: str) -> str:
        text = without_edges(self._without_placeholders(text), self.key)
        return replace_marks(text, self.key, self.marks, lambda formula: formula.tex)

    def as_source(self, text: str) -> str:
        text = as_written(self._without_placeholders(text), self.key, self.edges)
        return replace_marks(text, self.key, self.marks, lambda formula: formula.source)

    def _without_placeholders(self, text: str) -> str:
        return self.placeholders.as_source(text) if self.placeholders is not None else text

    def take(self, fragment: Fragment) -> NeutralHtml:
        """Add the marks of another fragment. Return its HTML with them, without open tags."""
        key, before = fragment.key, len(self.marks)
        if not key:
            return fragment.html
        pattern = re.compile(f'data-{key}="(\\d+)"|{key}(\\d+)z')

        def renumbered(match: re.Match[str]) -> str:
            if match[2]:
                return mark_for(self.key, int(match[2]) + before)
            return f'{self.attribute}="{int(match[1]) + before}"'

        self.marks += (
            replace(mark, title=pattern.sub(renumbered, mark.title))
            if isinstance(mark, Callout)
            else mark
            for mark in fragment.marks
        )
        html = pattern.sub(renumbered, _without_open_tags(fragment.html))
        return NeutralHtml(html.replace(f"data-{key}=", f"{self.attribute}="))  # footnotes

    def fragment(self, html: str) -> Fragment:
        return Fragment(NeutralHtml(html), self.key, tuple(self.marks))

    def _add(self, mark: Mark) -> int:
        self.marks.append(mark)
        return len(self.marks) - 1


def _without_open_tags(html: str) -> str:
    """Remove tags without an end or without a start, so that they do not reach the text around."""
    pieces = cut(html)
    ends = element_ends(pieces)
    closed = {*ends, *ends.values()}
    return "".join(
        piece.text
        for at, piece in enumerate(pieces)
        if piece.kind not in (Kind.START, Kind.END) or at in closed or piece.name in VOID
    )


def language_of(info: str) -> str:
    """Return the language in an info string like ``js{1,3}`` or ``{.python .input}``, or ``""``."""
    words = info.replace("{", " ").replace("}", " ").replace(",", " ").split()
    return words[0].removeprefix(".").lower() if words else ""
