"""Defines what a finder reads, an ``Outline``, and what it finds, a ``Question``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import accumulate
from pathlib import PurePath
from typing import Any, NamedTuple, TypeVar

from cardwright.blocks import Document
from cardwright.blocks.rows import Row, read_rows
from cardwright.dialects.boxes.box import Box, answer_boxes
from cardwright.dialects.boxes.find_boxes import read_boxes
from cardwright.dialects.deletions import Cloze
from cardwright.dialects.options import (
    Begun,
    Options,
    bold_is_right,
    may_begin,
    option_groups,
    options_begun,
    options_of,
)
from cardwright.dialects.text.attributes import NO_ATTRIBUTES, Attributes, split_attributes
from cardwright.dialects.text.headings import Heading
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.span import Span, located
from cardwright.model import Line, Title
from cardwright.wording import bare_words, is_never_a_question, read_wording
from cardwright.wording.signs import is_rule
from cardwright.wording.titles import names_questions


class Question(NamedTuple):
    """A question as a dialect reads it: its place, its Markdown, and its answer.

    ``line`` is the first line that belongs to it (its heading, its ``<details>``). ``front`` has
    neither number nor marker nor attributes. ``number`` is as written. ``is_marked`` says that a
    mark with no other meaning (``Q7:``, ``#card``) makes it a question, whatever its words.
    ``direct`` is the line of the first heading in the answer, or the answer's end.

    The front of a cloze note is its whole text with its deletions, and ``cloze`` says what is
    hidden in it. Its answer is the text that comes with it.

    ``given`` is an answer that is not a stretch of the file's text, but in its front matter. Then
    ``answer`` is empty. ``outer`` are the list items around it that ask nothing.
    """

    line: int
    front: tuple[Line, ...]
    answer: Span
    number: str = ""
    is_marked: bool = False
    attributes: Attributes = NO_ATTRIBUTES
    direct: int = 0
    is_reverse: bool = False
    cloze: Cloze | None = None
    given: tuple[Line, ...] = ()
    outer: tuple[Title, ...] = ()
    rule: str = ""
    ending: Enum | None = None

    @property
    def text(self) -> str:
        """The front's Markdown, its lines joined by ``\\n``."""
        front = self.front
        return front[0].text if len(front) == 1 else "\n".join([line.text for line in front])

    @property
    def is_cloze(self) -> bool:
        return self.cloze is not None

    def until(self, end: int) -> Question:
        """Return the question. Its answer ends at line ``end`` at the latest."""
        if end >= self.answer.end:
            return self
        end = max(end, self.answer.start)
        answer = self.answer._replace(end=end, until=0)
        return self._replace(answer=answer, direct=min(self.direct, end))


_Found = TypeVar("_Found")


@dataclass(slots=True)
class _Memo:
    """What was found in an outline, and how often it hid that a question is known.

    A result comes with whether known questions may change it.
    """

    found: dict[tuple[Any, ...], tuple[Any, bool]] = field(default_factory=dict)
    withheld: int = 0


@dataclass(frozen=True)
class Outline:
    """What a dialect looks at: the block tree of a file, and its headings in order.

    Things that several dialects look for are found once: the folds, those of them that say answer
    or hint, and the options to choose from.

    ``is_verbatim`` says for each line of the file (from 0) whether it is code, a formula or an HTML
    comment. There, no mark of a question has a meaning. ``named`` are the dialects that the
    settings name, for marks that mean a question only if somebody says so. ``known`` are questions
    of earlier builds, as bare words. Finders ask for them by ``knows``, which says no unless
    ``uses_known`` is set. ``labels`` are those that the settings name, as in ``Config``.
    """

    document: Document
    headings: tuple[Heading, ...]
    is_verbatim: Sequence[bool]
    named: tuple[str, ...] = ()
    known: Set[str] = frozenset()
    uses_known: bool = False
    labels: tuple[tuple[str, str], ...] = ()
    _memo: _Memo = field(default_factory=_Memo, init=False, repr=False, compare=False)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file, line ``n`` at ``n - 1``."""
        return self.document.source.lines

    @cached_property
    def text(self) -> str:
        """The lines of the file, joined by ``\\n``."""
        return "\n".join(self.lines)

    def knows(self, text: str) -> bool:
        """Whether a text was a question of this file in an earlier build."""
        return bool(self.known) and bare_words(text) in self.known and self.knows_any()

    def knows_any(self) -> bool:
        """Whether the file has questions of earlier builds, and finders may know of them."""
        if self.known and not self.uses_known:
            self._memo.withheld += 1
        return bool(self.known) and self.uses_known

    def with_known(self) -> Outline:
        """Return the outline with ``uses_known``.

        It keeps everything that was found so far, except what the known questions may change.
        """
        told = replace(self, uses_known=True)
        told._memo.found |= {key: each for key, each in self._memo.found.items() if not each[1]}
        told.__dict__.update(self.__dict__ | told.__dict__)  # the cached properties
        return told

    def holds(self, *signs: str) -> bool:
        """Whether the file has any of these signs. If not, nothing has to be looked for."""
        return any(sign in self.text for sign in signs)

    def lines_with(self, *signs: str) -> Iterator[tuple[int, str]]:
        """Return the lines that have one of these signs, each with its number."""
        found = {number for sign in signs for number in self.once(_lines_with, sign)}
        return ((number, self.lines[number - 1]) for number in sorted(found))

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where each line begins in ``text``."""
        return (0, *accumulate(len(line) + 1 for line in self.lines))

    @cached_property
    def heading_lines(self) -> tuple[int, ...]:
        """The line of each heading."""
        return tuple(heading.line for heading in self.headings)

    @cached_property
    def levels(self) -> dict[int, int]:
        """The level of each heading, by its line."""
        return {heading.line: heading.level for heading in self.headings}

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Each line of the file, read once.

        A comment of HTML has no text, and neither has the line under a heading. A heading outside
        of lists may have up to three blanks before it (CommonMark section 4.2), which say nothing.
        """
        rows = [*read_rows(self.lines, self.is_verbatim)]
        for block in self.document.blocks:
            if block.markup == "<!--":
                for at in range(block.start - 1, block.end - 1):
                    rows[at] = rows[at]._replace(text="", is_blank=not rows[at].marker)
            elif block.kind == "heading" and block.markup and block.start in self.levels:
                for at in range(block.start - 1, block.end - 1):
                    rows[at] = rows[at]._replace(level=block.level, indent=0, width=0)
                rows[block.end - 2] = rows[block.end - 2]._replace(text="", is_blank=True)
            elif block.kind == "heading" and rows[block.start - 1].indent:
                rows[block.start - 1] = rows[block.start - 1]._replace(indent=0, width=0)
        return tuple(rows)

    @cached_property
    def rules(self) -> tuple[int, ...]:
        """The lines that are rules across the page, even those in quotes.

        A line that is drawn over a sum is a part of its paragraph.
        """
        rows = self.rows
        return tuple(
            row.number
            for row in rows
            if not (row.is_verbatim or row.level)
            and is_rule(row.raw.lstrip("> \t") if row.quotes else row.raw)
            and not (
                row.text.startswith(("\u2500", "\u2501", "\u2550"))
                and 1 < row.number < len(rows)
                and rows[row.number - 2].text
                and rows[row.number].text
            )
        )

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Every fold, callout and other box, in order."""
        return read_boxes(self.lines, self.rows)

    @cached_property
    def answer_boxes(self) -> tuple[Box, ...]:
        """The outermost boxes that say answer or hint, or nothing at all."""
        return tuple(answer_boxes(self.boxes))

    @cached_property
    def options(self) -> tuple[Options, ...]:
        """The options to choose from, lines counted from 0."""
        return tuple(option_groups(self.rows, self._options_begun))

    @cached_property
    def _options_begun(self) -> Begun:
        return options_begun(self.rows, by_bold=self.is_bold_right)

    @cached_property
    def is_bold_right(self) -> bool:
        """Whether bold marks the right ones among plain items."""
        return bold_is_right(self.rows)

    @cached_property
    def option_lines(self) -> tuple[int, ...]:
        """The lines (from 1) that look like the start of an option."""
        return tuple(at + 1 for at in self._options_begun)

    def options_in(self, lines: Sequence[Line]) -> tuple[Options, ...]:
        """Return the options to choose from in a passage, lines counted from 0."""
        if not self._may_hold_options(lines):
            return ()
        return options_of(tuple([each.text for each in lines]), by_bold=self.is_bold_right)

    def _may_hold_options(self, lines: Sequence[Line]) -> bool:
        """Whether two options may begin on these lines, or one after a label that was cut off."""
        found: set[int | str] = set()
        for line in lines:
            at, column = line.number - 1, line.column - 1
            if column > 0 and column > self.rows[at].offset and may_begin(line.text):
                return True
            for option in self._options_begun.get(at, ()):
                found.add(option.label or at)
        return len(found) > 1

    @cached_property
    def title(self) -> Heading | None:
        """The first heading, if it alone has its level; ``None`` if no heading is a title."""
        first = next(iter(self.headings), None)
        if first is None or first.depth or first.wording.number or first.attributes.id:
            return None
        others = [heading for heading in self.headings if heading.level <= first.level]
        if len(others) > 1 or (first.level > 1 and len(self.headings) == 1):
            return None
        return first

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The titles of the document and the name of its file, which say what it holds."""
        source = self.document.source
        heading = self.title.text if self.title else ""
        return source.front_matter.title, heading, PurePath(source.path).stem

    @property
    def is_readme(self) -> bool:
        """Whether the file's name is README. Its title then says what a project does."""
        return PurePath(self.document.source.path).name.lower().startswith("readme")

    def once(self, find: Callable[..., _Found], *arguments: Hashable) -> _Found:
        """Return what ``find`` finds here with these arguments. It is called only once."""
        memo, key = self._memo, (find, *arguments)
        known = memo.found.get(key)
        if known is None:
            before = memo.withheld
            result = find(self, *arguments)
            known = memo.found[key] = result, memo.withheld > before
        if known[1]:
            memo.withheld += 1
        value: _Found = known[0]
        return value

    def heading_above(self, line: int) -> Heading | None:
        """Return the last heading on or above ``line``, or ``None``."""
        at = bisect_right(self.heading_lines, line)
        return self.headings[at - 1] if at else None

    def row_above(self, line: int) -> Row | None:
        """Return the last row above ``line`` that is a heading or has text, or ``None``."""
        rows = (self.rows[at] for at in range(line - 2, -1, -1))
        return next((row for row in rows if row.level or not row.is_blank), None)

    @property
    def first_line(self) -> int:
        """The first line (from 1) after the front matter."""
        return self.document.source.front_matter.length + 1

    def is_in_references(self, line: int) -> bool:
        """Whether the heading over ``line`` says that sources or links follow, and no questions."""
        above = self.heading_above(line)
        title = above.text if above else ""
        return is_never_a_question(title) and not names_questions(title)

    def headings_between(self, start: int, end: int) -> Iterator[Heading]:
        """Yield the headings from line ``start`` to before line ``end``."""
        for at in range(bisect_left(self.heading_lines, start), len(self.headings)):
            if self.heading_lines[at] >= end:
                return
            yield self.headings[at]

    def section_end(self, line: int) -> int:
        """Return the line (from 1) after the section around ``line``.

        The section ends at the next heading of the same or a higher level. If ``line`` is above all
        headings, it ends at the first one. Otherwise, it ends with the file.
        """
        above = self.heading_above(line)
        if above:
            return above.end
        return self.heading_lines[0] if self.headings else len(self.lines) + 1


def _lines_with(outline: Outline, sign: str) -> list[int]:
    """Return the numbers of the lines that have a sign, found in the whole text."""
    found: list[int] = []
    at = outline.text.find(sign)
    while at >= 0:
        found.append(bisect_right(outline.offsets, at))
        at = outline.text.find(sign, outline.offsets[found[-1]])
    return found


def under(heading: Heading) -> Question:
    """Return the question in a heading. All text under the heading answers it."""
    return Question(
        heading.line,
        heading.front,
        Span(heading.body, heading.end, heading.indent if heading.leads else 0),
        heading.wording.number,
        heading.wording.has_label,
        heading.attributes,
        min(heading.direct, heading.end),
    )


def ended_at_next(questions: Iterable[Question]) -> list[Question]:
    """Return the questions in order. Each ends where the next one begins."""
    found = with_next(sorted(questions, key=lambda question: question.line))
    return [question.until(after.line) if after else question for question, after in found]


def asked(
    lines: Sequence[Line], answer: Span, *, line: int = 0, is_marked: bool = False,
    is_reverse: bool = False, given: tuple[Line, ...] = (), rule: str = "",
    ending: Enum | None = None,
) -> Question:  # fmt: skip
    """Return the question that ``lines`` ask, without number, label, bold and attributes.

    ``line`` is where it begins, if that is not the first of the lines. ``is_marked`` adds to what
    the wording says.
    """
    text, attributes = split_attributes("\n".join(each.text for each in lines))
    wording = read_wording(text)
    return Question(
        line or lines[0].number,
        located(wording.text, lines),
        answer,
        wording.number,
        is_marked or wording.has_label,
        attributes,
        answer.end,
        is_reverse,
        given=given,
        rule=rule,
        ending=ending,
    )
