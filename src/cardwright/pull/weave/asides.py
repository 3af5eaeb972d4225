"""A hint or an extra that is new, as the callout that an author would write."""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.pull.flow import WORD, Block, Word
from cardwright.pull.trace import Origin
from cardwright.pull.weave import weave
from cardwright.pull.weave.state import Manner

ASIDES = {"Hint": "hint", "Extra": "extra"}
"""The fields that a callout in the answer fills, and its name."""

_START = Block("p", (), 0, (Word(WORD, "x"),))


def aside(field: str, blocks: Sequence[Block], manner: Manner) -> str:
    """The callout that fills a field with these blocks; ``UnplacedError`` where none can."""
    origins: list[list[Origin | None]] = [[(0, 0)]]
    origins += [[None] * len(block.words) for block in blocks]
    text = weave("x", [_START], [[(0, 1)]], [_START, *blocks], origins, manner)
    lines = text.removeprefix("x").strip("\n").split("\n")
    quoted = (f"> {line}".rstrip() for line in lines)
    return "\n".join((f"> [!{ASIDES[field]}]", *quoted))
