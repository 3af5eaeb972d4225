"""Parses Markdown into a tree of blocks. Inline text is not parsed yet."""

from __future__ import annotations

from dataclasses import replace

from cardwright.blocks.document import Block, Document
from cardwright.blocks.fences import without_wrapping
from cardwright.blocks.names import plain_text, title_of
from cardwright.blocks.reader import Reader
from cardwright.model import SourceFile

__all__ = ["Block", "Document", "plain_text", "read_blocks", "title_of"]


def read_blocks(source: SourceFile) -> Document:
    """Return the block tree of a file without its front matter. Without text, it has no block."""
    lines = without_wrapping(source.lines)
    if lines is not source.lines:
        source = replace(source, lines=tuple(lines))
    reader = Reader(source.lines, source.front_matter.length)
    return Document(
        source,
        reader.blocks,
        reader.definitions,
        tuple(reader.verbatim),
        tuple(reader.open_fences),
    )
