"""Finds the blocks of a field in its Markdown, with what is between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cardwright.pull.flow import Block
from cardwright.pull.located import Span


@dataclass(frozen=True, slots=True)
class OldBlock:
    """A block with words in the Markdown.

    Its known words are ``first`` to ``last``, and are from ``start`` to ``end`` of the Markdown.
    From ``begin``, where the block before it ends, to ``start``, there are the line breaks and
    blank lines (``middle``), the ``prefix`` of its line, and the ``openers`` of marks. ``tail`` is
    the rest of its last line. ``container_prefix`` is what its containers put before its line.
    """

    index: int
    block: Block
    first: int
    last: int
    begin: int
    middle: Span
    prefix: Span
    openers: Span
    start: int
    end: int
    tail: Span
    container_prefix: str


def old_blocks(
    text: str, blocks: Sequence[Block], spans: Sequence[Sequence[Span | None]]
) -> dict[int, OldBlock]:
    """Return the blocks that have words with a span in the Markdown ``text``, by their index."""
    located = [
        (at, known)
        for at, places in enumerate(spans)
        if (known := [(index, span) for index, span in enumerate(places) if span])
    ]
    limits = [*(known[0][1][0] for _, known in located[1:]), len(text)]
    found: dict[int, OldBlock] = {}
    begin = tail_end = 0
    for (at, known), limit in zip(located, limits, strict=True):
        block, (first, (start, _)), (last, (_, end)) = blocks[at], known[0], known[-1]
        cuts = _cuts(text, begin, tail_end, start, block.kind)
        middle, prefix, openers = pairwise((tail_end, *cuts, start))
        tail = _line_tail(text, end, limit, block.kind)
        of_containers = _container_prefix(text[slice(*prefix)], block, first)
        found[at] = OldBlock(
            at, block, first, last, begin, middle, prefix, openers, start, end, tail, of_containers
        )
        begin, tail_end = end, tail[1]
    return found


_CLOSERS = re.compile(r"(?:[*_~=`]+|\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\[\]\n]*\]|\]|</\w+>|>)*")
_PREFIX = re.compile(
    r"(?:[ \t]|>|(?:[-*+]|\d+[.)])(?=[ \t])|#{1,6}(?=[ \t])|\[[ xX]\](?=[ \t])|:(?=[ \t])"
    r"|\|(?=[ \t])|\[!\w+\][+-]?)*"
)
_FENCE_LINE = re.compile(r"(?:^|\n)(?P<line>[^\n]*(?:```|~~~)[^\n]*\n)\Z")
_CLOSING_FENCE = re.compile(r"\n[ \t>]*(?:`{3,}|~{3,})[ \t]*(?=\n|\Z)")
_CELL = re.compile(r"[^\w]*?\|\s*")


def _cuts(text: str, begin: int, tail_end: int, start: int, kind: str) -> tuple[int, int]:
    """Return where the prefix before a block of ``kind`` starts, and where it ends.

    ``tail_end`` is where the line tail of the block before it ends.
    """
    line = text.rfind("\n", tail_end, start) + 1
    if not line and begin:
        cell = _CELL.match(text, tail_end, start)
        at = cell.end() if cell else start
        return at, at
    line = line or tail_end
    fence = _FENCE_LINE.search(text[tail_end:line]) if kind == "pre" else None
    if fence:
        return tail_end + fence.start("line"), start
    prefix = _PREFIX.match(text, line, start)
    return line, prefix.end() if prefix else line


def _line_tail(text: str, start: int, limit: int, kind: str) -> Span:
    """Return the rest of the line after a block's last word and closing marks.

    After code, it is the line with the closing fence.
    """
    if kind == "pre":
        match = _CLOSING_FENCE.match(text, start, limit)
        return (start, match.end()) if match else (start, start)
    closers = _CLOSERS.match(text, start, limit)
    begin = closers.end() if closers else start
    newline = text.find("\n", begin, limit)
    end = newline if newline >= 0 else limit
    is_cell = newline < 0 and limit < len(text)
    return (begin, begin) if is_cell else (begin, end)


_OF_ONE_BLOCK = re.compile(r"(?:#{1,6}|\[[ xX]\]|\[!\w+\][+-]?)[ \t]+$")
"""The end of a prefix that belongs to one block: hashes, a box, the name of a callout."""


def _container_prefix(written: str, block: Block, first: int) -> str:
    """Return the prefix of the containers, before word ``first`` of a block."""
    line = written.rsplit("\n", 1)[-1]
    if block.kind == "pre":
        code = block.words[first].value
        return line[: len(line) - len(code) + len(code.lstrip())]
    return _OF_ONE_BLOCK.sub("", line)
