"""Undoes a change by AnkiDroid's editor: it saves line ends in the HTML as ``<br>``.

The editor shows each ``<br>`` as a new line, and saves each new line as ``<br>``. That includes
the line ends of the HTML, which a browser shows as spaces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from cardwright.pull.flow import Block, Word
from cardwright.pull.reading import FORMULA_IN_TEXT
from cardwright.pull.trace import Origin, origins

_BREAK = "<br>"

Read = Callable[[str], tuple[Block, ...]]
"""Reads the HTML of a field."""


def read_like(html: str, base: str, read: Read) -> tuple[Block, ...]:
    """Return the blocks of a field. ``base`` is the field before the edit.

    A ``<br>`` counts as a space if ``base`` has a line end there.
    """
    if "\n" in html or "\n" not in base or _BREAK not in html:
        return read(html)
    html = FORMULA_IN_TEXT.sub(lambda formula: formula[0].replace(_BREAK, "\n"), html)
    base = base.strip()
    before, broken = read(base), read(base.replace("\n", _BREAK))
    blocks = read(html)
    if [len(block.words) for block in before] != [len(block.words) for block in broken]:
        return blocks
    traced = origins(broken, blocks)
    return tuple(
        replace(block, words=tuple(map(partial(_with_space, before), block.words, places)))
        for block, places in zip(blocks, traced, strict=True)
    )


def _with_space(before: Sequence[Block], word: Word, place: Origin | None) -> Word:
    """Return the word with a space before it, if it had one before the edit."""
    if place is None or word.gap != "\n":
        return word
    return replace(word, gap=" ") if before[place[0]].words[place[1]].gap == " " else word
