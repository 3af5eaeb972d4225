"""Adds marks for images, code, callouts and footnotes to the HTML of Python-Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import unescape

from cardwright.formulas.traced import Traced
from cardwright.markup import Kind, Piece, cut
from cardwright.model import Place
from cardwright.render.collector import Collector, language_of
from cardwright.render.raw_html import shown


def mark_html(html: str, collector: Collector) -> str:
    """Add the marks that the commonmark flavour makes, in the order of the text."""
    pieces = cut(html)
    places = _Places(collector.traced)
    out: list[str] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        is_start = piece.kind is Kind.START
        if is_start and piece.name == "pre":
            at = _code(pieces, at, collector, out)
        elif is_start and piece.name == "div" and "admonition" in piece.classes:
            at = _callout(pieces, at, collector, out)
        elif is_start and piece.name == "div" and "footnote" in piece.classes:
            out.append(collector.open_footnotes())
            rule = _next_tag(pieces, at)
            at = rule if rule is not None and pieces[rule].name == "hr" else at
        elif is_start and piece.name == "sup" and piece.attribute("id").startswith("fnref"):
            out.append(collector.open_footnote_reference())
        elif is_start and piece.name == "a" and "footnote-backref" in piece.classes:
            if out:  # the link follows a hard space
                out[-1] = re.sub(r"(?:&#160;|&nbsp;|\xa0)\Z", "", out[-1])
            at = _end(pieces, at, "a")
        else:
            out.append(shown(piece, collector, partial(places.of, piece)))
        at += 1
    return "".join(out)


@dataclass(slots=True)
class _Places:
    """Finds where tags were written."""

    traced: Traced
    line: int = 0  # that of the last image, from 0

    def of(self, piece: Piece) -> Place:
        """Find the first tag of this name. An image is looked for from the last image on.

        Its alternative text and its target, or one of both, say where it was written.
        """
        if piece.name != "img":
            return self.traced.place(*self._find(f"<{piece.name}", 0) or (0, 0))
        alt, target = piece.attribute("alt"), piece.attribute("src")
        for needle in (f"![{alt}]({target}", target, f"![{alt}]"):
            found = self._find(needle, self.line) or self._find(needle, 0)
            if found is not None:
                self.line = found[0]
                return self.traced.place(*found)
        return self.traced.place(self.line)

    def _find(self, needle: str, first: int) -> tuple[int, int] | None:
        for index, line in enumerate(self.traced.passage.lines[first:], first):
            if (offset := line.text.find(needle)) >= 0:
                return index, offset
        return None


def _end(pieces: Sequence[Piece], at: int, name: str) -> int:
    """Return the index of the next end tag ``name``, or of the last piece if there is none."""
    for index in range(at + 1, len(pieces)):
        if pieces[index].kind is Kind.END and pieces[index].name == name:
            return index
    return len(pieces) - 1


def _code(pieces: Sequence[Piece], at: int, collector: Collector, out: list[str]) -> int:
    """Replace a ``<pre>`` and its content with a code block. Return the index of its end tag."""
    end = _end(pieces, at, "pre")
    inside = pieces[at + 1 : end]
    around = [pieces[at - 1]] if at else []
    tags = [piece for piece in (*around, pieces[at], *inside) if piece.kind is Kind.START]
    code = "".join(piece.text for piece in inside if piece.kind in (Kind.TEXT, Kind.RAW))
    named = (_LANGUAGE.fullmatch(name) for tag in tags for name in tag.classes)
    language = language_of(next((name[1] for name in named if name), ""))
    out.append(collector.add_code(unescape(code).removeprefix("\n"), language))
    return end


_LANGUAGE = re.compile(r"lang(?:uage)?-(.*)")


def _callout(pieces: Sequence[Piece], at: int, collector: Collector, out: list[str]) -> int:
    """Open a callout with its title. Return the index of the last piece that this used."""
    kind = next((name for name in pieces[at].classes if name != "admonition"), "note")
    title, end, title_at = "", at, _next_tag(pieces, at)
    if title_at is not None and "admonition-title" in pieces[title_at].classes:
        end = _end(pieces, title_at, "p")
        title = "".join(each.text for each in pieces[title_at:end] if each.kind is Kind.TEXT)
    out.append(collector.open_callout(kind, unescape(title)))
    return end


def _next_tag(pieces: Sequence[Piece], at: int) -> int | None:
    """Return the index of the next start tag if only white space comes before it, else ``None``."""
    for index in range(at + 1, min(at + 3, len(pieces))):
        if pieces[index].kind is Kind.START:
            return index
        if pieces[index].text.strip():
            break
    return None
