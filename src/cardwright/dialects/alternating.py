"""Finds paragraphs that take turns with quotes or lists: each asks, and the block below answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cardwright.blocks.rows import Row
from cardwright.dialects.endings import EndRule
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span
from cardwright.model import Line
from cardwright.wording import asks

_KINDS = {"quote": "a paragraph over a quote", "list": "a paragraph over a list"}
_FEWEST = 8
"""The fewest turns that are no accident."""
_TIGHT = 10
"""A text with fewer gaps than one in so many lines parts nothing by blank lines."""


class _Block(NamedTuple):
    """Rows of one kind. Blank lines divide paragraphs, and nothing else."""

    kind: str
    rows: list[Row]


def alternating(outline: Outline) -> list[Question]:
    """Return the paragraphs that take turns with quotes or lists, if most of them ask.

    Nine of ten paragraphs must be over such a block, and nine of ten blocks below a paragraph.
    Numbered lists of one length are options to choose from.
    """
    blocks = [*_blocks(outline)]
    paragraphs = sum(block.kind == "text" for block in blocks)
    for kind, rule in _KINDS.items():
        same = sum(block.kind == kind for block in blocks)
        pairs = [
            (block, after)
            for block, after in with_next(blocks)
            if block.kind == "text" and after and after.kind == kind
        ]
        is_usual = len(pairs) * 10 >= 9 * max(same, paragraphs) and len(pairs) >= _FEWEST
        if not is_usual or _are_options([after for _, after in pairs]):
            continue
        texts = ("\n".join(row.text for row in block.rows) for block, _ in pairs)
        if sum(map(asks, texts)) * 2 >= len(pairs):
            return [_question(block, after, rule) for block, after in pairs if after]
    return []


def _are_options(lists: Sequence[_Block | None]) -> bool:
    counts = Counter(sum(row.ordinal > 0 for row in each.rows) for each in lists if each)
    length, count = counts.most_common(1)[0]
    return length > 2 and count * 5 >= len(lists) * 4


def _blocks(outline: Outline) -> Iterator[_Block]:
    """Yield the blocks in order. Headings and rules are blocks, too. Blank lines are none.

    Code and pictures below a quote or a list belong to it.
    """
    rows, rules = outline.rows[outline.first_line - 1 :], {*outline.rules}
    block = _Block("", [])
    is_apart = True
    gaps = sum(above.is_blank and not row.is_blank for above, row in pairwise(rows))
    is_tight = gaps * _TIGHT < len(rows)
    for row in rows:
        if row.is_blank and not row.is_verbatim:
            is_apart = True
            continue
        kind = "other" if row.number in rules else _kind(row)
        is_inside = block.kind == "list" and row.indent >= block.rows[0].width
        # The text of an item or a quote goes on (CommonMark 5.1), if blank lines end it elsewhere.
        is_lazy = kind == "text" and not (is_apart or is_tight)
        goes_on = kind == block.kind != "other" and not (kind == "text" and is_apart)
        is_shown = row.is_verbatim or _IMAGE.fullmatch(row.text) is not None
        is_held = block.kind in _KINDS and (is_lazy or is_shown)
        if not (is_held or is_inside or goes_on):
            if block.rows:
                yield block
            block = _Block(kind, [])
        block.rows.append(row)
        is_apart = False
    if block.rows:
        yield block


_IMAGE = re.compile(r"!\[.*(?:\)|\]\])|<img\b[^<>]*>")


def _kind(row: Row) -> str:
    if row.is_verbatim or row.level:
        return "other"
    return "quote" if row.quotes else "list" if row.marker else "text"


def _question(block: _Block, answer: _Block, rule: str) -> Question:
    front = [Line(row.text, row.number, row.offset + 1) for row in block.rows]
    span = Span(answer.rows[0].number, answer.rows[-1].number + 1)
    return asked(front, span, rule=rule, ending=EndRule.CONTAINER)
