"""Containers ``:::`` of other tools that begin on the front of a card and end on its back."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.blocks.fences import lines_of_code
from cardwright.model import Line, Passage

_MARK = re.compile(r"\s*:{3,}\s*(?P<name>[\w{].{0,100})?\s*")


def without_cut_box(front: Passage, back: Passage) -> tuple[Passage, Passage]:
    """Both without the two lines of a container around the options, which is cut in two there."""
    opened, closed = _unpaired(front.lines)[0], _unpaired(back.lines)[1]
    if not opened or not closed:
        return front, back
    return _without(front, opened[-1]), _without(back, closed[0])


def _without(passage: Passage, at: int) -> Passage:
    above, below = passage.lines[:at], passage.lines[at + 1 :]
    if not above or not above[-1].text.strip():
        while below and not below[0].text.strip():
            below = below[1:]
    return replace(passage, lines=(*above, *below))


def _unpaired(lines: tuple[Line, ...]) -> tuple[list[int], list[int]]:
    """The indices of the lines that open a container and of those that close one, without mate."""
    texts = [line.text for line in lines]
    opened: list[int] = []
    closed: list[int] = []
    if not any(":::" in text for text in texts):
        return opened, closed
    for at, (text, is_code) in enumerate(zip(texts, lines_of_code(texts), strict=True)):
        mark = None if is_code else _MARK.fullmatch(text[:200])
        if mark is None:
            continue
        if mark["name"]:
            opened.append(at)
        elif opened:
            opened.pop()
        else:
            closed.append(at)
    return opened, closed
