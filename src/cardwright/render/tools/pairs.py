"""Ends the blocks of other tools where the tool would end them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from cardwright.math.traced import region
from cardwright.render.tools.edits import Spot
from cardwright.render.tools.reading import Part, Reading, part_of
from cardwright.render.words import Closing, Label, Opening

_FARTHEST = 50
"""The number of open parts that an end is compared with."""


@dataclass(slots=True)
class _Container:
    """A list item, a quote, indented text or the passage, while its tokens are read."""

    end: int
    part: Part | None = None
    waiting: list[Part] = field(default_factory=list)


def pair_up(tokens: Sequence[Token], reading: Reading) -> None:
    """Add the edits for every part in the tokens, and for quotes that are callouts."""
    open_containers = [_Container(len(reading.lines))]
    for index, token in enumerate(tokens):
        part = part_of(token)
        if token.type == "part" and part is not None:
            _meet(part, open_containers[-1], reading)
        elif token.nesting == 1:
            end = token.map[1] if token.map else open_containers[-1].end
            open_containers.append(_Container(min(end, open_containers[-1].end), part))
            if part is not None and part.role is not None:
                reading.set_apart(part.spot, part.role, part.title)
            if token.type == "blockquote_open":
                _turn(tokens[index + 1 : index + 3], reading)
        elif token.nesting == -1:
            _leave(open_containers.pop(), reading)
    _leave(open_containers[0], reading)


def _meet(part: Part, container: _Container, reading: Reading) -> None:
    if not part.is_end:
        container.waiting.append(part)
        return
    reading.edits.drop(part.spot)
    waiting = container.waiting
    for depth in range(1, min(len(waiting), _FARTHEST) + 1):
        opening = waiting[-depth]
        if opening.name == part.name and opening.size <= part.size:
            for inner in reversed(waiting[len(waiting) - depth + 1 :]):
                _end(inner, part.spot.line, reading, is_met=False)
            del waiting[len(waiting) - depth :]
            _end(opening, part.spot.line, reading, is_met=True)
            return


def _leave(container: _Container, reading: Reading) -> None:
    last = _last_filled(reading, container.end)
    while container.waiting:
        _end(container.waiting.pop(), last, reading, is_met=False)
    if container.part is not None and isinstance(container.part.role, Opening):
        last = max(last, container.part.spot.line)
        reading.edits.put_after(last, container.part.spot, reading.words.add(Closing(), ""))


def _last_filled(reading: Reading, end: int) -> int:
    last = end - 1
    while last > 0 and not reading.lines[last].strip():
        last -= 1
    return last


def _end(part: Part, last: int, reading: Reading, *, is_met: bool) -> None:
    """End a part after line ``last``. ``is_met`` says that its own end was found."""
    if part.role is None:
        reading.edits.drop(part.spot)
    elif part.is_optional and not is_met:
        reading.edits.drop(part.spot)
        if part.title:
            reading.set_apart(part.spot, Label(), part.title)
    else:
        reading.set_apart(part.spot, part.role, part.title)
        if isinstance(part.role, Opening):
            line = max(last, part.spot.line)
            reading.edits.put_after(line, part.spot, reading.words.add(Closing(), ""))


_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][+-]?(?:[ \t]+([^\n]*))?(?:\n|$)")


def _turn(inside: Sequence[Token], reading: Reading) -> None:
    """Replace a quote that starts with ``[!note] Title``, as on GitHub and in Obsidian.

    Any kind is accepted. The marker for folding (``-``, ``+``) is ignored.
    """
    if [token.type for token in inside] != ["paragraph_open", "inline"] or not inside[1].map:
        return
    match = _CALLOUT.match(inside[1].content)
    if match is not None:
        first_line = inside[1].content.split("\n", 1)[0]
        where = region(reading.traced.passage, inside[1].map[0], first_line)
        role = Opening(match[1], is_quote=True)
        reading.set_apart(Spot(*where.spot(0)), role, match[2] or "")
