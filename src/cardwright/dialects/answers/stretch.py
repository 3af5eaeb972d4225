"""What begins a line, for those who read it without the rows of the file."""

from __future__ import annotations

import re

from cardwright.dialects.flashcards.tags import is_tags_alone
from cardwright.dialects.text.breaks import is_break

_QUOTES = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")


def quotes_of(text: str) -> tuple[int, str]:
    """How many ``>`` a line begins with, and what stands behind them."""
    match = _QUOTES.match(text)
    return (match.group().count(">"), text[match.end() :]) if match else (0, text)


def width_of(text: str) -> int:
    """The columns of white space that a line begins with, a tab reaching to the next fourth."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def is_boundary(text: str) -> bool:
    """Whether a line is a heading, a rule, or tags alone, none of which an answer goes beyond."""
    return is_heading(text) or is_break(text) or is_tags_alone(text)


def is_heading(text: str) -> bool:
    return _HEADING.match(text) is not None


def is_listed(text: str) -> bool:
    """Whether a line begins an item of a list."""
    return _LISTED.match(text) is not None
