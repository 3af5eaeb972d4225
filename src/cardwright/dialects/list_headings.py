"""Dialect L: ``- ### 1. What is a token?``, the answer is the rest of the list item.

Bare headings in the item and headings of lists inside it are parts of the answer. Where a line
at column 0 ends the item, the answer goes on to the next question all the same.
"""

from __future__ import annotations

from cardwright.dialects.text.question import Outline, Question, under


def list_headings(outline: Outline, level: int) -> tuple[Question, ...]:
    """The headings of ``level`` that lead an item of the outermost list that has such."""
    leading = [heading for heading in outline.headings if heading.leads and heading.level == level]
    outermost = min((heading.depth for heading in leading), default=0)
    return tuple(under(heading) for heading in leading if heading.depth == outermost)
