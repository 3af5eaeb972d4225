"""Adds marks for images, code, callouts and footnotes to the HTML of Python-Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape

from cardwright.markup import Kind, Piece, cut
from cardwright.model import Passage, Place
from cardwright.render.collector import Collector, language_of
from cardwright.render.elements import is_unknown
from cardwright.render.raw_html import image_mark, is_dropped, is_image, report_dropped
from cardwright.render.sources import is_picture_part, note_picture_part


@dataclass(slots=True)
class _Cursor:
    """The line (from 0) where the last image was found. The next search starts there."""

    line: int = 0


def mark_html(html: str, collector: Collector) -> str:
    """Add the marks that the commonmark flavour makes, in the order of the text."""
    pieces = cut(html)
    cursor = _Cursor()
    out: list[str] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if is_dropped(piece):
            report_dropped(piece, collector, _place_of_tag(piece, collector))
        if is_picture_part(piece):
            note_picture_part(piece, collector)
        elif is_image(piece, collector):
            out.append(image_mark(piece, collector, _place(piece, collector, cursor)))
        elif _is_start(piece, "pre"):
            at = _code(pieces, at, collector, out)
        elif _is_start(piece, "div", "details") and _callout_kind(piece):
            at = _callout(pieces, at, collector, out)
        elif _is_start(piece, "div") and "footnote" in piece.classes:
            at = _footnotes(pieces, at, collector, out)
        elif _is_start(piece, "sup") and piece.attribute("id").startswith("fnref"):
            out.append(collector.open_footnote_reference())
        elif _is_start(piece, "a") and "footnote-backref" in piece.classes:
            at = _end(pieces, at, "a")
        elif is_unknown(piece, collector):
            out.append(escape(piece.text, quote=False))
        else:
            out.append(piece.text)
        at += 1
    return "".join(out)


def _is_start(piece: Piece, *names: str) -> bool:
    return piece.kind is Kind.START and piece.name in names


def _end(pieces: Sequence[Piece], at: int, name: str) -> int:
    """Return the index of the next end tag ``name``, or of the last piece if there is none."""
    for index in range(at + 1, len(pieces)):
        if pieces[index].kind is Kind.END and pieces[index].name == name:
            return index
    return len(pieces) - 1


def _place(piece: Piece, collector: Collector, cursor: _Cursor) -> Place:
    """Find where an image was written, by its alternative text, its target, or both."""
    alt, target = piece.attribute("alt"), piece.attribute("src")
    passage = collector.traced.passage
    for needle in (f"![{alt}]({target}", target, f"![{alt}]"):
        for first, last in ((cursor.line, len(passage.lines)), (0, cursor.line)):
            found = _find(passage, needle, first, last)
            if found is not None:
                cursor.line = found[0]
                return collector.traced.place(*found)
    return collector.traced.place(cursor.line)


def _place_of_tag(piece: Piece, collector: Collector) -> Place:
    """Find where the first tag of this name was written."""
    lines = collector.traced.passage.lines
    spot = _find(collector.traced.passage, f"<{piece.name}", 0, len(lines)) or (0, 0)
    return collector.traced.place(*spot)


def _find(passage: Passage, needle: str, first: int, last: int) -> tuple[int, int] | None:
    for index in range(first, last):
        offset = passage.lines[index].text.find(needle)
        if offset >= 0:
            return index, offset
    return None


def _code(pieces: Sequence[Piece], at: int, collector: Collector, out: list[str]) -> int:
    """Replace a ``<pre>`` and its content with a code block. Return the index of its end tag."""
    end = _end(pieces, at, "pre")
    inside = pieces[at + 1 : end]
    around = [pieces[at - 1]] if at else []
    tags = [piece for piece in (*around, pieces[at], *inside) if piece.kind is Kind.START]
    code = "".join(piece.text for piece in inside if piece.kind in (Kind.TEXT, Kind.RAW))
    out.append(collector.add_code(unescape(code).removeprefix("\n"), _language(tags)))
    return end


def _language(tags: Sequence[Piece]) -> str:
    names = (name for tag in tags for name in tag.classes)
    for name in names:
        for prefix in ("language-", "lang-"):
            if name.startswith(prefix):
                return language_of(name.removeprefix(prefix))
    return ""


def _callout_kind(piece: Piece) -> str:
    """Return the kind of an admonition, or ``""`` for another element.

    Python-Markdown writes ``<div class="admonition note">``, pymdownx writes ``<details
    class="note">``.
    """
    if piece.name == "details":
        return piece.classes[0] if piece.classes else ""
    if "admonition" not in piece.classes:
        return ""
    return next((name for name in piece.classes if name != "admonition"), "note")


def _callout(pieces: Sequence[Piece], at: int, collector: Collector, out: list[str]) -> int:
    """Open a callout with its title. Return the index of the last piece that this used.

    A ``<details>`` stays a ``<details>``, because its end tag stays too.
    """
    piece = pieces[at]
    if piece.name == "details":
        out.append("<details>")
        return at
    title_at = _next_tag(pieces, at)
    if title_at is None or "admonition-title" not in pieces[title_at].classes:
        out.append(collector.open_callout(_callout_kind(piece), ""))
        return at
    end = _end(pieces, title_at, "p")
    title = "".join(each.text for each in pieces[title_at:end] if each.kind is Kind.TEXT)
    out.append(collector.open_callout(_callout_kind(piece), unescape(title)))
    return end


def _footnotes(pieces: Sequence[Piece], at: int, collector: Collector, out: list[str]) -> int:
    out.append(collector.open_footnotes())
    rule = _next_tag(pieces, at)
    return rule if rule is not None and pieces[rule].name == "hr" else at


def _next_tag(pieces: Sequence[Piece], at: int) -> int | None:
    """Return the index of the next start tag if only white space comes before it, else ``None``."""
    for index in range(at + 1, min(at + 3, len(pieces))):
        if pieces[index].kind is Kind.START:
            return index
        if pieces[index].text.strip():
            break
    return None
