"""Shows a note as text, and a file as an outline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types

from cardwright.diagnostics import many, shorten
from cardwright.lsp.check import Check, CheckedNote
from cardwright.lsp.positions import EditorDocument
from cardwright.notetypes import card_count
from cardwright.render.tools.inline_scan import code_span


def card_text(checked: CheckedNote, check: Check) -> str:
    """Return the card of a note as Markdown: its deck, state, tags and sides."""
    note, source = checked.note, checked.source
    identified = check.assembly.identified
    state = identified.changes.states().get(note.guid, "unchanged") if identified else ""
    cards = many(card_count(note), "card")
    head = [
        f"**{code_span(note.deck)}** · {state} · {cards}",
        f"guid {code_span(note.guid)} · tags {', '.join(map(code_span, note.tags))}",
    ]
    sides = [source.front.markdown, source.back.markdown]
    further = (("Hint", source.hint), ("Extra", source.extra))
    sides += [f"*{name}*\n\n{part.markdown}" for name, part in further if part.lines]
    # An editor would fetch images, which may be a stranger's. They become links.
    shown = [_IMAGE.sub("[", side) for side in sides if side.strip()]
    return "\n\n---\n\n".join(["  \n".join(head), *shown])


_IMAGE = re.compile(r"!+\[")


def outline(notes: Sequence[CheckedNote], document: EditorDocument) -> list[types.DocumentSymbol]:
    """Return the sections and questions of a file as a tree."""
    top: list[types.DocumentSymbol] = []
    opened: list[tuple[str, types.DocumentSymbol]] = []
    for note in notes:
        path = note.source.section
        while opened and [title for title, _ in opened] != list(path[: len(opened)]):
            opened.pop()
        for title in path[len(opened) :]:
            symbol = _symbol(title, types.SymbolKind.Namespace, note, document)
            (opened[-1][1].children if opened else top).append(symbol)  # type: ignore[union-attr]
            opened.append((title, symbol))
        question = _symbol(note.note.plain, types.SymbolKind.Key, note, document)
        question.detail = note.note.deck
        (opened[-1][1].children if opened else top).append(question)  # type: ignore[union-attr]
        for _, symbol in opened:
            symbol.range.end = question.range.end
    return top


def _symbol(
    name: str, kind: types.SymbolKind, note: CheckedNote, document: EditorDocument
) -> types.DocumentSymbol:
    end = len(document.line(note.end)) + 1
    whole = types.Range(document.position(note.line, 1), document.position(note.end, end))
    first = document.range(note.line, 1, len(document.line(note.line)) + 1)
    return types.DocumentSymbol(shorten(name, 120) or "…", kind, whole, first, children=[])
