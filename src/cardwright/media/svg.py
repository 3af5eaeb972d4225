"""Sanitizes drawings and sets their size. It keeps only what an ``<img>`` shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from cardwright.diagnostics import Code
from cardwright.media.picture import Picture, Refusal
from cardwright.media.svg_css import clean_css, is_embedded
from cardwright.media.svg_paint import ANIMATIONS
from cardwright.media.svg_tree import SVG, XLINK, XML, Element, read_svg
from cardwright.media.svg_uses import too_much

_SHOWN = """
svg g defs symbol use switch title desc path rect circle ellipse line polyline polygon text tspan
textPath tref image marker pattern mask clipPath linearGradient radialGradient stop style solidcolor
filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
feSpotLight feTile feTurbulence animate animateMotion animateTransform animateColor set mpath view
"""
_ELEMENTS = frozenset(_SHOWN.split())
_CSS_NAMES = """
style fill stroke filter mask clip-path marker marker-start marker-mid marker-end cursor from to by
values
"""
_CSS = frozenset(_CSS_NAMES.split())
"""Attributes in which CSS may name an address, including those of animations."""
_MISSED = {"foreignObject": "<foreignObject>", "video": "<video>", "audio": "<audio>"}
"""Elements that a browser would have shown."""
_NAMESPACES = {"": "", SVG: "", XML: "xml:", XLINK: "xlink:"}


def clean_svg(content: bytes) -> Picture | Refusal:
    """Write the drawing again with known elements only, with a size, in UTF-8.

    Removes scripts, event handlers, links, HTML text, entities and foreign namespaces. Removes all
    addresses except those of its own parts and of embedded images. Refuses a drawing that is not
    XML, or that expands too much (MD510, MD511).
    """
    root = read_svg(content)
    if isinstance(root, Refusal):
        return root
    if root.name != (SVG, "svg"):
        return Refusal("is XML, not an SVG image")
    lost: dict[str, None] = {}
    _clean(root, lost)
    refusal = too_much(root) or _sized(root)
    if refusal:
        return refusal
    has_xlink = any(space == XLINK for element in root.walk() for space, _ in element.attributes)
    namespaces = f' xmlns="{SVG}"' + (f' xmlns:xlink="{XLINK}"' if has_xlink else "")
    out: list[str] = []
    _write(root, namespaces, out)
    return Picture(("".join(out) + "\n").encode(), "svg", is_clear=True, lost=tuple(lost))


def _clean(element: Element, lost: dict[str, None]) -> None:
    element.attributes = dict(_attributes(element, lost))
    parts: list[str | Element] = []
    waiting = element.parts[::-1]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            parts.append(part)
        elif part.name == (SVG, "a"):
            waiting += part.parts[::-1]
        elif _is_kept(part):
            parts.append(part)
        elif part.name[1] in _MISSED and not _has_substitute(element, part):
            lost[_MISSED[part.name[1]]] = None
    element.parts = parts
    if element.name == (SVG, "style"):
        css, is_cut = clean_css(element.text)
        element.parts = [css]
        lost |= {"what its style sheet loads": None} if is_cut else {}
        return
    for child in element.children:
        _clean(child, lost)


def _is_kept(element: Element) -> bool:
    space, name = element.name
    if space != SVG or name not in _ELEMENTS:
        return False
    animated = element.attribute("attributeName").strip().lower()
    is_of_more = animated.endswith("href") or animated.startswith("on") or animated == "class"
    return name not in ANIMATIONS or not is_of_more


def _has_substitute(parent: Element, element: Element) -> bool:
    """Whether a ``<switch>`` has an alternative for programs that cannot show the element."""
    if parent.name != (SVG, "switch"):
        return False
    others = (child for child in parent.children if child is not element)
    return any(_is_kept(other) or other.name == (SVG, "a") for other in others)


def _attributes(element: Element, lost: dict[str, None]) -> Iterator[tuple[tuple[str, str], str]]:
    for (space, name), value in element.attributes.items():
        if space not in ("", XML, XLINK) or name.lower().startswith("on"):
            continue
        if name in ("base", "src"):
            continue
        if name == "href":
            if value.strip().startswith("#") or is_embedded(value.strip()):
                yield (space, name), value.strip()
            elif element.name[1] in ("image", "use", "feImage"):
                lost[f"'{value.strip()[:60]}'"] = None
        elif space == XLINK:
            continue
        elif name in _CSS:
            css, is_cut = clean_css(value)
            lost |= {"what its style loads": None} if is_cut else {}
            yield (space, name), css
        else:
            yield (space, name), value


def _write(element: Element, namespaces: str, out: list[str]) -> None:
    tag = element.name[1]
    out.append(f"<{tag}{namespaces}")
    for (space, name), value in element.attributes.items():
        out.append(f" {_NAMESPACES[space]}{name}={quoteattr(value)}")
    if not element.parts:
        out.append("/>")
        return
    out.append(">")
    for part in element.parts:
        if isinstance(part, str):
            out.append(escape(part))
        else:
            _write(part, "", out)
    out.append(f"</{tag}>")


_NUMBER = re.compile(r"[+-]?(?:\d{1,12}\.?\d{0,12}|\.\d{1,12})(?:[eE][+-]?\d{1,2})?")
_LENGTH = re.compile(rf"\s*({_NUMBER.pattern})\s*(px|pt|pc|mm|cm|in|em|ex|rem|%)?\s*")
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0,
    "ex": 8.0, "rem": 16.0,
}  # fmt: skip
_LONGEST_SIDE = 30_000
"""CSS pixels. A browser allocates as many real pixels for a drawing, if it shows it at all."""
_WIDEST = 1_000
_NARROWEST = 16
_USUAL = 300
"""CSS pixels. The size that a browser gives a drawing without one (CSS 2.1, 10.3.2)."""


def _sized(root: Element) -> Refusal | None:
    """Set the root's width, height and ``viewBox`` where they are missing. MD510 if huge.

    A missing side is computed from the ``viewBox``. Its units have no fixed size, so a size from
    the ``viewBox`` alone is limited to the range from a symbol to a page.
    """
    width, height = (_length(root.attribute(name)) for name in ("width", "height"))
    box = _view_box(root.attribute("viewBox"))
    if max(width or 0, height or 0) > _LONGEST_SIDE:
        hint = f"give it a width and a height of at most {_LONGEST_SIDE:,}"
        words = f"is too large to be opened: {width or 0:,.0f} × {height or 0:,.0f} pixels"
        return Refusal(words, hint, Code.IMAGE_OVERSIZED)
    if box is None:
        if width and height:
            root.attributes["", "viewBox"] = f"0 0 {_plain(width)} {_plain(height)}"
        return None
    if not (width and height):
        width, height = _completed(width, height, *box)
        root.attributes |= {("", "width"): _plain(width), ("", "height"): _plain(height)}
    return None


def _length(text: str) -> float | None:
    """Return CSS pixels, or ``None`` for per cent and for invalid or missing lengths."""
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] == "%":
        return None
    pixels = float(match[1]) * _PIXELS[match[2] or "px"]
    return pixels if pixels > 0 else None


def _view_box(text: str) -> tuple[float, float] | None:
    """Return the width and the height of a ``viewBox``, or ``None`` if it is missing or invalid."""
    numbers = text.replace(",", " ").split()
    if len(numbers) != 4 or not all(_NUMBER.fullmatch(number) for number in numbers):
        return None
    width, height = float(numbers[2]), float(numbers[3])
    return (width, height) if width > 0 and height > 0 else None


def _completed(
    width: float | None, height: float | None, box_width: float, box_height: float
) -> tuple[float, float]:
    if width:
        return width, width * box_height / box_width
    if height:
        return height * box_width / box_height, height
    longer = max(box_width, box_height)
    if longer < _NARROWEST:
        return box_width * _USUAL / longer, box_height * _USUAL / longer
    scale = min(1.0, _WIDEST / box_width)
    return box_width * scale, box_height * scale


def _plain(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")
