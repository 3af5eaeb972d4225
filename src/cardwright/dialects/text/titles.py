"""What a file, a section or a list item is called: plain for decks, as Markdown for the card."""

from __future__ import annotations

import re

from cardwright.blocks import LONGEST_NAME, plain_text
from cardwright.model import Line, Title

_MARKED = re.compile(r"[`*_$<~=\\]")
"""Without one of these no formula, code or emphasis stands in a text."""


def title_of(line: Line) -> Title:
    """The title that a line of Markdown is; one that is longer than a name is plain."""
    is_plain = _MARKED.search(line.text) is None or len(line.text) > LONGEST_NAME
    return Title(plain_text(line.text), None if is_plain else line)
