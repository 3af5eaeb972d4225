"""Reads fences with a title, such as the name of a file."""

from __future__ import annotations

import re

from cardwright.model import CodeBlock
from cardwright.render.collector import language_of
from cardwright.render.tools.block_scan import Block, BlockStart

TITLED_FENCE = r"(?:`{3,}+|(?<!~)~{3,}+)[^`\n]*?(?:\b(?:title|filename)[ \t]*+[=:]|[ \t]\[)"
"""Matches the start of a fence that may have a title."""

_FENCE = re.compile(r"(`{3,}+|~{3,}+)(?!.*`)(.*)")
_TITLE = re.compile(
    r"\b(?:title|filename)[ \t]*+[=:][ \t]*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'{},]+))"
    r"|[ \t]\[(?=[^\]]*[^\W\d_])([^\[\]]+)\][ \t]*$"
)


def read_titled_code(start: BlockStart) -> Block | None:
    """Read a fence whose info string has a title, in the spellings of these tools.

    ``title="…"`` is from Docusaurus and MkDocs, ``filename="…"`` from Quarto, ``title: …`` from
    plugins of Obsidian, and ``[…]`` at the end from VitePress. Without a letter, that names lines.
    The block ends as in CommonMark 4.5.
    """
    fence = _FENCE.fullmatch(start.text)
    title = _TITLE.search(fence[2]) if fence else None
    if fence is None or title is None:
        return None
    if start.is_silent:
        return Block(start.first + 1)
    stop, behind = start.fence_end(fence[1])

    def write() -> None:
        first, state = start.first, start.state
        code = state.getLines(first + 1, stop, state.sCount[first], True)
        start.drop(first + 1, behind)
        name = next(filter(None, title.groups()), "")
        block = CodeBlock(code, language_of(fence[2][: title.start()]), name.strip())
        start.scan.set_apart(start.spot, block, last=behind - 1)

    return Block(behind, write)
