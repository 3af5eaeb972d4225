"""The words that stand in Markdown for what another tool's block or picture becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cardwright.model import Place


@dataclass(frozen=True, slots=True)
class Opening:
    """A callout begins; the rest of the word's paragraph is its title.

    ``is_quote``: the block quote around it, which is as long as the callout, is to go.
    """

    kind: str
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class Closing:
    """The callout that was opened last ends."""


@dataclass(frozen=True, slots=True)
class Label:
    """The rest of the word's paragraph is the title of what follows, a tab for one."""


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code."""

    code: str
    language: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image; ``is_anywhere``: its name alone may lead to it, wherever it is."""

    target: str
    alt: str
    title: str
    size: tuple[str, str]
    place: Place
    is_anywhere: bool = False


Role = Opening | Closing | Label | Code | Picture


@dataclass(slots=True)
class Words:
    """Every word so far; word ``n`` is ``<key><n>y``, which no text can hold.

    ``sources`` is what the author wrote in each one's place: code shows that.
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
        """``text`` with what the author wrote in place of each word."""
        if not self.roles or self.key not in text:
            return text
        return self.pattern.sub(lambda match: self.sources[int(match[1])], text)
