"""Turns ``==text==`` into marked text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cardwright.commonmark.events import Event

HIGHLIGHT = "Highlight"
_SIGNS = re.compile("=+")


@dataclass(slots=True)
class _Sign:
    """An ``==`` that may open or close marked text. ``index`` is its place among the pieces."""

    index: int
    opens: bool
    closes: bool


def highlighted(events: Iterable[Event], text: str) -> Iterator[Event]:
    """Add start and end events of ``HIGHLIGHT`` for each pair of ``==`` in the same element.

    ``text`` is the Markdown that was parsed. An escaped ``==`` in it stays text. The events must
    come from the parser with ``is_joined=False``.
    """
    raw = text.encode()
    pieces: list[Event] = []
    open_signs: list[list[_Sign]] = [[]]
    code = 0
    for event in events:
        if event.kind == "Start":
            open_signs.append([])
            code += event.name in ("CodeBlock", "HtmlBlock")
        elif event.kind == "End":
            open_signs.pop()
            code -= event.name in ("CodeBlock", "HtmlBlock")
        elif event.kind == "Text" and "=" in event.data and not code:
            _cut(event, raw, pieces, open_signs[-1])
            continue
        pieces.append(event)
    return _joined(pieces)


def _cut(event: Event, raw: bytes, pieces: list[Event], waiting: list[_Sign]) -> None:
    """Split a text event into pieces, and pair each ``==`` with one that waits in the element."""
    if raw[event.start : event.end].decode() != event.data:  # an entity
        pieces.append(event)
        return
    at = known = 0
    start = event.start
    # The parser removed a backslash before the text, so its first character is escaped.
    is_escaped = raw[max(event.start - 1, 0) : event.start] == b"\\"
    for signs in _SIGNS.finditer(event.data, int(is_escaped)):
        if len(signs[0]) != 2:
            continue
        start += len(event.data[known : signs.start()].encode())
        known = signs.start()
        sign = _sign(raw, start, len(pieces) + 1)
        if signs.start() > at:
            pieces.append(_text(event, event.data[at : signs.start()]))
        sign.index = len(pieces)
        pieces.append(_text(event, "=="))
        at = signs.end()
        if sign.closes and waiting:
            opening = waiting.pop()
            waiting.clear()
            pieces[opening.index] = Event("Start", HIGHLIGHT, None, event.start, event.end)
            pieces[sign.index] = Event("End", HIGHLIGHT, None, event.start, event.end)
        elif sign.opens:
            waiting.append(sign)
    if at < len(event.data):
        pieces.append(_text(event, event.data[at:]))


def _text(event: Event, data: str) -> Event:
    return Event("Text", "", data, event.start, event.end)


def _sign(raw: bytes, start: int, index: int) -> _Sign:
    """Decide from the characters around an ``==`` what it may do, like ``*`` in CommonMark 6.2.

    An ASCII letter or digit outside means a comparison, as in ``x==y and z==w``. Between quotation
    marks or brackets, it is the operator itself.
    """
    before = raw[max(start - 4, 0) : start].decode("utf-8", "ignore")[-1:] or " "
    after = raw[start + 2 : start + 6].decode("utf-8", "ignore")[:1] or " "
    if _is_quoted(before, after):
        return _Sign(index, False, False)
    is_left = not after.isspace() and (
        not _is_punctuation(after) or before.isspace() or _is_punctuation(before)
    )
    is_right = not before.isspace() and (
        not _is_punctuation(before) or after.isspace() or _is_punctuation(after)
    )
    return _Sign(index, is_left and not _is_word(before), is_right and not _is_word(after))


def _is_quoted(before: str, after: str) -> bool:
    if before == after:
        return before in "\"'"
    opening, closing = unicodedata.category(before), unicodedata.category(after)
    return opening in ("Ps", "Pi") and closing in ("Pe", "Pf", "Pi")


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _joined(pieces: Iterable[Event]) -> Iterator[Event]:
    """Join neighbouring text events."""
    waiting: list[Event] = []
    for piece in pieces:
        if piece.kind == "Text":
            waiting.append(piece)
            continue
        if waiting:
            yield _one(waiting)
            waiting = []
        yield piece
    if waiting:
        yield _one(waiting)


def _one(texts: list[Event]) -> Event:
    data = "".join(text.data for text in texts)
    return Event("Text", "", data, texts[0].start, texts[-1].end)
