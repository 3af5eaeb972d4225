"""Defines what stands in Markdown for the blocks of other tools, and for embedded notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cardwright.embeds import DEEPEST
from cardwright.model import CodeBlock, Embed, Image, Place

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
class ToolEmbed:
    """The text of another note. ``html`` is that text, once it is rendered."""

    embed: Embed
    place: Place
    html: str = ""


ToolElement = CalloutStart | CalloutEnd | TitleLine | CodeBlock | Image | ToolEmbed
"""What a placeholder stands for."""


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
