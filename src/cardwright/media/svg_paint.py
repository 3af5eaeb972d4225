"""Finds the parts of a drawing that an element refers to: in attributes, style and style sheets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from cardwright.media.svg_css import parts_named
from cardwright.media.svg_tree import SVG, XLINK, Element

if TYPE_CHECKING:
    from tinycss2.ast import Node

PAINTS = ("fill", "stroke")
"""Inherited properties (SVG 2, 13.2). Each shape is painted with them."""
MARKERS = ("marker-start", "marker-mid", "marker-end")
"""Inherited properties (SVG 2, 13.7). Markers are drawn at the vertices of a shape."""
INHERITED = (*PAINTS, *MARKERS)
OWN = ""
"""Stands for all other properties. Those with an address are not inherited."""

ANIMATIONS = frozenset({"animate", "set"})
"""Elements that change a value of another element for a while."""

Names = dict[str, Counter[str]]
"""How often each id is named, by property."""


def named_by(element: Element) -> Names:
    """Count the ids that an element names. Also has a key for each property without an id.

    A link to a part counts as ``OWN``, except that of ``<use>``. The CSS must be clean: each
    address is ``url(#id)``.
    """
    names: Names = defaultdict(Counter)
    for (_, name), value in element.attributes.items():
        if name == "style" and ":" in value:
            from tinycss2 import parse_blocks_contents

            for node in parse_blocks_contents(value):
                if node.type == "declaration":
                    _add(names, node.lower_name, node.value)
        elif name in INHERITED or "url(#" in value:
            _add(names, name, _values(value))
    used = shown_by(element)
    if used and element.name[1] != "use":
        names[OWN][used] += 1
    return names


def shown_by(element: Element) -> str:
    """Return the id that an element's link leads to, or ``""``."""
    link = element.attribute("href") or element.attributes.get((XLINK, "href"), "")
    return link[1:] if link.startswith("#") else ""


def _values(css: str) -> list[Node]:
    if "url(" not in css:
        return []
    from tinycss2 import parse_component_value_list

    values: list[Node] = parse_component_value_list(css)
    return values


def _add(names: Names, name: str, values: Iterable[Node]) -> None:
    ids = list(parts_named(values))
    own = name if name in INHERITED else OWN
    for known in MARKERS if name == "marker" else (own,):
        names[known].update(ids)


def style_sheets(root: Element) -> dict[str, Names]:
    """Return the ids that style sheets name, by ``.class``, ``#id``, ``tag``, or ``*`` for all.

    The key is from the last part of a selector. If in doubt, it matches more elements, not fewer.
    """
    from tinycss2 import parse_blocks_contents, parse_rule_list

    rules: dict[str, Names] = defaultdict(lambda: defaultdict(Counter))
    sheets = (element.text for element in root.walk() if element.name == (SVG, "style"))
    waiting = [rule for sheet in sheets if "url(#" in sheet for rule in parse_rule_list(sheet)]
    while waiting:
        rule = waiting.pop()
        if rule.type not in ("qualified-rule", "at-rule") or not rule.content:
            continue
        keys = _keys(rule.prelude) if rule.type == "qualified-rule" else {"*": None}
        for each in parse_blocks_contents(rule.content):
            if each.type == "declaration":
                for key in keys:
                    _add(rules[key], each.lower_name, each.value)
            else:
                waiting.append(each)  # a nested rule, or one in "@media"
    return rules


def _keys(selectors: Iterable[Node]) -> dict[str, None]:
    """Return the key of the last part of each selector, without duplicates."""
    keys: dict[str, None] = {}
    last: list[Node] = []
    is_over = False
    for node in (*selectors, ","):
        if node == ",":
            keys[_key(last)] = None
            last = []
        elif node in (">", "+", "~") or node.type == "whitespace":
            is_over = True
            continue
        else:
            last = [node] if is_over else [*last, node]
        is_over = False
    return keys


def _key(part: list[Node]) -> str:
    """Return the most specific key: an id, a class, a tag, or ``*``, also if in doubt."""
    if not part or "|" in part or "&" in part:
        return "*"
    hashes = (f"#{node.value}" for node in part if node.type == "hash")
    classes = (f".{name.value}" for dot, name in pairwise(part) if dot == ".")
    tags = (node.value for node in part[:1] if node.type == "ident")
    return next(chain(hashes, classes, tags), "*")


def keys_of(element: Element) -> Iterator[str]:
    """Yield the keys of ``style_sheets`` that may match an element, each once."""
    yield "*"
    yield element.name[1]
    own = element.attribute("id")
    if own:
        yield f"#{own}"
    yield from (f".{name}" for name in dict.fromkeys(element.attribute("class").split()))
