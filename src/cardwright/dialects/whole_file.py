"""Dialect F: one file is one card, its first heading asks and all of the rest answers."""

from __future__ import annotations

from cardwright.dialects.question import Outline, Question, under
from cardwright.dialects.title import title_of
from cardwright.wording import asks


def whole_file(outline: Outline) -> tuple[Question, ...]:
    """The question that a file's title asks, with all that is under it."""
    title = title_of(outline)
    return (under(title),) if title is not None and asks(title.text) else ()
