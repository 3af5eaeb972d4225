"""The state while the Markdown of a field is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cardwright.pull.flow import Block
from cardwright.pull.nesting import Seg
from cardwright.pull.seams import Seam
from cardwright.pull.trace import Origin
from cardwright.pull.written import Span


class UnplacedError(Exception):
    """An edit cannot be placed in the Markdown. The message continues "it …"."""


@dataclass(frozen=True, slots=True)
class WritingStyle:
    """How to write new text.

    ``is_escaped`` escapes all punctuation. ``has_tags`` writes marks as HTML. ``images`` maps
    images, as values of words, to their Markdown.
    """

    is_escaped: bool = False
    has_tags: bool = False
    images: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Open:
    mark: str
    closer: str


@dataclass(slots=True)
class Weave:
    """The Markdown ``text`` of the blocks ``before``, the blocks ``after``, and the output."""

    text: str
    before: Sequence[Block]
    spans: Sequence[Sequence[Span | None]]
    after: Sequence[Block]
    origins: Sequence[Sequence[Origin | None]]
    manner: WritingStyle
    out: list[str] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)
    stack: list[Open] = field(default_factory=list)
    solid: list[int] = field(default_factory=list)
    owners: list[int | None] = field(default_factory=list)
    seams: dict[int, Seam] = field(default_factory=dict)
    seats: dict[int, list[Seg] | None] = field(default_factory=dict)
    placed: dict[int, list[Seg] | None] = field(default_factory=dict)

    # What was written so far

    def first(self, block: int) -> int:
        return next(at for at, span in enumerate(self.spans[block]) if span)

    def last(self, block: int) -> int:
        return max(at for at, span in enumerate(self.spans[block]) if span)

    def begin(self, block: int) -> int:
        span = self.spans[block][self.first(block)]
        return span[0] if span else 0

    def end(self, block: int) -> int:
        span = self.spans[block][self.last(block)]
        return span[1] if span else 0

    def keep(self, start: int, end: int) -> None:
        """Copy Markdown unchanged."""
        self.out.append(self.text[start:end])
        self.kept.append((start, end))


def continuation(segs: Sequence[Seg] | None) -> str:
    return "".join(seg.cont for seg in segs or ())
