"""Dialect F: one file is one card, its title or its first line asks and the rest answers."""

from __future__ import annotations

from cardwright.dialects.front_matter import answered_by_the_text
from cardwright.dialects.question import Outline, Question, asked, under
from cardwright.dialects.span import Span
from cardwright.dialects.title import title_of
from cardwright.model import Line
from cardwright.wording import asks

_LONGEST = 80
"""As many lines of text under a title that does not ask are still one card."""


def whole_file(outline: Outline) -> tuple[Question, ...]:
    """The question that the title asks, or a first paragraph of one line that ends with ``?``.

    A title that does not ask is one as well where a few paragraphs without a further heading are
    all there is.
    """
    title = title_of(outline)
    if title is not None and title.has_text:
        is_short = len(outline.headings) == 1 and title.end - title.line <= _LONGEST
        return (under(title),) if asks(title.text) or is_short else ()
    if title is not None:
        return (under(title),) if asks(title.text) else ()
    named = _title_line(outline)
    if named is not None and asks(named.text):
        return (answered_by_the_text(outline, (named,)),)
    return _of_first_line(outline)


def _title_line(outline: Outline) -> Line | None:
    """The title of the front matter as a line of the file; ``None`` when there is none."""
    front_matter = outline.document.source.front_matter
    for number, row in enumerate(outline.lines[: front_matter.length], 1):
        at = row.find(front_matter.title)
        if front_matter.title and at >= 0:
            return Line(front_matter.title, number, at + 1)
    return None


def _of_first_line(outline: Outline) -> tuple[Question, ...]:
    first = next(iter(outline.document.blocks), None)
    if first is None or first.kind != "paragraph" or "\n" in first.text:
        return ()
    if not first.text.rstrip().endswith(("?", "？", "؟")):
        return ()
    line = Line(outline.lines[first.start - 1], first.start)
    return (asked([line], Span(first.end, len(outline.lines) + 1)),)
