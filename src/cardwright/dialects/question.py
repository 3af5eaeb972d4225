"""What every dialect finds: a question, and the lines that answer it."""

from __future__ import annotations

from dataclasses import dataclass

from cardwright.blocks import Document
from cardwright.dialects.attributes import Attributes
from cardwright.dialects.outline import Heading


@dataclass(frozen=True, slots=True)
class Span:
    """Lines ``start`` to ``end`` of the file, from 1, ``end`` being the line after the last.

    ``indent`` columns of white space in front of each line belong to a list item around them.
    """

    start: int
    end: int
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a dialect reads it: where it stands, its Markdown, and its answer.

    ``text`` has neither number nor marker nor attributes; further lines of it follow ``line``.
    ``direct`` is the line of the first heading in the answer, the answer's end when it has none.
    ``number`` is as written, ``has_label`` says that a question word stood in front.
    """

    line: int
    text: str
    answer: Span
    direct: int
    number: str
    has_label: bool
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Outline:
    """What a dialect looks at: the block tree of a file, and the headings of it in order."""

    document: Document
    headings: tuple[Heading, ...]


def under(heading: Heading) -> Question:
    """The question that a heading asks and all that is under it answers."""
    return Question(
        heading.line,
        heading.text,
        Span(heading.body, heading.end, heading.indent if heading.leads else 0),
        min(heading.direct, heading.end),
        heading.wording.number,
        heading.wording.has_label,
        heading.attributes,
    )
