"""The stretches of a file that can be one cloze note: what a person reads as one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.blocks import Block
from cardwright.dialects.clozes.deletions import Marks
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


@dataclass(frozen=True, slots=True)
class _Around:
    """The containers around a sequence of blocks: quotes, a list item's indent and its end."""

    quotes: int = 0
    indent: int = 0
    end: int = 0


_LEAVES = frozenset({"paragraph", "formula", "table"})
_TEXTS = _LEAVES | {"heading"}
_LISTS = frozenset({"bullet_list", "ordered_list"})
_HINT = re.compile(r"(?i)\[!(?:hint|extra)\]")
_MOST_BLOCKS = 20


def texts(outline: Outline, marks: Marks) -> Iterator[Text]:
    """The paragraphs with formulas that stand right at them, tables, headings, and lists whose
    items are numbered on; only those that could hold a deletion.
    """
    waiting: list[tuple[tuple[Block, ...], _Around]] = [(outline.document.blocks, _Around())]
    while waiting:
        blocks, around = waiting.pop()
        at = 0
        while at < len(blocks):
            end = _run(outline, blocks, at)
            block = blocks[at]
            if _holds_mark(outline, blocks[at].start, blocks[end - 1].end, marks):
                if end > at + 1 or block.kind in _TEXTS or _is_one(outline, block):
                    yield from _text(outline, blocks, at, end, around)
                elif block.kind == "blockquote":
                    waiting.append((block.children, _Around(around.quotes + 1)))
                elif block.kind in _LISTS:
                    for each in block.children:
                        inner = _Around(around.quotes, each.indent, each.end)
                        waiting.append((each.children, inner))
            at = end


def _holds_mark(outline: Outline, start: int, end: int, marks: Marks) -> bool:
    signs = ["{{c", "{@{"]
    signs += (["=="] if marks.has_highlights else []) + (["{"] if marks.has_curls else [])
    signs += ["{{"] if marks.has_bare else []
    return any(sign in line for line in outline.lines[start - 1 : end - 1] for sign in signs)


def _run(outline: Outline, blocks: Sequence[Block], at: int) -> int:
    """The index behind the last block that makes one text with block ``at``."""
    end = at + 1
    if blocks[at].kind not in _LEAVES and blocks[at].kind not in _LISTS:
        return end
    while end < len(blocks) and _is_glued(blocks[end - 1], blocks[end]):
        end += 1
    if end < len(blocks) and _leads(outline, blocks[end - 1], blocks[end]):
        return end + 1
    if blocks[at].kind in _LISTS:
        return end
    return _closed(outline, blocks, at, end)


def _is_glued(block: Block, following: Block) -> bool:
    """Whether a formula stands in the lines of a paragraph, or a paragraph goes on behind one."""
    kinds = {block.kind, following.kind}
    return block.end == following.start and kinds <= _LEAVES and "formula" in kinds


_NUMBER = re.compile(r"\{\{c(\d{1,3})::")
_BARE = re.compile(r"(?:\{\{c\d{1,3}::[^{}]*\}\}|==[^=]+==)[\s.,;。，；]*")


def _is_one(outline: Outline, block: Block) -> bool:
    """Whether a list is one text: its items are numbered on, or hold a deletion and no more."""
    if block.kind not in _LISTS:
        return False
    items = ["\n".join(outline.lines[each.start - 1 : each.end - 1]) for each in block.children]
    numbers = [set(_NUMBER.findall(item)) for item in items]
    marked = [each for each in numbers if each]
    is_numbered_on = len(marked) > 1 and sum("1" in each for each in marked) <= 1
    leaves = [each.children[0].text if each.children else "" for each in block.children]
    return is_numbered_on or (len(leaves) > 1 and all(map(_BARE.fullmatch, leaves)))


def _leads(outline: Outline, block: Block, following: Block) -> bool:
    """Whether a paragraph leads in to a list that is one text."""
    if block.kind != "paragraph" or not _is_one(outline, following):
        return False
    text = block.text.rstrip()
    is_near = block.end == following.start or text.endswith((":", "："))
    return is_near or _NUMBER.search(text) is not None


def _closed(outline: Outline, blocks: Sequence[Block], at: int, end: int) -> int:
    """``end`` or, where ``{{c1::`` is open there, behind the block that closes it."""
    for last in range(end, min(len(blocks), at + _MOST_BLOCKS) + 1):
        lines = outline.lines[blocks[at].start - 1 : blocks[last - 1].end - 1]
        text = "\n".join(lines)
        if len(_NUMBER.findall(text)) <= text.count("}}"):
            return last
        if last < len(blocks) and blocks[last].kind in ("heading", "hr"):
            break
    return end


def _text(
    outline: Outline, blocks: Sequence[Block], at: int, end: int, around: _Around
) -> Iterator[Text]:
    first, last = blocks[at], blocks[end - 1]
    rows: list[Line] = []
    before = first.start
    for block in blocks[at:end]:
        rows += (Line("", number) for number in range(before, block.start))
        rows += _rows(outline, block, around)
        before = block.end
    if any(_SIGN.fullmatch(row.text) for row in rows):
        return  # the text of a card that has a question and an answer
    yield Text(first.start, last.end, tuple(rows), _below(blocks, at, end, around))


_SIGN = re.compile(r"\s*\?\??\s*")


def _rows(outline: Outline, block: Block, around: _Around) -> list[Line]:
    """The lines of a block without the marks of the containers around it."""
    if block.kind not in ("paragraph", "heading"):
        return cut(outline.lines, Span(block.start, block.end, around.indent, quotes=around.quotes))
    rows: list[Line] = []
    for number, part in enumerate(block.text.split("\n"), block.start):
        text = part.lstrip()
        column = outline.lines[number - 1].rfind(text.rstrip()) + 1
        rows.append(Line(text, number, max(column, 1)))
    return rows


def _below(blocks: Sequence[Block], at: int, end: int, around: _Around) -> Span:
    """The rest of a list item that begins with the text, else the hints right behind it."""
    last = blocks[end - 1]
    if at == 0 and around.end > last.end:
        return Span(last.end, around.end, around.indent, quotes=around.quotes)
    behind = end
    while behind < len(blocks) and _is_hint(blocks[behind]):
        behind += 1
    if behind == end:
        return nothing_at(last.end)
    return Span(last.end, blocks[behind - 1].end, around.indent, quotes=around.quotes)


def _is_hint(block: Block) -> bool:
    is_quote = block.kind == "blockquote" and bool(block.children)
    return is_quote and _HINT.match(block.children[0].text) is not None
