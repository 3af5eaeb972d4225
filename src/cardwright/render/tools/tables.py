"""Prepares tables of other tools: without a header, or with text right above."""

from __future__ import annotations

import re

from cardwright.blocks.fences import lines_of_code
from cardwright.formulas.traced import Spot, Traced
from cardwright.render.tools.block_scan import MAX_LINE, Block, BlockStart
from cardwright.render.tools.edits import Edits, apply_edits

BARE_TABLE = re.compile(
    r"^(?:[ \t>]*[^|\s>][^\n]*\n|[ \t>]*\n|(?<![^\n]\n))"
    r"[ \t>]*\|[^\n]*\|[ \t]*\n[ \t>]*\|(?![ \t:|-]*$)",
    re.MULTILINE,
)
"""The first two rows of what may be such a table, after a blank line or another block."""
_ROW = re.compile(r"\|.*\|", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_WORD = re.compile(r"\w")
_FEWEST = 2  # rows and columns; less is a line of text between bars


def read_bare_table(start: BlockStart) -> Block | None:
    """Put an empty header before a table of kramdown without one, as CommonMark's tables need it.

    It is read as a table afterwards.
    """
    first, columns = start.first, _columns(start.text)
    if start.is_silent or columns <= _FEWEST or start.marker():
        return None
    rows: list[str] = []
    for line in range(first, start.end):
        if start.state.isEmpty(line):
            break
        rows.append(start.line(line))
        if _columns(rows[-1]) != columns:
            return None
    if len(rows) < _FEWEST or _RULE.fullmatch(rows[1]) or not all(map(_WORD.search, rows[1:])):
        return None
    count = columns - 1
    rule = () if _RULE.fullmatch(rows[0]) else ("|---" * count + "|",)
    header = ("| <!-- --> " * count + "|", *rule)
    return Block(first, lambda: start.scan.edits.put_above(start.spot, *header))


def _columns(row: str) -> int:
    """Return the number of bars of a row, 0 if the line is none."""
    is_row = len(row) <= MAX_LINE and _ROW.fullmatch(row)
    return len(_BAR.findall(row)) if is_row else 0


_CELL = r"[ \t]*+:?-++:?[ \t]*+"
_PARTING = re.compile(rf"\|?{_CELL}(?:\|{_CELL})++\|?[ \t]*+")
_TIGHT = re.compile(rf"^[^\n]++\n\S[^\n]*+\n{_PARTING.pattern}$", re.MULTILINE)


def set_tables_apart(traced: Traced) -> Traced:
    """Insert a blank line above each table that has text right above it, without indentation.

    GitHub ends the paragraph there. The parser does so only if the header starts with ``|``, and
    takes a table below a list item for text of the item.
    """
    text = traced.passage.markdown
    if "|" not in text or not _TIGHT.search(text):
        return traced
    texts = [line.text for line in traced.passage.lines]
    is_code = lines_of_code(texts)
    edits = Edits()
    for line in range(1, len(texts) - 1):
        above, header, parting = texts[line - 1 : line + 2]
        is_table = _PARTING.fullmatch(parting) and _bars(header) == _bars(parting) > 0
        is_text = above.strip() and "|" not in above and above.lstrip()[:1] not in (">", "#")
        if is_table and is_text and not is_code[line]:
            edits.put_above(Spot(line, 0), "")
    return apply_edits(edits, traced)


def _bars(row: str) -> int:
    """Return the number of bars between the cells of a row. 0 for a row that is indented."""
    inner = row.rstrip().removeprefix("|").removesuffix("|")
    return 0 if row[:1].isspace() else len(_BAR.findall(inner))
