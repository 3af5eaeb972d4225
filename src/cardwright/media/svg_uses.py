"""How much a drawing draws, its ``<use>`` elements followed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cardwright.media.limits import MOST_ELEMENTS
from cardwright.media.picture import Refusal
from cardwright.media.svg_tree import XLINK, Element, bomb


@dataclass(slots=True)
class _Part:
    """An element with an id, or the whole: how many elements are in it and in no part of it,
    which parts are (by number), and how often which ids are used."""

    elements: int = 0
    parts: list[int] = field(default_factory=list)
    uses: Counter[str] = field(default_factory=Counter)


def too_many(root: Element) -> Refusal | None:
    """MD510 where ``<use>`` of ``<use>`` of … draws more than a phone can.

    No entity is needed for that: ten levels that each use the one below ten times are enough.
    """
    parts = [_Part()]
    numbers: dict[str, int] = {}
    _gather(root, 0, parts, numbers)
    if _drawn(parts, numbers) > MOST_ELEMENTS:
        return bomb(f"<use> makes more than {MOST_ELEMENTS:,} elements of it")
    return None


def _gather(element: Element, around: int, parts: list[_Part], numbers: dict[str, int]) -> None:
    """Count an element in the part ``around`` it, or in a part of its own.

    An id that stands twice means its first element.
    """
    own = element.attributes.get(("", "id"), "")
    if own:
        parts[around].parts.append(len(parts))
        around = len(parts)
        numbers.setdefault(own, around)
        parts.append(_Part())
    parts[around].elements += 1
    used = element.attributes.get(("", "href")) or element.attributes.get((XLINK, "href"), "")
    if element.name[1] == "use" and used.startswith("#"):
        parts[around].uses[used[1:]] += 1
    for child in element.parts:
        if isinstance(child, Element):
            _gather(child, around, parts, numbers)


def _drawn(parts: list[_Part], numbers: dict[str, int]) -> int:
    """How many elements the whole makes; a circle, which no browser draws, counts once."""
    done: dict[int, int] = {}
    begun: set[int] = set()
    waiting = [(0, False)]
    while waiting:
        number, is_ready = waiting.pop()
        part = parts[number]
        inner = Counter(part.parts)
        inner.update({numbers[used]: n for used, n in part.uses.items() if used in numbers})
        if is_ready:
            total = part.elements + sum(n * done.get(each, 0) for each, n in inner.items())
            done[number] = min(total, 10 * MOST_ELEMENTS)
        elif number not in begun:
            begun.add(number)
            waiting.append((number, True))
            waiting += [(each, False) for each in inner]
    return done[0]
