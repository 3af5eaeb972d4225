"""State that is shared while the texts of one passage are scanned."""

from __future__ import annotations

from dataclasses import dataclass, field

from cardwright.model import Place
from cardwright.render.tools.reports import Reports
from cardwright.render.tools.texts import Text
from cardwright.render.words import Words


@dataclass(frozen=True, slots=True)
class Change:
    """Replaces the syntax of a tool, up to ``end``, with Markdown."""

    end: int
    markdown: str = ""


@dataclass(slots=True)
class Scan:
    """The text that is scanned, and information about the whole passage.

    ``labels`` are the normalised labels of link references. ``closed`` are the names of components
    with a closing tag. ``has_html`` says that there are no components. ``is_raw`` says that Liquid
    would not evaluate anything here. ``is_target`` says that the last change ended in the address
    of a link, at ``behind``.
    """

    words: Words
    reports: Reports
    labels: frozenset[str]
    closed: frozenset[str]
    is_mdx: bool
    text: Text
    place: Place
    is_raw: bool = False
    is_target: bool = False
    behind: int = -1
    has_html: bool = False
    absent: set[str] = field(default_factory=set)

    def find(self, plain: str, start: int) -> int:
        """Return the next offset of ``plain`` in the text, or -1. Remembers what does not occur."""
        if plain in self.absent:
            return -1
        found = self.text.text.find(plain, start)
        if found < 0:
            self.absent.add(plain)
        return found
