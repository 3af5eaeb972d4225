"""Reads ``> 55 %`` in a list item as a comparison, not as a quote."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from cardwright.render.tools.reading import Reading, line_text

_COMPARED = re.compile(
    r">=?[ \t]*[~≈±+-]?[$€£¥]?\d[\d.,]*(?:[ \t]*[%‰°€$£¥][^>*_`$]{0,60}|[ \t]*[\w/²³µ°-]{1,20})?\s*"
)


def read_comparison(
    reading: Reading, state: StateBlock, first: int, end: int, silent: bool
) -> bool:
    """Escape a ``>`` that starts the text of a list item and is followed by a number."""
    if silent or not state.blkIndent or not _COMPARED.fullmatch(line_text(state, first)):
        return False
    if first + 1 < end and line_text(state, first + 1).startswith(">"):
        return False
    if first and state.sCount[first - 1] >= 0 and line_text(state, first - 1).startswith(">"):
        return False
    spot = reading.spot(state, first)
    reading.edits.cuts[spot] = "\\", reading.source(spot)
    return False
