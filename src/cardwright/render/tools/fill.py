"""Replaces the placeholders in finished HTML with elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from cardwright.markup import Kind, Piece, cut
from cardwright.render.collector import Collector
from cardwright.render.placeholders import (
    SEPARATOR,
    CalloutEnd,
    CalloutStart,
    Placeholders,
    TitleLine,
    ToolCode,
    ToolEmbed,
    ToolImage,
)


@dataclass(slots=True)
class _FillState:
    """The state of the pass.

    ``open_callouts`` is the number of open callouts, without those that quotes make, and
    ``quote_ends`` are the ends of open block quotes. ``around`` is the name of the open paragraph
    or heading, and ``below`` are the blocks to write after the heading.
    """

    pieces: Sequence[Piece]
    placeholders: Placeholders
    collector: Collector
    out: list[str] = field(default_factory=list)
    open_callouts: int = 0
    quote_ends: list[str] = field(default_factory=list)
    code_depth: int = 0
    around: str = ""
    below: list[str] = field(default_factory=list)


def fill_placeholders(html: str, placeholders: Placeholders, collector: Collector) -> str:
    """Replace placeholders with callouts, labels, code and images. Works for either flavour."""
    if not placeholders.elements or placeholders.key not in html:
        return html
    state = _FillState(cut(html), placeholders, collector)
    at = 0
    while at < len(state.pieces):
        at = _write_piece(state, at)
    return "".join(state.out) + "</div>" * min(state.open_callouts, _DEEPEST)


_DEEPEST = 20
"""Levels of callouts. Deeper ones keep their title and text, but get no box. For each tag, a
browser and nh3 look at all open elements (HTML standard, 13.2.4.2)."""


def _write_piece(state: _FillState, at: int) -> int:
    """Write piece ``at`` and perhaps some after it. Return the index of the next one."""
    piece = state.pieces[at]
    if piece.name == "p" and piece.kind is Kind.START:
        behind = _paragraph(state, at)
        if behind > at:
            return behind
    if piece.name == "blockquote":
        return _quote(state, at)
    if piece.name in ("code", "pre"):
        state.code_depth += 1 if piece.kind is Kind.START else -1
    if piece.name in _AROUND:
        return _edge(state, at)
    if piece.kind is Kind.TEXT and not state.code_depth:
        text = _text(state, piece.text)
        if state.out[-1:] == ["<p>"] and text.startswith("</p>"):
            state.out.pop()
            text = text.removeprefix("</p>")
        state.out.append(text)
    else:
        state.out.append(_source(state, piece.text))
    return at + 1


_AROUND = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that contain no blocks."""


def _edge(state: _FillState, at: int) -> int:
    """Write the start or the end of a paragraph or a heading."""
    piece = state.pieces[at]
    state.around = piece.name if piece.kind is Kind.START else ""
    if piece.kind is Kind.END and state.out and state.out[-1].endswith(_PART):
        state.out[-1] = state.out[-1].removesuffix(_PART)
        return at + 1
    state.out += [_source(state, piece.text), *state.below]
    state.below = []
    return at + 1


def _source(state: _FillState, html: str) -> str:
    """Replace placeholders in code and in attributes with what the author wrote."""
    if state.placeholders.key not in html:
        return html
    sources = state.placeholders.sources
    return state.placeholders.pattern.sub(lambda match: escape(sources[int(match[1])]), html)


def _text(state: _FillState, html: str) -> str:
    if state.placeholders.key not in html:
        return html
    return state.placeholders.pattern.sub(lambda match: _inline(state, int(match[1])), html)


def _inline(state: _FillState, number: int) -> str:
    """Return the element for a word in running text."""
    element = state.placeholders.elements[number]
    if isinstance(element, ToolImage):
        return state.collector.add_image(
            element.target,
            element.alt,
            element.title,
            element.size,
            element.place,
            is_anywhere=element.is_anywhere,
        )
    if isinstance(element, ToolCode):
        return state.collector.add_code(element.code, element.language)
    if isinstance(element, ToolEmbed):
        return _embedded(state, element.html)
    return _close(state) if isinstance(element, CalloutEnd) else _open(state, element, "")


_PART = "\n<p>"
"""What begins the rest of a paragraph after a block in it."""


def _embedded(state: _FillState, html: str) -> str:
    """Return embedded text in running text. A single paragraph continues the text around it."""
    html = html.removeprefix(SEPARATOR).strip()
    if html.startswith("<p>") and html.find("</p>") == len(html) - len("</p>"):
        return html[len("<p>") : -len("</p>")]
    if state.around == "p":
        return f"</p>\n{html}{_PART}"
    if state.around:
        state.below.append(f"\n{html}")
        return ""
    return html


def _open(state: _FillState, element: CalloutStart | TitleLine, title: str) -> str:
    if isinstance(element, TitleLine):
        return f"<p><strong>{title}</strong></p>" if title else ""
    if not element.is_quote or not state.quote_ends:
        state.open_callouts += 1
        if state.open_callouts > _DEEPEST:
            return f"<p>{escape(title or element.kind)}</p>"
        return state.collector.open_callout(element.kind, title)
    # Python-Markdown joins two quotes with a blank line between. The first one ends here.
    before = state.quote_ends[-1]
    state.quote_ends[-1] = "</div>"
    gap = "\n" if before else ""
    return before + gap + state.collector.open_callout(element.kind, title)


def _close(state: _FillState) -> str:
    if not state.open_callouts:
        return ""
    state.open_callouts -= 1
    return "</div>" if state.open_callouts < _DEEPEST else ""


def _paragraph(state: _FillState, at: int) -> int:
    """Write a paragraph that starts with a block's word. Return the index after it, else ``at``."""
    first = state.pieces[at + 1] if at + 1 < len(state.pieces) else None
    match = state.placeholders.pattern.match(first.text.lstrip()) if first is not None else None
    if first is None or match is None or first.kind is not Kind.TEXT:
        return at
    element = state.placeholders.elements[int(match[1])]
    if isinstance(element, ToolImage | ToolEmbed):
        return at
    end = at + 1
    while end < len(state.pieces) and state.pieces[end].name != "p":
        end += 1
    rest = first.text.lstrip()[match.end() :]
    inside = [Piece(Kind.TEXT, rest), *state.pieces[at + 2 : end]]
    if isinstance(element, CalloutStart):
        text = "".join(piece.text for piece in inside if piece.kind is Kind.TEXT)
        state.out.append(_open(state, element, unescape(_source(state, text))))
    elif isinstance(element, TitleLine):
        title = "".join(
            _text(state, piece.text) if piece.kind is Kind.TEXT else _source(state, piece.text)
            for piece in inside
        ).strip()
        state.out.append(_open(state, element, title))
    else:
        after = "".join(_text(state, piece.text) for piece in inside).strip()
        state.out.append(_inline(state, int(match[1])) + (f"<p>{after}</p>" if after else ""))
    return end + 1


def _quote(state: _FillState, at: int) -> int:
    """Write a block quote, but not one around a callout. Its end is the callout's end."""
    if state.pieces[at].kind is Kind.END:
        state.out.append(state.quote_ends.pop() if state.quote_ends else state.pieces[at].text)
        return at + 1
    behind = at + 1
    if behind < len(state.pieces) and not state.pieces[behind].text.strip():
        behind += 1
    is_paragraph = behind < len(state.pieces) and state.pieces[behind].name == "p"
    if is_paragraph and _is_callout(state, behind):
        state.quote_ends.append("")
        return _paragraph(state, behind)
    state.quote_ends.append("</blockquote>")
    state.out.append(state.pieces[at].text)
    return at + 1


def _is_callout(state: _FillState, at: int) -> bool:
    """Whether the paragraph ``at`` is the title of a callout that is written as a quote."""
    text = state.pieces[at + 1].text.lstrip() if at + 1 < len(state.pieces) else ""
    match = state.placeholders.pattern.match(text)
    element = state.placeholders.elements[int(match[1])] if match else None
    return isinstance(element, CalloutStart) and element.is_quote
