"""Lines in which no mark of a question means anything: code, formulas, comments, front matter."""

from __future__ import annotations

from cardwright.blocks import Document, walk
from cardwright.blocks.fences import lines_of_code

_VERBATIM = frozenset({"fence", "formula"})


def verbatim_lines(document: Document) -> list[bool]:
    """For each line of the file (from 0) whether it is to be read as it stands.

    Fences are looked for in the text as well as in the block tree: to CommonMark (section 4.6)
    what follows a ``<details>`` without a blank line is HTML, fences and all. Indented code is
    not counted, for much of what is indented by four is an answer.
    """
    lines = document.source.lines
    found = lines_of_code(lines)
    length = document.source.front_matter.length
    found[:length] = [True] * length
    for block in walk(document.blocks):
        is_comment = block.kind == "html_block" and _is_comment(block.text)
        if block.kind in _VERBATIM or is_comment:
            found[block.start - 1 : block.end - 1] = [True] * (block.end - block.start)
    return found


def _is_comment(html: str) -> bool:
    """Whether a block is one comment, with nothing behind its end."""
    bare = html.strip()
    return bare.startswith("<!--") and bare.find("-->") in (-1, len(bare) - 3)
