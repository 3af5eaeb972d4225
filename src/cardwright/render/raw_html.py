"""Reads the HTML in Markdown: what is a tag, which image it shows, and what no card shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape

from cardwright.diagnostics import Code
from cardwright.markup import Kind, Piece, cut
from cardwright.model import Image, Place
from cardwright.render.collector import Collector

_NAMES = """
a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption
cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input
ins kbd label legend li link main map mark math menu meta meter nav noscript object ol optgroup
option output p picture pre progress q rp rt ruby s samp script search section select
selectedcontent slot small source span strong style sub summary sup svg table tbody td template
textarea tfoot th thead time title tr track u ul var video wbr
"""
_OBSOLETE = """
acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing
marquee menuitem multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt
xmp
"""
_MATHML = """
annotation annotation-xml maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover
mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd
mtext mtr munder munderover semantics
"""
ELEMENTS = frozenset((*_NAMES.split(), *_OBSOLETE.split(), *_MATHML.split()))
"""The elements of the HTML living standard, its obsolete ones (16.2), and those of ``<math>``."""

_LINE = re.compile(
    r"^(?:[ \t>]|(?:[-+*:]|\d{1,9}[.)])[ \t])*+(?=</?(?P<name>[A-Za-z][A-Za-z0-9-]*+)[\s/>])",
    re.MULTILINE,
)


def guard_unknown(text: str, word: str) -> str:
    """Insert ``word`` before each unknown tag that starts a line, such as ``<T>``.

    The line then starts a paragraph instead of an HTML block.
    """
    return _LINE.sub(
        lambda match: match[0] + ("" if match["name"].lower() in ELEMENTS else word), text
    )


def mark_images(html: str, collector: Collector, place: Callable[[int], Place]) -> str:
    """Return ``html`` with marks for its images. ``place`` maps an offset in it to its place."""
    parts = []
    at = 0
    for piece in cut(html):
        start, at = at, at + len(piece.text)
        parts.append(shown(piece, collector, partial(place, start)))
    return "".join(parts)


_AS_IMAGE = "write it like an image, '![](leaf.mp3)': it becomes a play button"
_AS_TEX = "write it in TeX, between dollars"
_OTHERWISE = "use an image or a link; 'html: trusted' and '--trust' keep the HTML of your own notes"
_DROPPED = {
    **dict.fromkeys(("canvas", "embed", "form", "frame", "iframe", "object", "svg"), _OTHERWISE),
    **dict.fromkeys(("audio", "video"), _AS_IMAGE),
    "math": _AS_TEX,
}
"""Elements that show something in a browser, but that cleaning removes, and what to do instead."""


def shown(piece: Piece, collector: Collector, place: Callable[[], Place]) -> str:
    """Return what a piece of HTML becomes: a mark for an image, text for an unknown tag, or itself.

    Adds RN404 for an element that will be dropped. The tags of a ``<picture>`` are left out. If
    HTML is trusted, other tags stay as they are.
    """
    is_start, name = piece.kind is Kind.START, piece.name
    if not name:
        return piece.text
    if name == "picture":
        collector.picture = "" if is_start else None
        return ""
    if name == "source":  # the first that a browser with a light screen would choose
        if collector.picture == "" and _suits(piece):
            collector.picture = _largest(piece.attribute("srcset"))
        return ""
    if is_start and name == "img":
        target = collector.picture or _largest(piece.attribute("srcset")) or piece.attribute("src")
        alt, title = piece.attribute("alt"), piece.attribute("title")
        styled = dict(_SIZE.findall(piece.attribute("style")))
        width, height = (piece.attribute(side) or styled.get(side, "") for side in _SIDES)
        if target:
            return collector.add_image(Image(target, alt, title, width, height, place()))
    if collector.is_trusted:
        return piece.text
    if is_start and name in _DROPPED:
        message = f"<{name}> is left out of the card"
        collector.report(place(), Code.DROPPED_ELEMENT, message, _DROPPED[name])
    if name == "font":
        colour = piece.attribute("color")
        style = f' style="color:{escape(colour)}"' if colour else ""
        return f"<span{style}>" if is_start else "</span>"
    return piece.text if name in ELEMENTS else escape(piece.text, quote=False)


_SIDES = ("width", "height")
_SIZE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*([\d.]+(?:px|%))")


_TYPES = frozenset(
    ["", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"]
)
_OTHER_SCREENS = re.compile(r"dark|print|max-|monochrome|:\s*reduce|:\s*(?:more|active)")
"""Found in media queries that exclude an ordinary screen: a light one of any size."""
_CANDIDATE = re.compile(r"(\S*[^\s,])(?:\s+([^,]*))?(?:,|$)")
"""An address, which may contain commas, and what follows it (HTML standard, 4.8.4.3.10)."""
_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)[wx]")


def _suits(source: Piece) -> bool:
    kind = source.attribute("type").partition(";")[0].strip().lower()
    return kind in _TYPES and _OTHER_SCREENS.search(source.attribute("media").lower()) is None


def _largest(srcset: str) -> str:
    """Return the address with the greatest width or density, or ``""`` if there is none."""
    sizes: dict[str, float] = {}
    for url, words in _CANDIDATE.findall(srcset):
        number = _NUMBER.search(words)
        sizes.setdefault(url, float(number[1]) if number else 1.0)
    return max(sizes, key=lambda url: sizes[url], default="")
