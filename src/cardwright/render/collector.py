"""Collects what rendering a passage needs and leaves besides HTML: marks, words and problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cardwright.diagnostics import Code, Diagnostic
from cardwright.embeds import DEEPEST
from cardwright.formulas.traced import Traced
from cardwright.markup import VOID, Kind, cut, element_ends
from cardwright.markup.marks import (
    FOOTNOTE_REFERENCE,
    FOOTNOTES,
    as_written,
    mark_for,
    replace_marks,
    without_edges,
)
from cardwright.model import (
    Callout,
    CodeBlock,
    Embed,
    Fragment,
    Image,
    Mark,
    NeutralHtml,
    Place,
)

SEPARATOR = "<!-- -->"
"""Separates the last footnote from indented code below it."""


@dataclass(frozen=True, slots=True)
class CalloutStart:
    """The start of a callout. The rest of the word's paragraph is its title."""

    kind: str
    is_quote: bool = False  # remove the block quote around it, which is as long as the callout


@dataclass(frozen=True, slots=True)
class BlockEnd:
    """The end of the callout, or of the block with a label, that was opened last."""


@dataclass(frozen=True, slots=True)
class TitleLine:
    """The rest of the word's paragraph is the title of what follows, such as a tab."""

    is_block: bool = False  # a `BlockEnd` ends it


@dataclass(frozen=True, slots=True)
class ToolEmbed:
    """The text of another note."""

    embed: Embed
    place: Place
    html: str = ""  # the text, once it is rendered


ToolElement = CalloutStart | BlockEnd | TitleLine | CodeBlock | Image | ToolEmbed
"""What a placeholder stands for."""


@dataclass(frozen=True, slots=True)
class Embeds:
    """The embeds of a note."""

    known: Mapping[tuple[str, str], Embed] = field(default_factory=dict)  # by path and target
    around: tuple[Place, ...] = ()  # places of the embeds around the text, the outermost first
    salt: str = ""  # a hash of the texts of all embeds

    def find(self, place: Place, target: str) -> Embed | None:
        """Return the embed at a place. It has a problem if it would contain itself."""
        embed = self.known.get((place.path, target))
        if embed is None or embed.problem:
            return embed
        path, lines = embed.text.path, embed.text.lines
        for each in (*self.around, place):
            if each.path == path and lines[0].number <= each.line <= lines[-1].number:
                return replace(embed, problem="it would contain itself", hint=_CIRCLE)
        if len(self.around) >= DEEPEST:
            problem = f"it is in {DEEPEST} notes that embed one another"
            return replace(embed, problem=problem, hint=_CIRCLE)
        return embed

    def inside(self, place: Place) -> Embeds:
        """Return the embeds for the text that is embedded at a place."""
        return replace(self, around=(*self.around, place))


_CIRCLE = "link to it with [[…]], or embed a section of it"


_FOR_DARK = {"#only-dark": "#only-light", "#gh-dark-mode-only": "#gh-light-mode-only"}
"""The ends of the addresses of two images, for dark and light screens, in MkDocs and on GitHub."""
_SIZED = re.compile(r"(.*)\|\s*(\d{1,5})(?:x(\d{1,5}))?\s*")


@dataclass(slots=True)
class Collector:
    """Collects the marks, the placeholders and the diagnostics of one passage.

    Placeholder ``n`` for the syntax of another tool stands for ``elements[n]``.
    """

    key: str
    traced: Traced  # the Markdown, with marks for its formulas once they are found
    marks: list[Mark] = field(default_factory=list)
    is_trusted: bool = False  # the HTML stays as it is
    embeds: Embeds = field(default_factory=Embeds)  # the notes that it may embed
    edges: Mapping[str, str] = field(default_factory=dict)  # what the author wrote, by placeholders
    diagnostics: list[Diagnostic] = field(default_factory=list)
    elements: list[ToolElement] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)  # what the author wrote
    reported: set[str] = field(default_factory=set)  # names that are reported once
    picture: str | None = None  # the source chosen in a `<picture>`, "" for none; `None` outside
    dark: tuple[str, ...] = field(init=False)  # ends of addresses with a twin for light screens

    def __post_init__(self) -> None:
        text = self.traced.passage.markdown
        self.dark = tuple(dark for dark, light in _FOR_DARK.items() if light in text)

    @property
    def attribute(self) -> str:
        return f"data-{self.key}"

    def report(self, place: Place, code: Code, message: str, hint: str, *, once: str = "") -> None:
        """Add a diagnostic, with ``once`` only if there is none of that name yet."""
        if once not in self.reported:
            self.diagnostics.append(Diagnostic(place, code, message, hint))
            self.reported.update([once] if once else [])

    def add_element(self, element: ToolElement, source: str) -> str:
        """Return a placeholder: a word that no text contains. Code shows ``source`` instead."""
        self.elements.append(element)
        self.sources.append(source)
        return f"{self.key}{len(self.elements) - 1}y"

    @property
    def words(self) -> re.Pattern[str]:
        """The pattern of placeholders, with their numbers."""
        return re.compile(f"{self.key}(\\d+)y")

    def add_image(self, image: Image) -> str:
        """Add an image with the texts as they were written, and return its element.

        A size at the end of the text also counts, as in Obsidian: ``![leaf|300](leaf.png)``. An
        image for dark screens is left out if there is one for light screens.
        """
        if image.target.endswith(self.dark):
            return ""
        source, tex = self.as_source(image.target.strip()), " ".join(self.as_tex(image.alt).split())
        size = image.width, image.height
        sized = None if any(size) else _SIZED.fullmatch(tex)
        if sized is not None:
            tex, size = sized[1].rstrip(), (sized[2], sized[3] or "")
        title = self.as_tex(image.title)
        shown = Image(source, tex, title, *size, image.place, image.is_anywhere)
        return f'<img {self.attribute}="{self._add(shown)}">'

    def add_code(self, code: str, language: str, title: str = "") -> str:
        """Add a code block without its last line end, and return its element."""
        source = self.as_source(code).removesuffix("\n")
        block = CodeBlock(source, self.as_source(language), self.as_source(title))
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
        text = without_edges(self.without_words(text), self.key)
        return replace_marks(text, self.key, self.marks, lambda formula: formula.tex)

    def as_source(self, text: str) -> str:
        text = as_written(self.without_words(text), self.key, self.edges)
        return replace_marks(text, self.key, self.marks, lambda formula: formula.source)

    def without_words(self, text: str) -> str:
        """Replace each placeholder with what the author wrote."""
        if not self.elements or self.key not in text:
            return text
        return self.words.sub(lambda match: self.sources[int(match[1])], text)

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

    def fragment(self, html: str, numbers: tuple[int, ...] = ()) -> Fragment:
        """Return the finished HTML with its marks. ``numbers`` are those of the deletions."""
        return Fragment(NeutralHtml(html), self.key, tuple(self.marks), numbers)

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
