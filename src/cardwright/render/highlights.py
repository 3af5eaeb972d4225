"""Turns ``==text==`` into marked text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from cardwright.commonmark.events import Event
from cardwright.render.emphasis import is_punctuation

HIGHLIGHT = "Highlight"
_SIGNS = re.compile("=+")


def highlighted(events: Iterable[Event], text: str) -> Iterator[Event]:
    """Add start and end events of ``HIGHLIGHT`` for each pair of ``==`` in the same element.

    ``text`` is the Markdown that was parsed. An escaped ``==`` in it stays text. The events must
    come from the parser with ``is_joined=False``.
    """
    raw = text.encode()
    pieces: list[Event] = []
    openers = [-1]  # for each open element, the index of the last == that may open marked text
    code = 0
    for event in events:
        if event.kind == "Text" and "=" in event.data and not code:
            openers[-1] = _cut(event, raw, pieces, openers[-1])
            continue
        if event.kind == "Start":
            openers.append(-1)
            code += event.name in ("CodeBlock", "HtmlBlock")
        elif event.kind == "End":
            openers.pop()
            code -= event.name in ("CodeBlock", "HtmlBlock")
        pieces.append(event)
    return _joined(pieces)


def _cut(event: Event, raw: bytes, pieces: list[Event], opener: int) -> int:
    """Split a text event, and pair each ``==`` with its ``opener``. Return an open one, or -1."""
    if raw[event.start : event.end].decode() != event.data:  # an entity
        pieces.append(event)
        return opener
    at = known = 0
    start = event.start
    # The parser removed a backslash before the text, so its first character is escaped.
    is_escaped = raw[max(event.start - 1, 0) : event.start] == b"\\"
    for signs in _SIGNS.finditer(event.data, int(is_escaped)):
        if len(signs[0]) != 2:
            continue
        start += len(event.data[known : signs.start()].encode())
        known = signs.start()
        opens, closes = _abilities(raw, start)
        if known > at:
            pieces.append(event._replace(data=event.data[at:known]))
        at = signs.end()
        if closes and opener >= 0:
            pieces[opener] = Event("Start", HIGHLIGHT, None, event.start, event.end)
            pieces.append(Event("End", HIGHLIGHT, None, event.start, event.end))
            opener = -1
        else:
            opener = len(pieces) if opens else opener
            pieces.append(event._replace(data="=="))
    if at < len(event.data):
        pieces.append(event._replace(data=event.data[at:]))
    return opener


def _abilities(raw: bytes, start: int) -> tuple[bool, bool]:
    """Whether an ``==`` may open and may close marked text, like ``*`` in CommonMark 6.2.

    An ASCII letter or digit outside means a comparison, as in ``x==y and z==w``. Between quotation
    marks or brackets, it is the operator itself.
    """
    before = raw[max(start - 4, 0) : start].decode("utf-8", "ignore")[-1:] or " "
    after = raw[start + 2 : start + 6].decode("utf-8", "ignore")[:1] or " "
    if _is_quoted(before, after):
        return False, False
    is_left = not after.isspace() and (
        not is_punctuation(after) or before.isspace() or is_punctuation(before)
    )
    is_right = not before.isspace() and (
        not is_punctuation(before) or after.isspace() or is_punctuation(after)
    )
    return is_left and not _is_word(before), is_right and not _is_word(after)


def _is_quoted(before: str, after: str) -> bool:
    if before == after:
        return before in "\"'"
    opening, closing = unicodedata.category(before), unicodedata.category(after)
    return opening in ("Ps", "Pi") and closing in ("Pe", "Pf", "Pi")


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _joined(pieces: Iterable[Event]) -> Iterator[Event]:
    """Join neighbouring text events."""
    for is_text, group in groupby(pieces, lambda piece: piece.kind == "Text"):
        if is_text:
            texts = list(group)
            data = "".join(text.data for text in texts)
            yield texts[0]._replace(data=data, end=texts[-1].end)
        else:
            yield from group
