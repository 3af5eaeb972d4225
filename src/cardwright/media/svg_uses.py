"""Counts how many elements a drawing draws, including all that its elements refer to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from cardwright.media.limits import MOST_ELEMENTS, MOST_PIXELS
from cardwright.media.picture import Refusal
from cardwright.media.svg_css import pixels_in
from cardwright.media.svg_paint import (
    ANIMATIONS,
    INHERITED,
    OWN,
    PAINTS,
    Names,
    keys_of,
    named_by,
    shown_by,
    style_sheets,
)
from cardwright.media.svg_tree import Element, bomb

_MOST = 10 * MOST_ELEMENTS
_UNDRAWN = frozenset({"linearGradient", "radialGradient", "solidcolor"})
"""References to these are not counted: they supply colours and are not drawn."""

_NAMES = "path rect circle ellipse line polyline polygon text tspan textPath tref"
_SHAPES = frozenset(_NAMES.split())
_COMMAND = re.compile(r"([A-DF-Za-df-z])([^A-DF-Za-df-z]*)")
_NUMBER = re.compile(r"[+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?")
_ARGUMENTS = {"m": 2, "l": 2, "t": 2, "h": 1, "v": 1, "s": 4, "q": 4, "c": 6, "a": 5}
"""Numbers for one vertex (SVG 2, 9.3). An arc has seven, but three may be written as one."""

Paint = Mapping[str, str]
"""The part that each inherited property names, or ``""``."""


def too_much(root: Element) -> Refusal | None:
    """Return MD510 if parts that use other parts again and again draw more than a phone can.

    This needs no entities. Ten levels of ``<use>``, patterns, markers, masks, clips or filters are
    enough, if each level names the one below ten times. It is also too much if the embedded images
    together have more pixels than one image may have.
    """
    if _Drawing(root).drawn() > MOST_ELEMENTS:
        return bomb(f"the parts that it uses again make more than {MOST_ELEMENTS:,} elements of it")
    if sum(map(pixels_in, _texts(root))) > MOST_PIXELS:
        return bomb(f"the images in it have more than {MOST_PIXELS // 1_000_000} million pixels")
    return None


def _texts(root: Element) -> Iterator[str]:
    for element in root.walk():
        yield from element.attributes.values()
        if element.name[1] == "style":
            yield element.text


@dataclass(slots=True)
class _Part:
    """The whole drawing, an element with an id, or several ids that one property names."""

    elements: int = 0  # in this part but in none of its `parts`
    vertices: int = 0  # likewise
    parts: list[int] = field(default_factory=list)  # their numbers
    uses: Counter[str] = field(default_factory=Counter)  # how often it names a part
    painted: Counter[tuple[str, str]] = field(default_factory=Counter)  # (shown, paint)
    marked: Counter[tuple[str, str]] = field(default_factory=Counter)  # (shown, marker)


class _Drawing:
    """The parts of a drawing by number. Number 0 is the whole."""

    def __init__(self, root: Element) -> None:
        self._parts = [_Part()]
        self._numbers: dict[str, int] = {}
        self._rules = {
            key: {name: self._together(ids) for name, ids in names.items() if ids}
            for key, names in style_sheets(root).items()
        }
        self._elements = 0
        self._animated: Counter[str] = Counter()
        self._of_rules = range(1, len(self._parts))
        self._gather(root, 0, dict.fromkeys(INHERITED, ""))
        # It is not known which elements an animation is for, so it counts for all.
        everywhere = {name: count * self._elements for name, count in self._animated.items()}
        self._parts[0].uses.update(everywhere)

    def _together(self, names: Counter[str]) -> str:
        """Add a part for all of ``names`` together, and return its name."""
        name = f"\0{len(self._parts)}"  # XML cannot contain this character
        self._numbers[name] = len(self._parts)
        self._parts.append(_Part(uses=names))
        return name

    def _gather(self, element: Element, around: int, paint: Paint) -> None:
        """Count an element in the part ``around`` it, or in a part of its own if it has an id.

        If an id occurs twice, it means the first element.
        """
        own = element.attribute("id")
        if own:
            self._parts[around].parts.append(len(self._parts))
            around = len(self._parts)
            if element.name[1] not in _UNDRAWN:
                self._numbers.setdefault(own, around)
            self._parts.append(_Part())
        names = named_by(element)
        for key in keys_of(element):
            for name, part in self._rules.get(key, {}).items():
                names[name][part] += 1
        paint = {name: self._one(names[name]) if name in names else paint[name] for name in paint}
        self._count(element, self._parts[around], names, paint)
        for child in element.children:
            self._gather(child, around, paint)

    def _one(self, ids: Counter[str]) -> str:
        return self._together(ids) if len(ids) > 1 else next(iter(ids), "")

    def _count(self, element: Element, part: _Part, names: Names, paint: Paint) -> None:
        self._elements += 1
        part.elements += 1
        own = names.get(OWN, Counter())
        part.uses.update(own)
        self._animated.update(own if element.name[1] in ANIMATIONS else ())
        once = [paint[name] for name in (*PAINTS, "marker-start", "marker-end") if paint[name]]
        mark = paint["marker-mid"]
        if element.name[1] in _SHAPES:
            vertices = _vertices_of(element)
            part.vertices += vertices
            part.uses.update(once)
            part.uses.update({mark: vertices} if mark else {})
        shown = shown_by(element) if element.name[1] == "use" else ""
        if shown:
            part.uses[shown] += 1
            part.painted.update((shown, name) for name in once)
            part.marked.update([(shown, mark)] if mark else [])

    def drawn(self) -> int:
        """Return how many elements the whole draws. A cycle counts once: browsers skip it.

        A cycle through a style sheet may not be a real one, because selectors are read too broadly.
        It counts as too many.
        """
        done: dict[int, tuple[int, int]] = {}
        path: dict[int, int] = {}  # the parts that are open, with the rules among them so far
        waiting = [(0, False)]
        while waiting:
            number, is_ready = waiting.pop()
            if is_ready:
                del path[number]
                done[number] = self._sums(self._parts[number], done)
            elif number in path:
                if next(reversed(path.values())) > path[number] - (number in self._of_rules):
                    return _MOST
            elif number not in done:
                before = next(reversed(path.values()), 0)
                path[number] = before + (number in self._of_rules)
                waiting.append((number, True))
                waiting += [(each, False) for each in self._inside(self._parts[number])]
        return done[0][0]

    def _inside(self, part: _Part) -> Iterator[int]:
        yield from part.parts
        pairs = (name for pair in (*part.painted, *part.marked) for name in pair)
        found = (self._number(name) for name in (*part.uses, *pairs))
        yield from (number for number in found if number is not None)

    def _number(self, name: str) -> int | None:
        """Return the number of a part. Like browsers, it also tries the name with ``%`` decoded."""
        number = self._numbers.get(name)
        return self._numbers.get(unquote(name)) if number is None else number

    def _sums(self, part: _Part, done: Mapping[int, tuple[int, int]]) -> tuple[int, int]:
        """Return the elements and vertices that a part draws, including the parts that it names."""

        def of(name: str) -> tuple[int, int]:
            number = self._number(name)
            return (0, 0) if number is None else done.get(number, (0, 0))

        drawn = [(1, done.get(number, (0, 0))) for number in part.parts]
        drawn += [(count, of(name)) for name, count in part.uses.items()]
        elements = part.elements + sum(count * inner[0] for count, inner in drawn)
        vertices = part.vertices + sum(count * inner[1] for count, inner in drawn)
        for (shown, paint), count in part.painted.items():
            elements += count * of(shown)[0] * of(paint)[0]
        for (shown, mark), count in part.marked.items():
            elements += count * of(shown)[1] * of(mark)[0]
        return min(elements, _MOST), min(vertices, _MOST)


def _vertices_of(element: Element) -> int:
    """Return the number of vertices of a shape, at least 1. May count too many, not too few."""
    name = element.name[1]
    if name == "path":
        commands = _COMMAND.findall(element.attribute("d"))
        counts = (
            -(-len(_NUMBER.findall(numbers)) // _ARGUMENTS.get(letter.lower(), 1))
            for letter, numbers in commands
        )
        return max(sum(max(count, 1) for count in counts), 1)
    if name in ("polyline", "polygon"):
        return len(_NUMBER.findall(element.attribute("points"))) // 2 + 1
    return 2 if name == "line" else 1
