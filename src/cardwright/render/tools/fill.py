"""Replaces the placeholder words in finished HTML with elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from cardwright.markup import Kind, Piece, cut
from cardwright.render.collector import Collector
from cardwright.render.words import Closing, Code, Label, Opening, Picture, Words


@dataclass(slots=True)
class _Pass:
    """The state of the pass.

    ``open_callouts`` is the number of open callouts, without those that quotes make, and
    ``quote_ends`` are the ends of open block quotes.
    """

    pieces: Sequence[Piece]
    words: Words
    collector: Collector
    out: list[str] = field(default_factory=list)
    open_callouts: int = 0
    quote_ends: list[str] = field(default_factory=list)
    code_depth: int = 0


def fill_words(html: str, words: Words, collector: Collector) -> str:
    """Replace words with callouts, labels, code and images. Works for either flavour."""
    if not words.roles or words.key not in html:
        return html
    state = _Pass(cut(html), words, collector)
    at = 0
    while at < len(state.pieces):
        at = _put(state, at)
    return "".join(state.out) + "</div>" * min(state.open_callouts, _DEEPEST)


_DEEPEST = 20
"""Levels of callouts. Deeper ones keep their title and text, but get no box. For each tag, a
browser and nh3 look at all open elements (HTML standard, 13.2.4.2)."""


def _put(state: _Pass, at: int) -> int:
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
    if piece.kind is Kind.TEXT and not state.code_depth:
        state.out.append(_text(state, piece.text))
    else:
        state.out.append(_source(state, piece.text))
    return at + 1


def _source(state: _Pass, html: str) -> str:
    """Replace words in code and in attributes with what the author wrote."""
    if state.words.key not in html:
        return html
    sources = state.words.sources
    return state.words.pattern.sub(lambda match: escape(sources[int(match[1])]), html)


def _text(state: _Pass, html: str) -> str:
    if state.words.key not in html:
        return html
    return state.words.pattern.sub(lambda match: _inline(state, int(match[1])), html)


def _inline(state: _Pass, number: int) -> str:
    """Return the element for a word in running text."""
    role = state.words.roles[number]
    if isinstance(role, Picture):
        return state.collector.add_image(
            role.target, role.alt, role.title, role.size, role.place, is_anywhere=role.is_anywhere
        )
    if isinstance(role, Code):
        return state.collector.add_code(role.code, role.language)
    return _close(state) if isinstance(role, Closing) else _open(state, role, "")


def _open(state: _Pass, role: Opening | Label, title: str) -> str:
    if isinstance(role, Label):
        return f"<p><strong>{title}</strong></p>" if title else ""
    if not role.is_quote or not state.quote_ends:
        state.open_callouts += 1
        if state.open_callouts > _DEEPEST:
            return f"<p>{escape(title or role.kind)}</p>"
        return state.collector.open_callout(role.kind, title)
    # Python-Markdown joins two quotes with a blank line between. The first one ends here.
    before = state.quote_ends[-1]
    state.quote_ends[-1] = "</div>"
    gap = "\n" if before else ""
    return before + gap + state.collector.open_callout(role.kind, title)


def _close(state: _Pass) -> str:
    if not state.open_callouts:
        return ""
    state.open_callouts -= 1
    return "</div>" if state.open_callouts < _DEEPEST else ""


def _paragraph(state: _Pass, at: int) -> int:
    """Write a paragraph that starts with a block's word. Return the index after it, else ``at``."""
    first = state.pieces[at + 1] if at + 1 < len(state.pieces) else None
    match = state.words.pattern.match(first.text.lstrip()) if first is not None else None
    if first is None or match is None or first.kind is not Kind.TEXT:
        return at
    role = state.words.roles[int(match[1])]
    if isinstance(role, Picture):
        return at
    end = at + 1
    while end < len(state.pieces) and state.pieces[end].name != "p":
        end += 1
    rest = first.text.lstrip()[match.end() :]
    inside = [Piece(Kind.TEXT, rest), *state.pieces[at + 2 : end]]
    if isinstance(role, Opening):
        text = "".join(piece.text for piece in inside if piece.kind is Kind.TEXT)
        state.out.append(_open(state, role, unescape(_source(state, text))))
    elif isinstance(role, Label):
        title = "".join(
            _text(state, piece.text) if piece.kind is Kind.TEXT else _source(state, piece.text)
            for piece in inside
        ).strip()
        state.out.append(_open(state, role, title))
    else:
        after = "".join(_text(state, piece.text) for piece in inside).strip()
        state.out.append(_inline(state, int(match[1])) + (f"<p>{after}</p>" if after else ""))
    return end + 1


def _quote(state: _Pass, at: int) -> int:
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


def _is_callout(state: _Pass, at: int) -> bool:
    """Whether the paragraph ``at`` is the title of a callout that is written as a quote."""
    text = state.pieces[at + 1].text.lstrip() if at + 1 < len(state.pieces) else ""
    match = state.words.pattern.match(text)
    role = state.words.roles[int(match[1])] if match else None
    return isinstance(role, Opening) and role.is_quote
