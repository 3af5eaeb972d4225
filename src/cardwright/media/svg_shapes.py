"""The shapes of a drawing, and at how many places of one a marker is drawn."""

from __future__ import annotations

import re

from cardwright.media.svg_tree import Element

_NAMES = "path rect circle ellipse line polyline polygon text tspan textPath tref"
_SHAPES = frozenset(_NAMES.split())
_COMMAND = re.compile(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)")
_NUMBER = re.compile(r"[+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?")
_ARGUMENTS = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "s": 4, "q": 4, "c": 6, "a": 5}
"""Numbers for one vertex (SVG 2, 9.3); of an arc's seven, three may be written as one."""


def is_shape(element: Element) -> bool:
    return element.name[1] in _SHAPES


def vertices_of(element: Element) -> int:
    """How many vertices a shape has, rather too many than too few; 1 at least."""
    name = element.name[1]
    if name == "path":
        commands = _COMMAND.findall(element.attributes.get(("", "d"), ""))
        return max(sum(_vertices(letter.lower(), numbers) for letter, numbers in commands), 1)
    if name in ("polyline", "polygon"):
        return len(_NUMBER.findall(element.attributes.get(("", "points"), ""))) // 2 + 1
    return 2 if name == "line" else 1


def _vertices(letter: str, numbers: str) -> int:
    return max(-(-len(_NUMBER.findall(numbers)) // _ARGUMENTS.get(letter, 1)), 1)
