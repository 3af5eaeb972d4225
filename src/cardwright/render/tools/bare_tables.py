"""Gives a table of kramdown without a header an empty one, which CommonMark's tables need."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from cardwright.render.tools.block_scan import MAX_LINE, BlockScan, line_text

BARE_TABLE = re.compile(
    r"^(?:[ \t>]*[^|\s>][^\n]*\n|[ \t>]*\n|(?<![^\n]\n))"
    r"[ \t>]*\|[^\n]*\|[ \t]*\n[ \t>]*\|(?![ \t:|-]*$)",
    re.MULTILINE,
)
"""The first two rows of what may be such a table, after a blank line or another block."""
_ROW = re.compile(r"\|.*\|", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_FEWEST = 2
"""Rows and columns. Less is a line of text between bars."""


def read_bare_table(scan: BlockScan, state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Put a header before rows between bars. They are read as a table afterwards."""
    if silent or _columns(line_text(state, first)) <= _FEWEST:
        return False
    rows: list[str] = []
    while first + len(rows) < end and not state.isEmpty(first + len(rows)):
        rows.append(line_text(state, first + len(rows)))
    columns = {_columns(row) for row in rows}
    is_table = len(rows) >= _FEWEST and len(columns) == 1 and 0 not in columns
    if not is_table or _RULE.fullmatch(rows[1]) or not all(map(_has_text, rows[1:])):
        return False
    spot = scan.spot(state, first)
    if scan.lines[first][: spot.offset].strip(" \t>"):  # the marker of a list item
        return False
    count = columns.pop() - 1
    rule = () if _RULE.fullmatch(rows[0]) else ("|---" * count + "|",)
    scan.edits.above[first] = spot, ("| <!-- --> " * count + "|", *rule)
    return False


def _columns(row: str) -> int:
    """Return the number of bars of a row, 0 if the line is none."""
    is_row = len(row) <= MAX_LINE and _ROW.fullmatch(row)
    return len(_BAR.findall(row)) if is_row else 0


def _has_text(row: str) -> bool:
    return re.search(r"\w", row) is not None
