"""How much a drawing draws, its ``<use>`` elements followed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cardwright.media.limits import MOST_ELEMENTS
from cardwright.media.picture import Refusal
from cardwright.media.svg_tree import XLINK, Element, bomb


@dataclass(slots=True)
class _Part:
    """An element with an id: how many elements are in it, and how often which ids are used."""

    elements: int = 0
    uses: Counter[str] = field(default_factory=Counter)


def too_many(root: Element) -> Refusal | None:
    """MD510 where ``<use>`` of ``<use>`` of … draws more than a phone can.

    No entity is needed for that: ten levels that each use the one below ten times are enough.
    """
    parts = {"": _Part()}
    _gather(root, [parts[""]], parts)
    drawn = _drawn(parts)
    if drawn > MOST_ELEMENTS:
        return bomb(f"<use> makes more than {MOST_ELEMENTS:,} elements of it")
    return None


def _gather(element: Element, around: list[_Part], parts: dict[str, _Part]) -> None:
    own = element.attributes.get(("", "id"), "")
    inner = [*around, parts.setdefault(own, _Part())] if own else around
    used = element.attributes.get(("", "href")) or element.attributes.get((XLINK, "href"), "")
    for part in inner:
        part.elements += 1
        if element.name[1] == "use" and used.startswith("#"):
            part.uses[used[1:]] += 1
    for child in element.parts:
        if isinstance(child, Element):
            _gather(child, inner, parts)


def _drawn(parts: dict[str, _Part]) -> int:
    """How many elements the part ``""``, the whole, makes; a circle, which no browser draws,
    counts once."""
    done: dict[str, int] = {}
    waiting = [("", False)]
    begun: set[str] = set()
    while waiting:
        name, is_ready = waiting.pop()
        part = parts[name]
        if is_ready:
            uses = part.uses.items()
            total = part.elements + sum(count * done.get(used, 0) for used, count in uses)
            done[name] = min(total, 10 * MOST_ELEMENTS)
        elif name not in begun:
            begun.add(name)
            waiting.append((name, True))
            waiting += [(used, False) for used in part.uses if used in parts]
    return done[""]
