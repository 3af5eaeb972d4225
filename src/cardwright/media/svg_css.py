"""Removes what CSS in a drawing would load, and finds the addresses in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cardwright.media.limits import MOST_PIXELS
from cardwright.media.picture import Refusal
from cardwright.media.pixels import pixels_of
from cardwright.media.read import read_embedded

if TYPE_CHECKING:
    from tinycss2.ast import Node

_DEEPEST = 32
"""Levels of nested blocks. Deeper ones are removed."""
_LOADING = re.compile(r"(?:-\w+-)?(?:image-set|image|src|element|filter)", re.IGNORECASE)
"""Functions that load an address in a string, or that draw another element."""
_OWN_PART = re.compile(r"#[^\s\"'()\\]*+")
_ADDRESS_SIGNS = re.compile(r"[(@\\]")
"""CSS without any of these characters contains no address, function or escaped name."""

_EMBEDDED = re.compile(
    r"data:(?:image/(?:png|jpe?g|gif|webp|avif)|(?:application|font)/[\w.+-]{0,40}?"
    r"(?:font|woff2?|ttf|otf)[\w.+-]{0,40}+)\s*+(?:;\s*+charset=[\w-]++\s*+)?;\s*+base64\s*+,[\w+/=\s%]*+",
    re.IGNORECASE,
)
"""Embedded images and fonts. A drawing in a drawing is not allowed, to avoid recursion."""


def clean_css(css: str) -> tuple[str, bool]:
    """Clean the CSS, and return whether something that it would have loaded was removed.

    Only ``url(#part)`` and embedded images and fonts stay of all addresses (CSS Syntax 3).
    """
    if not _ADDRESS_SIGNS.search(css):
        return css, False
    from tinycss2 import parse_component_value_list, serialize  # most drawings have no CSS

    lost: list[str] = []
    nodes = parse_component_value_list(css, skip_comments=True)
    return serialize(_kept(nodes, 0, lost)), bool(lost)


def _kept(nodes: Iterable[Node], depth: int, lost: list[str]) -> list[Node]:
    from tinycss2.ast import IdentToken, StringToken, URLToken
    from tinycss2.serializer import serialize_string_value

    kept: list[Node] = []
    rule = ""  # the name of the rule that is being removed
    for node in nodes:
        line, column, kind = node.source_line, node.source_column, node.type
        if rule:
            rule = "" if kind == "{} block" or node == ";" else rule
        elif kind == "at-keyword" and node.lower_value in ("import", "namespace", "charset"):
            rule = node.lower_value
            lost += [rule] if rule == "import" else []
        elif kind == "error":
            lost += [node.kind] if node.kind == "bad-url" else []
        elif kind == "url" or (kind == "function" and node.lower_name == "url"):
            strings = [node] if kind == "url" else (n for n in node.arguments if n.type == "string")
            address = next((each.value for each in strings), "")
            if _OWN_PART.fullmatch(address):
                kept.append(URLToken(line, column, address, f"url({address})"))
            elif is_embedded(address):
                address = "".join(address.split())  # a line end would end the string
                kept.append(URLToken(line, column, address, f'url("{address}")'))
            else:
                lost.append(address)
                kept.append(IdentToken(line, column, "none"))
        elif kind == "function" and _LOADING.fullmatch(node.name):
            lost.append(node.name)
            kept.append(IdentToken(line, column, "none"))
        elif kind == "string":  # rewritten, because its end may be missing
            written = f'"{serialize_string_value(node.value)}"'
            kept.append(StringToken(line, column, node.value, written))
        else:
            inside = _inside(node)
            if inside is not None:
                lost += ["depth"] if inside and depth == _DEEPEST else []
                inside[:] = _kept(inside, depth + 1, lost) if depth < _DEEPEST else []
            kept.append(node)
    return kept


def _inside(node: Node) -> list[Node] | None:
    """Return the values in a block or a function, or ``None`` for other values."""
    inside: list[Node] | None = getattr(node, "arguments", None)
    return getattr(node, "content", None) if inside is None else inside


def parts_named(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the id of each part that cleaned CSS names by ``url(#id)``."""
    for node in nodes:
        if node.type == "url" and node.value.startswith("#"):
            yield node.value[1:]
        yield from parts_named(_inside(node) or ())


def is_embedded(target: str) -> bool:
    """Whether an address is an embedded image or font, small enough to be opened."""
    if _EMBEDDED.fullmatch(target) is None:
        return False
    content = read_embedded(target)
    return isinstance(content, Refusal) or pixels_of(content) <= MOST_PIXELS


def pixels_in(text: str) -> int:
    """Return the total number of pixels of the images in an attribute or in cleaned CSS."""
    if "data:" not in text:
        return 0
    found = (read_embedded(match[0]) for match in _EMBEDDED.finditer(text))
    return sum(pixels_of(content) for content in found if not isinstance(content, Refusal))
