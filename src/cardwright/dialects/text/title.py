"""The heading that names a document."""

from __future__ import annotations

from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.question import Outline


def title_of(outline: Outline) -> Heading | None:
    """The first heading, when it alone has its level; ``None`` where no heading is a title."""
    headings = outline.headings
    first = next(iter(headings), None)
    if first is None or first.depth or first.wording.number or first.attributes.id:
        return None
    others = [heading for heading in headings if heading.level <= first.level]
    if len(others) > 1 or (first.level > 1 and len(headings) == 1):
        return None
    return first
