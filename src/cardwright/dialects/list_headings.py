"""Dialect L: ``- ### 1. What is a token?``, the answer is the rest of the list item.

Bare headings in the item and headings of lists inside it are parts of the answer. Where a line
at column 0 ends the item, the answer goes on to the next question all the same.
"""

from __future__ import annotations

from cardwright.dialects.outline import Heading


def list_headings(headings: tuple[Heading, ...], level: int) -> tuple[Heading, ...]:
    """The headings of ``level`` that lead an item of the outermost list that has such."""
    leading = [heading for heading in headings if heading.leads and heading.level == level]
    outermost = min((heading.depth for heading in leading), default=0)
    return tuple(heading for heading in leading if heading.depth == outermost)
