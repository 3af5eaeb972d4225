"""Which parts of a drawing an element names, by its attributes, its style and the style sheets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from cardwright.media.svg_tree import SVG, XLINK, Element

PAINTS = ("fill", "stroke")
"""Properties that what is in an element inherits (SVG 2, 13.2): each shape is painted by them."""
MARKERS = ("marker-start", "marker-mid", "marker-end")
"""Those that are inherited too (SVG 2, 13.7) and drawn at the vertices of a shape."""
INHERITED = (*PAINTS, *MARKERS)
OWN = ""
"""Stands for all other properties; none of those with an address is inherited."""

ANIMATIONS = frozenset({"animate", "set"})
"""Elements that give others another value for a while."""

_ADDRESS = re.compile(r"url\(#([^)]*)\)")
_DECLARATION = re.compile(r"(?<![\w-])([\w-]++)\s*+:([^;]*+)")
_INSIDE = re.compile(r"\([^()]*+\)|\[[^\[\]]*+\]")
_COMPOUND = re.compile(r"[\w.#:*&-]*")
_SIMPLE = (re.compile(r"#[\w-]+"), re.compile(r"\.[\w-]+"), re.compile(r"\A[A-Za-z][\w-]*"))
"""What says most about an element comes first."""

Names = dict[str, Counter[str]]
"""How often which ids are named, by property."""


def named_by(element: Element) -> Names:
    """The ids that an element names; a property that it has without any is there too.

    A link to a part counts as ``OWN``, but for that of ``<use>``. The CSS has been cleaned: each
    address is written as ``url(#id)``.
    """
    names: Names = defaultdict(Counter)
    for (_, name), value in element.attributes.items():
        if name == "style":
            _add(names, _DECLARATION.findall(value))
        elif name in INHERITED or "url(#" in value:
            _add(names, [(name, value)])
    used = shown_by(element)
    if used and element.name[1] != "use":
        names[OWN][used] += 1
    return names


def shown_by(element: Element) -> str:
    """The id that a link of an element leads to, ``""`` for none."""
    link = element.attributes.get(("", "href")) or element.attributes.get((XLINK, "href"), "")
    return link[1:] if link.startswith("#") else ""


def _add(names: Names, declarations: Iterable[tuple[str, str]]) -> None:
    for name, value in declarations:
        ids = _ADDRESS.findall(value)
        for known in _properties(name):
            names[known].update(ids)


def _properties(name: str) -> tuple[str, ...]:
    if name == "marker":
        return MARKERS
    return (name,) if name in INHERITED else (OWN,)


def style_sheets(root: Element) -> dict[str, Names]:
    """The ids that style sheets name for ``.class``, ``#id``, ``tag``, or ``*`` for all elements.

    A selector stands for all that its last part may match; what is not understood of it, for
    more rather than less.
    """
    rules: dict[str, Names] = defaultdict(lambda: defaultdict(Counter))
    for block in "".join(_sheets(root)).split("}"):
        head, _, body = block.rpartition("{")
        if "url(#" not in body:
            continue
        declarations = _DECLARATION.findall(body)
        for selector in dict.fromkeys(_INSIDE.sub("", head.rpartition("{")[2]).split(",")):
            _add(rules[_key(selector)], declarations)
    return rules


def _sheets(root: Element) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.name == (SVG, "style"):
            yield from (part for part in element.parts if isinstance(part, str))
        waiting += (part for part in element.parts if isinstance(part, Element))


def _key(selector: str) -> str:
    last = re.split(r"[\s>+~]", selector.strip())[-1]
    if _COMPOUND.fullmatch(last) is None:
        return "*"
    found = (simple.search(last) for simple in _SIMPLE)
    return next((match[0] for match in found if match), "*")


def keys_of(element: Element) -> Iterator[str]:
    """The keys of ``style_sheets`` that may match an element, each once."""
    yield "*"
    yield element.name[1]
    own = element.attributes.get(("", "id"), "")
    if own:
        yield f"#{own}"
    yield from (f".{name}" for name in dict.fromkeys(_classes(element)))


def _classes(element: Element) -> list[str]:
    return element.attributes.get(("", "class"), "").split()
