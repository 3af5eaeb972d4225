"""The stretches of a file that can be one cloze note: what a person reads as one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.blocks import Block
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.model import Line


@dataclass(frozen=True, slots=True)
class Text:
    """Lines ``start`` to ``end`` (not included) of a file that make one note, as ``rows``.

    ``below`` is what comes with it; ``is_labelled`` says that a label makes a cloze note of it.
    """

    start: int
    end: int
    rows: tuple[Line, ...]
    below: Span
    is_labelled: bool = False


_LEAVES = frozenset({"paragraph", "formula", "table"})
_TEXTS = _LEAVES | {"heading"}
_LISTS = frozenset({"bullet_list", "ordered_list"})
_HINT = re.compile(r"(?i)\[!(?:hint|extra)\]")
_NUMBER = re.compile(r"\{\{c(\d{1,3})::")
_BARE = re.compile(r"(?:\{\{c\d{1,3}::[^{}]*\}\}|==[^=]+==)[\s.,;。，；]*")
_SIGN = re.compile(r"\s*\?\??\s*")
_MOST_BLOCKS = 20


def texts(outline: Outline, signs: Sequence[str]) -> Iterator[Text]:
    """The paragraphs with formulas that stand right at them, tables, headings, and lists whose
    items are numbered on; only those that hold one of ``signs``.
    """
    waiting = [(outline.document.blocks, Span(0, 0))]
    while waiting:
        blocks, around = waiting.pop()
        at = 0
        while at < len(blocks):
            block, end = blocks[at], _run(outline, blocks, at)
            lines = _lines(outline, block, blocks[end - 1])
            if any(sign in line for line in lines for sign in signs):
                if end > at + 1 or block.kind in _TEXTS or _is_one(outline, block):
                    yield from _text(outline, blocks, at, end, around)
                elif block.kind == "blockquote":
                    waiting.append((block.children, Span(0, 0, quotes=around.quotes + 1)))
                elif block.kind in _LISTS:
                    waiting += (
                        (item.children, Span(0, item.end, item.indent, quotes=around.quotes))
                        for item in block.children
                    )
            at = end


def _lines(outline: Outline, first: Block, last: Block) -> Sequence[str]:
    return outline.lines[first.start - 1 : last.end - 1]


def _run(outline: Outline, blocks: Sequence[Block], at: int) -> int:
    """The index behind the last block that makes one text with block ``at``.

    A formula in the lines of a paragraph does, a list that a paragraph leads in to, and what
    follows an open ``{{c1::`` up to the block that closes it.
    """
    end = at + 1
    if blocks[at].kind not in _LEAVES and blocks[at].kind not in _LISTS:
        return end
    while end < len(blocks) and _is_glued(blocks[end - 1], blocks[end]):
        end += 1
    if end < len(blocks) and _leads(outline, blocks[end - 1], blocks[end]):
        return end + 1
    if blocks[at].kind in _LISTS:
        return end
    for last in range(end, min(len(blocks), at + _MOST_BLOCKS) + 1):
        text = "\n".join(_lines(outline, blocks[at], blocks[last - 1]))
        if len(_NUMBER.findall(text)) <= text.count("}}"):
            return last
        if last < len(blocks) and blocks[last].kind in ("heading", "hr"):
            break
    return end


def _is_glued(block: Block, following: Block) -> bool:
    kinds = {block.kind, following.kind}
    return block.end == following.start and kinds <= _LEAVES and "formula" in kinds


def _leads(outline: Outline, block: Block, following: Block) -> bool:
    if block.kind != "paragraph" or not _is_one(outline, following):
        return False
    text = block.text.rstrip()
    is_near = block.end == following.start or text.endswith((":", "\uff1a"))
    return is_near or _NUMBER.search(text) is not None


def _is_one(outline: Outline, block: Block) -> bool:
    """Whether a list is one text: its items are numbered on, or hold a deletion and no more."""
    if block.kind not in _LISTS:
        return False
    numbers = [
        numbered
        for item in block.children
        if (numbered := set(_NUMBER.findall("\n".join(_lines(outline, item, item)))))
    ]
    if len(numbers) > 1 and sum("1" in numbered for numbered in numbers) <= 1:
        return True
    leaves = [item.children[0].text if item.children else "" for item in block.children]
    return len(leaves) > 1 and all(map(_BARE.fullmatch, leaves))


def _text(
    outline: Outline, blocks: Sequence[Block], at: int, end: int, around: Span
) -> Iterator[Text]:
    rows: list[Line] = []
    before = blocks[at].start
    for block in blocks[at:end]:
        rows += (Line("", number) for number in range(before, block.start))
        rows += _rows(outline, block, around)
        before = block.end
    if not any(_SIGN.fullmatch(row.text) for row in rows):  # else it is asked and answered
        yield Text(blocks[at].start, before, tuple(rows), _below(blocks, at, end, around))


def _rows(outline: Outline, block: Block, around: Span) -> Iterator[Line]:
    """The lines of a block without the marks of the containers around it."""
    if block.kind not in ("paragraph", "heading"):
        span = Span(block.start, block.end, around.indent, quotes=around.quotes)
        yield from cut(outline.lines, span)
        return
    for number, part in enumerate(block.text.split("\n"), block.start):
        text = part.lstrip()
        column = outline.lines[number - 1].rfind(text.rstrip()) + 1
        yield Line(text, number, max(column, 1))


def _below(blocks: Sequence[Block], at: int, end: int, around: Span) -> Span:
    """The rest of a list item that begins with the text, else the hints right behind it."""
    last = blocks[end - 1]
    behind = end
    if at == 0 and around.end > last.end:
        return Span(last.end, around.end, around.indent, quotes=around.quotes)
    while behind < len(blocks) and _is_hint(blocks[behind]):
        behind += 1
    if behind == end:
        return nothing_at(last.end)
    return Span(last.end, blocks[behind - 1].end, around.indent, quotes=around.quotes)


def _is_hint(block: Block) -> bool:
    is_quote = block.kind == "blockquote" and bool(block.children)
    return is_quote and _HINT.match(block.children[0].text) is not None
