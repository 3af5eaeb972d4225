"""What is shared while the texts of one passage are looked through."""

from __future__ import annotations

from dataclasses import dataclass, field

from cardwright.model import Place
from cardwright.render.tools.reports import Reports
from cardwright.render.tools.texts import Text
from cardwright.render.words import Words


@dataclass(frozen=True, slots=True)
class Change:
    """A mark of a tool goes up to ``end``, and Markdown comes in its place."""

    end: int
    markdown: str = ""


@dataclass(slots=True)
class Scan:
    """The text that is looked through, and what is known about the whole passage.

    ``labels`` are those of link references, as the parser writes them; ``closed`` the names of
    components that are closed somewhere; ``has_html``: there are none; ``is_raw``: what Liquid
    would fill in is text here; ``is_target``: the last change ended in the address of a link,
    at ``behind``.
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
        """Where ``plain`` stands next in the text, -1: nowhere, and then nowhere behind it."""
        if plain in self.absent:
            return -1
        found = self.text.text.find(plain, start)
        if found < 0:
            self.absent.add(plain)
        return found
