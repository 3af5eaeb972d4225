"""Where a file goes on counting its questions: ``3. What is …?`` behind the second one."""

from __future__ import annotations

from bisect import bisect_right

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import has_gap
from cardwright.dialects.text.question import Outline
from cardwright.wording import asks


class Counting:
    """The counted lines of a file, and which of them asks what comes behind another one."""

    def __init__(self, outline: Outline) -> None:
        self._counted = [row for row in outline.rows if row.ordinal and not row.level]
        self._numbers = [row.number for row in self._counted]

    def above(self, line: int) -> int:
        """The last counted line above ``line``, 0 for none."""
        at = bisect_right(self._numbers, line - 1)
        return self._numbers[at - 1] if at else 0

    def next_asking(self, line: int) -> int | None:
        """The line that asks and has the number behind the one at ``line``.

        ``None`` where that does not count, or where what counts next is another list.
        """
        at = bisect_right(self._numbers, line)
        if not at or self._numbers[at - 1] != line:
            return None
        first = self._counted[at - 1]
        for each in self._counted[at : at + _MOST_DEEPER]:
            if each.quotes == first.quotes and each.indent <= first.indent:
                return each.number if _goes_on(first, each) else None
        return None


_MOST_DEEPER = 40
"""So many counted lines of an answer are passed over that stand deeper than its question."""


def _goes_on(first: Row, each: Row) -> bool:
    is_next = each.ordinal == first.ordinal + 1 and each.indent == first.indent
    return is_next and (asks(each.text) or has_gap(each.text))
