"""The state while the Markdown of a field is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cardwright.pull.flow import Block
from cardwright.pull.located import Span
from cardwright.pull.rewrite.separators import Separator
from cardwright.pull.trace import Origin


class UnplacedError(Exception):
    """An edit cannot be placed in the Markdown. The message continues "it …"."""


@dataclass(frozen=True, slots=True)
class WritingStyle:
    """How to write new text.

    ``is_escaped`` escapes all punctuation. ``has_tags`` writes marks as HTML. ``images`` maps
    images, as values of words, to their Markdown. ``has_line_breaks`` is the deck's setting.
    """

    is_escaped: bool = False
    has_tags: bool = False
    images: Mapping[str, str] = field(default_factory=dict)
    has_line_breaks: bool = False


@dataclass(frozen=True, slots=True)
class LinePrefix:
    """The prefix that a container adds to its first line, and to the lines after it."""

    first: str
    rest: str


Prefixes = list[LinePrefix]
"""The prefixes of a block's containers, from the outermost."""


@dataclass(slots=True)
class OpenMark:
    """A mark that is open, and what closes it."""

    mark: str
    closer: str


@dataclass(slots=True)
class RewriteState:
    """The Markdown ``text`` of the blocks ``before``, the blocks ``after``, and the output.

    ``located`` are the old blocks with known words. ``owners`` has the old block that each new one
    continues. ``copied`` are the spans of ``text`` that are in the output.
    """

    text: str
    before: Sequence[Block]
    spans: Sequence[Sequence[Span | None]]
    after: Sequence[Block]
    origins: Sequence[Sequence[Origin | None]]
    style: WritingStyle
    out: list[str] = field(default_factory=list)
    copied: list[Span] = field(default_factory=list)
    stack: list[OpenMark] = field(default_factory=list)
    located: list[int] = field(default_factory=list)
    owners: list[int | None] = field(default_factory=list)
    separators: dict[int, Separator] = field(default_factory=dict)
    old_prefixes: dict[int, Prefixes | None] = field(default_factory=dict)
    new_prefixes: dict[int, Prefixes | None] = field(default_factory=dict)

    def first(self, block: int) -> int:
        """Return the index of an old block's first word with a known span."""
        return next(at for at, span in enumerate(self.spans[block]) if span)

    def last(self, block: int) -> int:
        return max(at for at, span in enumerate(self.spans[block]) if span)

    def start_of(self, block: int) -> int:
        span = self.spans[block][self.first(block)]
        return span[0] if span else 0

    def end_of(self, block: int) -> int:
        span = self.spans[block][self.last(block)]
        return span[1] if span else 0

    def span_of(self, place: Origin | None) -> Span | None:
        """Return the span of an old word, or ``None`` if the word or its span is unknown."""
        return self.spans[place[0]][place[1]] if place else None

    def prefixes_of_owner(self, at: int) -> Prefixes | None:
        """Return the prefixes of the old block that new block ``at`` continues, or ``None``."""
        owner = self.owners[at]
        return self.old_prefixes.get(owner) if owner is not None else None

    def copy(self, start: int, end: int) -> None:
        """Copy Markdown unchanged."""
        self.out.append(self.text[start:end])
        self.copied.append((start, end))


def continuation(prefixes: Prefixes | None) -> str:
    """Return the prefix of a block's lines after its first."""
    return "".join(part.rest for part in prefixes or ())
