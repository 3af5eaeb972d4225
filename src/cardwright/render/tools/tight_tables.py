"""Sets a table apart from the text right above it."""

from __future__ import annotations

import re

from cardwright.blocks.fences import lines_of_code
from cardwright.math.traced import Traced
from cardwright.render.tools.edits import Edits, Spot, apply_edits

_CELL = r"[ \t]*+:?-++:?[ \t]*+"
_RULE = re.compile(rf"\|?{_CELL}(?:\|{_CELL})++\|?[ \t]*+")
_TIGHT = re.compile(rf"^[^\n]++\n\S[^\n]*+\n{_RULE.pattern}$", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")


def set_tables_apart(traced: Traced) -> Traced:
    """Insert a blank line above each table that has text right above it, without indentation.

    GitHub ends the paragraph there. The parser does so only if the header starts with ``|``, and
    takes a table below a list item for text of the item.
    """
    if not _TIGHT.search(traced.passage.markdown):
        return traced
    texts = [line.text for line in traced.passage.lines]
    is_code = lines_of_code(texts)
    above: dict[int, tuple[Spot, tuple[str, ...]]] = {
        line: (Spot(line, 0), ("",))
        for line in range(1, len(texts) - 1)
        if _RULE.fullmatch(texts[line + 1]) and not is_code[line]
        if _is_text(texts[line - 1]) and _bars(texts[line]) == _bars(texts[line + 1]) > 0
    }
    return apply_edits(Edits(above=above), traced)


def _is_text(line: str) -> bool:
    return bool(line.strip()) and "|" not in line and not line.lstrip().startswith((">", "#"))


def _bars(row: str) -> int:
    """Return the number of bars between the cells of a row. 0 for a row that is indented."""
    inner = row.rstrip().removeprefix("|").removesuffix("|")
    return 0 if row[:1].isspace() else len(_BAR.findall(inner))
