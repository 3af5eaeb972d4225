"""Defines the placeholders for the blocks and images of other tools in Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cardwright.embeds import DEEPEST
from cardwright.model import Embed, Place

SEPARATOR = "<!-- -->"
"""Separates the last footnote from indented code below it."""


@dataclass(frozen=True, slots=True)
class CalloutStart:
    """The start of a callout. The rest of the word's paragraph is its title.

    ``is_quote`` removes the block quote around it, which has the same length as the callout.
    """

    kind: str
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class CalloutEnd:
    """The end of the callout that was opened last."""


@dataclass(frozen=True, slots=True)
class TitleLine:
    """The rest of the word's paragraph is the title of what follows, such as a tab."""


@dataclass(frozen=True, slots=True)
class ToolCode:
    """A block of code."""

    code: str
    language: str


@dataclass(frozen=True, slots=True)
class ToolImage:
    """An image. With ``is_anywhere``, its file may be found by name alone, in any folder."""

    target: str
    alt: str
    title: str
    size: tuple[str, str]
    place: Place
    is_anywhere: bool = False


@dataclass(frozen=True, slots=True)
class ToolEmbed:
    """The text of another note. ``html`` is that text, once it is rendered."""

    embed: Embed
    place: Place
    html: str = ""


ToolElement = CalloutStart | CalloutEnd | TitleLine | ToolCode | ToolImage | ToolEmbed


@dataclass(frozen=True, slots=True)
class Embeds:
    """The embeds of a note, by path and target.

    ``around`` has the places of the embeds that contain the text, the outermost first. ``salt`` is
    a hash of the texts of all embeds.
    """

    known: Mapping[tuple[str, str], Embed] = field(default_factory=dict)
    around: tuple[Place, ...] = ()
    salt: str = ""

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


@dataclass(slots=True)
class Placeholders:
    """All placeholders so far. Number ``n`` is the word ``<key><n>y``, which no text contains.

    ``sources`` has what the author wrote in place of each word. Code shows it. ``embeds`` are the
    notes that the text may embed.
    """

    key: str
    embeds: Embeds = field(default_factory=Embeds)
    elements: list[ToolElement] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    def add(self, element: ToolElement, source: str) -> str:
        self.elements.append(element)
        self.sources.append(source)
        return f"{self.key}{len(self.elements) - 1}y"

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.key) + r"(\d+)y")

    def as_source(self, text: str) -> str:
        """Replace each word in ``text`` with what the author wrote."""
        if not self.elements or self.key not in text:
            return text
        return self.pattern.sub(lambda match: self.sources[int(match[1])], text)
