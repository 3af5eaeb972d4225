"""Markdown as a stream of events, each with its place in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from pyromark import Markdown, Options

__all__ = [
    "COMMONMARK",
    "Event",
    "Options",
    "Spots",
    "read_blocks",
    "read_events",
    "read_inside",
]

COMMONMARK = Options(0)
BLOCKS = Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_DEFINITION_LIST


class Event(NamedTuple):
    """What the parser says of the text from ``start`` to ``end`` (bytes of UTF-8).

    ``kind`` is ``Start`` or ``End``, with the ``name`` of what begins or ends, or the name of
    what stands there. ``data`` is its text, or what the parser knows besides.
    """

    kind: str
    name: str
    data: Any
    start: int
    end: int


def read_events(text: str, options: Options, *, is_joined: bool = True) -> Iterator[Event]:
    """The events of a text without surrogates and carriage returns.

    ``is_joined``: text is one event, with the characters that escapes and entities stand for.
    """
    parser = Markdown(options=options)
    event: Any
    for event, where in parser.events_with_range(text, merge_text=is_joined):
        start, end = where["start"], where["end"]
        if isinstance(event, str):
            yield Event(event, "", None, start, end)
            continue
        kind, value = event.popitem()
        if kind != "Start" and kind != "End":
            yield Event(kind, "", value, start, end)
        elif isinstance(value, str):
            yield Event(kind, value, None, start, end)
        else:
            name, data = value.popitem()
            yield Event(kind, name, data, start, end)


_INLINE = frozenset({"Emphasis", "Strong", "Link", "Image"})
TEXT = "Text"


def read_blocks(text: str) -> Iterator[Event]:
    """The events of blocks; between them one ``TEXT`` without data for all that is in a line.

    Code and blocks of HTML have theirs.
    """
    first, last, is_verbatim = -1, 0, False
    event: Any
    for event, where in Markdown(options=BLOCKS).events_with_range(text, merge_text=True):
        if isinstance(event, str):
            if event == "Rule" and first >= 0:
                yield Event(TEXT, "", None, first, last)
                first = -1
            continue
        kind, value = event.popitem()
        if kind == "Start" or kind == "End":
            name, data = (value, None) if isinstance(value, str) else value.popitem()
            if name not in _INLINE:
                if first >= 0:
                    yield Event(TEXT, "", None, first, last)
                    first = -1
                is_verbatim = kind == "Start" and name in ("CodeBlock", "HtmlBlock")
                yield Event(kind, name, data, where["start"], where["end"])
                continue
        elif is_verbatim:
            yield Event(kind, "", value, where["start"], where["end"])
            continue
        if first < 0:
            first = where["start"]
        last = where["end"]
    if first >= 0:
        yield Event(TEXT, "", None, first, last)


def read_inside(name: str, events: Iterator[Event]) -> Iterator[Event]:
    """The events up to the end of the element ``name`` that has begun, taken from the stream."""
    depth = 1
    for event in events:
        if event.name == name:
            depth += 1 if event.kind == "Start" else -1
            if not depth:
                return
        yield event


class Spots:
    """The lines of a text, and where in them its bytes stand; lines and offsets count from 0."""

    def __init__(self, text: str) -> None:
        self.raw = text.encode()
        self.lines = text.split("\n")
        self._is_ascii = len(self.raw) == len(text)
        sizes = (len(line if self._is_ascii else line.encode()) + 1 for line in self.lines)
        self._starts = list(accumulate(sizes, initial=0))
        self._at: tuple[int, int, int] = (0, 0, 0)

    def line(self, byte: int) -> int:
        """The line in which a byte stands."""
        return min(bisect_right(self._starts, byte), len(self.lines)) - 1

    def spot(self, byte: int) -> tuple[int, int]:
        """The line of a byte and the character in it; in growing order each costs little."""
        line = self.line(byte)
        start = self._starts[line]
        if self._is_ascii:
            return line, byte - start
        known, known_byte, offset = self._at
        if known != line or known_byte > byte:
            known_byte, offset = start, 0
        offset += len(self.raw[known_byte:byte].decode("utf-8", "ignore"))
        self._at = (line, byte, offset)
        return line, offset
