"""Defines the placeholder words for the blocks and images of other tools in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cardwright.model import Place


@dataclass(frozen=True, slots=True)
class Opening:
    """The start of a callout. The rest of the word's paragraph is its title.

    ``is_quote`` removes the block quote around it, which has the same length as the callout.
    """

    kind: str
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of the callout that was opened last."""


@dataclass(frozen=True, slots=True)
class Label:
    """The rest of the word's paragraph is the title of what follows, such as a tab."""


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code."""

    code: str
    language: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image. With ``is_anywhere``, its file may be found by name alone, in any folder."""

    target: str
    alt: str
    title: str
    size: tuple[str, str]
    place: Place
    is_anywhere: bool = False


Role = Opening | Closing | Label | Code | Picture


@dataclass(slots=True)
class Words:
    """All words so far. Word ``n`` is ``<key><n>y``, which no text can contain.

    ``sources`` has what the author wrote in place of each word. Code shows it.
    """

    key: str
    roles: list[Role] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    def add(self, role: Role, source: str) -> str:
        self.roles.append(role)
        self.sources.append(source)
        return f"{self.key}{len(self.roles) - 1}y"

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.escape(self.key) + r"(\d+)y")

    def as_source(self, text: str) -> str:
        """Replace each word in ``text`` with what the author wrote."""
        if not self.roles or self.key not in text:
            return text
        return self.pattern.sub(lambda match: self.sources[int(match[1])], text)
