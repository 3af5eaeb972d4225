"""Defines a box (fold, callout or container) and its role: ``> [!hint]`` holds a hint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording.titles import Role, read_title
from cardwright.wording.words import Concept, phrases

_ASKING = phrases(
    Concept.QUESTION, Concept.EXERCISE, Concept.TASK, Concept.QUIZ, Concept.CARD, Concept.FAQ
) | {"help"}
_ANSWERING = phrases(Concept.ANSWER, Concept.SOLUTION) - {"answers"}
"""The block ``:::answers`` has the answers to choose from."""
_TIPS = frozenset({"tip", "tips"})
_CHECKS = frozenset({"success", "check", "done"})
_HINTING = phrases(Concept.HINT) - _TIPS


@dataclass(frozen=True)
class Box:
    """A text in a frame. It opens on line ``start`` at ``column``. Its last line is ``end`` - 1.

    ``title`` may have no line. ``body`` is the content, without the marks of quotes and list items
    around it. ``quotes`` and ``indent`` are those around the box itself. ``kinds`` are the words of
    its mark in lower case, as in ``[!question]``. ``is_fold`` says that its body can be hidden, and
    ``is_glued`` that its line has text before it.
    """

    start: int
    column: int
    end: int
    title: tuple[Line, ...]
    body: Span
    kinds: tuple[str, ...] = ()
    indent: int = 0
    quotes: int = 0
    is_fold: bool = False
    is_glued: bool = False

    @property
    def text(self) -> str:
        """The title's Markdown, its lines joined by ``\\n``."""
        return "\n".join(line.text for line in self.title)

    @cached_property
    def role(self) -> Role:
        """What it is for. Its title decides, then its kind."""
        said = read_title(self.text or " ".join(self.kinds[1:]))
        if said in (Role.ANSWER, Role.HINT):
            return said
        kinds = (
            (_ANSWERING, Role.ANSWER),
            (_HINTING, Role.HINT),
            (_ASKING, Role.QUESTION),
            ({"extra"}, Role.EXTRA),
        )
        return next((says for words, says in kinds if not words.isdisjoint(self.kinds)), said)

    @property
    def is_asking_kind(self) -> bool:
        """Whether its mark says that it is a question, an exercise, a quiz."""
        return not _ASKING.isdisjoint(self.kinds)

    @property
    def is_answer_or_hint(self) -> bool:
        """Whether it holds an answer, a hint or more text. A fold that says nothing may do so."""
        is_bare = self.role is Role.OPEN and not self.kinds
        return is_bare or self.role in (Role.ANSWER, Role.HINT, Role.EXTRA)

    @property
    def may_be_answer_or_hint(self) -> bool:
        """Whether it does so right after a question. Elsewhere, it may be a remark."""
        return self.is_answer_or_hint or not (_TIPS | _CHECKS).isdisjoint(self.kinds)

    @property
    def may_answer(self) -> bool:
        """Whether it is an answer there, and not a hint."""
        is_other = self.role in (Role.HINT, Role.EXTRA) or not _TIPS.isdisjoint(self.kinds)
        return self.role is Role.ANSWER or (self.may_be_answer_or_hint and not is_other)

    def whole(self, end: int) -> Span:
        """Return the span of the box and of all that follows up to line ``end``."""
        if self.is_glued:
            return Span(self.start, end, 0, self.column)
        return Span(self.start, end, self.indent, quotes=self.quotes)


def answer_boxes(found: Iterable[Box]) -> Iterator[Box]:
    """Yield the boxes with an answer or a hint, in order, without those inside another such box."""
    end = 0
    for box in found:
        if box.start >= end and box.is_answer_or_hint:
            end = box.end
            yield box
