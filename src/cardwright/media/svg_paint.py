"""Which parts of a drawing an element names, by its attributes, its style and the style sheets."""

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
"""Properties that what is in an element inherits (SVG 2, 13.2): each shape is painted by them."""
MARKERS = ("marker-start", "marker-mid", "marker-end")
"""Those that are inherited too (SVG 2, 13.7) and drawn at the vertices of a shape."""
INHERITED = (*PAINTS, *MARKERS)
OWN = ""
"""Stands for all other properties; none of those with an address is inherited."""

ANIMATIONS = frozenset({"animate", "set"})
"""Elements that give others another value for a while."""

Names = dict[str, Counter[str]]
"""How often which ids are named, by property."""


def named_by(element: Element) -> Names:
    """The ids that an element names; a property that it has without any is there too.

    A link to a part counts as ``OWN``, but for that of ``<use>``. The CSS has been cleaned: each
    address is written as ``url(#id)``.
    """
    names: Names = defaultdict(Counter)
    for (_, name), value in element.attributes.items():
        if name == "style" and ":" in value:
            for declaration in _declarations(value):
                _add(names, declaration.lower_name, declaration.value)
        elif name in INHERITED or "url(#" in value:
            _add(names, name, _values(value))
    used = shown_by(element)
    if used and element.name[1] != "use":
        names[OWN][used] += 1
    return names


def shown_by(element: Element) -> str:
    """The id that a link of an element leads to, ``""`` for none."""
    link = element.attributes.get(("", "href")) or element.attributes.get((XLINK, "href"), "")
    return link[1:] if link.startswith("#") else ""


def _declarations(css: str) -> list[Node]:
    from tinycss2 import parse_blocks_contents

    return [node for node in parse_blocks_contents(css) if node.type == "declaration"]


def _values(css: str) -> list[Node]:
    if "url(" not in css:
        return []
    from tinycss2 import parse_component_value_list

    values: list[Node] = parse_component_value_list(css)
    return values


def _add(names: Names, name: str, values: Iterable[Node]) -> None:
    ids = list(parts_named(values))
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
    from tinycss2 import parse_blocks_contents, parse_rule_list

    rules: dict[str, Names] = defaultdict(lambda: defaultdict(Counter))
    waiting = [
        rule for sheet in _sheets(root) if "url(#" in sheet for rule in parse_rule_list(sheet)
    ]
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
                waiting.append(each)  # a rule in a rule, or in "@media"
    return rules


def _sheets(root: Element) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.name == (SVG, "style"):
            yield "".join(part for part in element.parts if isinstance(part, str))
        waiting += (part for part in element.parts if isinstance(part, Element))


def _keys(selectors: Iterable[Node]) -> dict[str, None]:
    """The key of the last part of each selector, each once."""
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
    """What says most about an element: an id, before a class, before a tag, before nothing.

    A namespace ("|") and the rule around ("&") are not followed: it may be any element then.
    """
    if not part or "|" in part or "&" in part:
        return "*"
    hashes = (f"#{node.value}" for node in part if node.type == "hash")
    classes = (f".{name.value}" for dot, name in pairwise(part) if dot == ".")
    tags = (node.value for node in part[:1] if node.type == "ident")
    return next(chain(hashes, classes, tags), "*")


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
