"""Parses Markdown to a stream of events with their places in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, partial
from itertools import accumulate
from typing import Any, NamedTuple

from pyromark import Markdown, Options

__all__ = ["COMMONMARK", "Event", "Options", "Spots", "read_blocks", "read_events", "read_inside"]

COMMONMARK = Options(0)
TEXT = "Text"
BLOCKS = Options.ENABLE_TABLES | Options.ENABLE_FOOTNOTES | Options.ENABLE_DEFINITION_LIST


class Event(NamedTuple):
    """An event for a text."""

    kind: str  # `Start`, `End`, or the name of any other event
    name: str  # the element of a start or end
    data: Any  # the text, or details from the parser
    start: int  # in bytes of UTF-8
    end: int  # in bytes of UTF-8


def read_events(text: str, options: Options, *, is_joined: bool = True) -> Iterator[Event]:
    """Yield the events of a text without surrogates and carriage returns.

    ``is_joined`` merges adjacent text into one event, with escapes and entities decoded.
    """
    parser = Markdown(options=options)
    make = partial(tuple.__new__, Event)  # a third of the time of ``Event(…)``
    event: Any
    for event, where in parser.events_with_range(text, merge_text=is_joined):
        start, end = where["start"], where["end"]
        if isinstance(event, str):
            yield make((event, "", None, start, end))
            continue
        kind, value = event.popitem()
        if kind != "Start" and kind != "End":
            if value or kind != TEXT:  # after ``# *a* #``, the parser has an empty text
                yield make((kind, "", value, start, end))
        elif isinstance(value, str):
            yield make((kind, value, None, start, end))
        else:
            name, data = value.popitem()
            yield make((kind, name, data, start, end))


_INLINE = frozenset({"Emphasis", "Strong", "Link", "Image"})


def read_blocks(text: str) -> Iterator[Event]:
    """Yield the events of blocks. All inline content of a block is one ``TEXT`` event without data.

    Code and HTML blocks keep their own events.
    """
    first, last, is_verbatim = -1, 0, False
    for event in read_events(text, BLOCKS):
        is_edge = event.kind in ("Start", "End") and event.name not in _INLINE
        if not (is_edge or is_verbatim or event.kind == "Rule"):
            first, last = event.start if first < 0 else first, event.end
            continue
        if first >= 0:
            yield Event(TEXT, "", None, first, last)
            first = -1
        if is_edge:
            is_verbatim = event.kind == "Start" and event.name in ("CodeBlock", "HtmlBlock")
        if event.kind != "Rule":
            yield event
    if first >= 0:
        yield Event(TEXT, "", None, first, last)


def read_inside(name: str, events: Iterator[Event]) -> Iterator[Event]:
    """Yield the events before the end of the element ``name``, which has just started."""
    depth = 1
    for event in events:
        if event.name == name:
            depth += 1 if event.kind == "Start" else -1
            if not depth:
                return
        yield event


class Spots:
    """Translates byte offsets of a text to lines and characters. All of them count from 0."""

    def __init__(self, text: str) -> None:
        self.raw = text.encode()
        self.lines = text.split("\n")
        self._is_ascii = len(self.raw) == len(text)
        self._at: tuple[int, int, int] = (0, 0, 0)

    @cached_property
    def _starts(self) -> list[int]:
        """The byte where each line starts, and that after the last. Few passages need it."""
        rows = self.lines if self._is_ascii else self.raw.split(b"\n")
        return list(accumulate((len(row) + 1 for row in rows), initial=0))

    def line(self, byte: int) -> int:
        """Return the line of a byte."""
        return min(bisect_right(self._starts, byte), len(self.lines)) - 1

    def spot(self, byte: int) -> tuple[int, int]:
        """Return the line of a byte, and its character in the line. Fast if offsets ascend."""
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
