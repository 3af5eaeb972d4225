"""Thematic breaks, the rules across a page by which people part their notes."""

from __future__ import annotations

import re

RULE = r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})"
"""A pattern for all of a line (CommonMark section 4.1)."""
_RULE = re.compile(RULE)


def is_break(text: str) -> bool:
    """Whether a line is a rule and nothing else."""
    return _RULE.fullmatch(text) is not None
