"""Defines the placeholders for the blocks and images of other tools in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cardwright.model import Place


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


ToolElement = CalloutStart | CalloutEnd | TitleLine | ToolCode | ToolImage


@dataclass(slots=True)
class Placeholders:
    """All placeholders so far. Number ``n`` is the word ``<key><n>y``, which no text contains.

    ``sources`` has what the author wrote in place of each word. Code shows it.
    """

    key: str
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
