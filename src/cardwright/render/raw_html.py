"""Replaces images in raw HTML with marks, and reports elements that no card shows."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from cardwright.diagnostics import Code, Diagnostic
from cardwright.markup import Kind, Piece, cut
from cardwright.model import Place
from cardwright.render.collector import Collector
from cardwright.render.elements import is_unknown
from cardwright.render.sources import is_picture_part, note_picture_part, target_of

_DROPPED = frozenset(
    {"audio", "canvas", "embed", "form", "frame", "iframe", "object", "svg", "video"}
)
"""Elements that show something in a browser, but that cleaning removes from a card."""


def mark_images(html: str, collector: Collector, place: Callable[[int], Place]) -> str:
    """Replace each ``<img>`` with a mark. ``place`` maps an offset in ``html`` to its place.

    Escapes tags that are not HTML. Adds RN404 for each element that will be dropped.
    """
    if "<" not in html:
        return html
    parts = []
    at = 0
    for piece in cut(html):
        start, at = at, at + len(piece.text)
        if is_dropped(piece):
            report_dropped(piece, collector, place(start))
        if is_picture_part(piece):
            note_picture_part(piece, collector)
        elif is_image(piece, collector):
            parts.append(image_mark(piece, collector, place(start)))
        else:
            is_text = is_unknown(piece, collector)
            parts.append(escape(piece.text, quote=False) if is_text else piece.text)
    return "".join(parts)


def is_dropped(piece: Piece) -> bool:
    return piece.kind is Kind.START and piece.name in _DROPPED


def report_dropped(piece: Piece, collector: Collector, place: Place) -> None:
    if collector.is_trusted:
        return
    message = f"<{piece.name}> is left out of the card"
    hint = "use an image or a link; 'html: trusted' and '--trust' keep the HTML of your own notes"
    if piece.name in ("audio", "video"):
        hint = "write it like an image, '![](leaf.mp3)': it becomes a play button"
    collector.diagnostics.append(Diagnostic(place, Code.DROPPED_ELEMENT, message, hint))


def is_image(piece: Piece, collector: Collector) -> bool:
    is_tag = piece.kind is Kind.START and piece.name == "img"
    return is_tag and bool(target_of(piece, collector))


def image_mark(piece: Piece, collector: Collector, place: Place) -> str:
    size = (piece.attribute("width"), piece.attribute("height"))
    alt, title = piece.attribute("alt"), piece.attribute("title")
    return collector.add_image(target_of(piece, collector), alt, title, size, place)
