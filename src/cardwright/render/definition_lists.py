"""Makes the parser read definition lists as Pandoc and PHP Markdown Extra do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cardwright.commonmark.events import Event, Options, Spots, read_events

LIST, TERM, DEFINITION = "DefinitionList", "DefinitionListTitle", "DefinitionListDefinition"
MAY_DEFINE = re.compile(r"\n[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)*[:~][ \t]")
"""Matches the start of a line that may be the definition of the term above.

Python finds ``\\n`` much faster than the start of any line.
"""
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image"})
_TILDE = re.compile(r"^[ >]*~(?=[ \t]+\S)", re.MULTILINE)


def with_colons(text: str, options: Options, word: str) -> str:
    """Prepare the text for the parser.

    Replaces each ``~`` that starts a definition with ``:``. Inserts ``word`` before each ``:``
    below a text of several lines, because such a text is not a term.
    """
    changed = _TILDE.sub(lambda match: match[0][:-1] + ":", text)
    begins, no_signs = _definitions(changed, options)
    raw = bytearray(text.encode())
    for start in begins:
        raw[start] = ord(":")  # it may be a tilde
    for start in reversed(no_signs):
        raw[start:start] = word.encode()
    return raw.decode()


def _definitions(text: str, options: Options) -> tuple[list[int], list[int]]:
    """Return the byte offsets of definitions, and of those below a text of several lines."""
    begins: tuple[list[int], list[int]] = ([], [])
    raw = text.encode()
    is_title = has_lines = False
    for event in read_events(text, options):
        if event.name == TERM:
            is_title = event.kind == "Start"
            has_lines = has_lines and not is_title
        elif is_title and event.kind in ("SoftBreak", "HardBreak"):
            has_lines = True
        elif event[:2] == ("Start", DEFINITION):
            begins[has_lines].append(raw.index(b":", event.start))
    return begins


@dataclass(slots=True)
class _List:
    """A definition list while its events are read."""

    depth: int
    is_loose: bool = False
    last: str = ""
    paragraphs: list[int] = field(default_factory=list)  # indices of events


def tightened(events: Sequence[Event], spots: Spots) -> Iterator[Event]:
    """Remove the paragraph events from lists whose items are not separated by blank lines."""
    lists: list[_List] = []
    dropped: set[int] = set()
    depth = 0
    for index, event in enumerate(events):
        depth -= event.kind == "End"
        inner = lists[-1] if lists else None
        if event[:2] == ("Start", LIST):
            if inner is not None:
                _meet(inner, event, depth, index, spots)
            lists.append(_List(depth))
        elif event[:2] == ("End", LIST):
            ended = lists.pop()
            dropped.update(() if ended.is_loose else ended.paragraphs)
        elif inner is not None and event.kind in ("Start", "End"):
            _meet(inner, event, depth, index, spots)
        depth += event.kind == "Start"
    return (event for index, event in enumerate(events) if index not in dropped)


def _meet(inner: _List, event: Event, depth: int, index: int, spots: Spots) -> None:
    """Process the start or the end of a definition, or of a block inside one."""
    is_start = event.kind == "Start"
    if depth == inner.depth + 1 and is_start:
        inner.is_loose |= inner.last == event.name == DEFINITION and _is_apart(event, spots)
        inner.last = event.name
    elif depth == inner.depth + 2:
        if event.name == "Paragraph":
            inner.paragraphs.append(index)
        if is_start and inner.last in (DEFINITION, "") and event.name not in _INLINE:
            inner.is_loose |= inner.last == "" and _is_apart(event, spots)
            inner.last = ""


def _is_apart(event: Event, spots: Spots) -> bool:
    """Whether a blank line comes before the start of an element."""
    line = spots.line(event.start) - 1
    return line >= 0 and not spots.lines[line].strip(" \t>")
