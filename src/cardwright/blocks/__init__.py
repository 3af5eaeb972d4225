"""The block tree of a Markdown file: what stands on which lines, its inline text not yet read."""

from __future__ import annotations

from cardwright.blocks.document import Block, Definition, Definitions, Document, walk
from cardwright.blocks.names import LONGEST_NAME, plain_text, title_of
from cardwright.blocks.reader import Reader
from cardwright.model import SourceFile

__all__ = [
    "LONGEST_NAME",
    "Block",
    "Definition",
    "Definitions",
    "Document",
    "plain_text",
    "read_blocks",
    "title_of",
    "walk",
]


def read_blocks(source: SourceFile) -> Document:
    """The block tree of a file without its front matter; no block when there is no text.

    Where half or more of the headings below the title have no space behind their hashes, such
    are headings.
    """
    lines, first = source.lines, source.front_matter.length
    reader = Reader(lines, first)
    if reader.loose >= max(reader.spaced, 2):
        reader = Reader(lines, first, is_loose=True)
    return Document(
        source,
        reader.blocks,
        tuple(reader.definitions.values()),
        tuple((block.start, block.end) for block in reader.verbatim),
        tuple(line + 1 for line in reader.open_fences),
    )
