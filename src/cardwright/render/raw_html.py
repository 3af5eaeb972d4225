"""Images that are written as HTML, made marks like the others."""

from __future__ import annotations

from collections.abc import Callable

from cardwright.markup import Kind, Piece, cut
from cardwright.model import Place
from cardwright.render.collector import Collector


def mark_images(html: str, collector: Collector, place: Callable[[int], Place]) -> str:
    """``html`` with a mark for each ``<img>``; ``place`` gives that of a character in it."""
    if "<img" not in html.lower():
        return html
    return "".join(
        image_mark(piece, collector, place(piece.start)) if is_image(piece) else piece.text
        for piece in cut(html)
    )


def is_image(piece: Piece) -> bool:
    return piece.kind is Kind.START and piece.name == "img" and bool(piece.attribute("src"))


def image_mark(piece: Piece, collector: Collector, place: Place) -> str:
    size = (piece.attribute("width"), piece.attribute("height"))
    alt, title = piece.attribute("alt"), piece.attribute("title")
    return collector.add_image(piece.attribute("src"), alt, title, size, place)
