"""The commonmark flavour: writes the events of a CommonMark parser as neutral HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import cache

from cardwright.commonmark.events import COMMONMARK, Event, Options, Spots, read_events
from cardwright.render.collector import Collector
from cardwright.render.definition_lists import MAY_DEFINE, guard_colons, tightened, with_colons
from cardwright.render.emphasis import guard_bold
from cardwright.render.highlights import highlighted
from cardwright.render.raw_html import guard_unknown
from cardwright.render.writer import Writer


class Extension(Enum):
    """Syntax that CommonMark does not have."""

    TABLES = auto()  # GFM 4.10
    STRIKETHROUGH = auto()  # GFM 6.5, with two tildes
    TASK_LISTS = auto()  # GFM 5.3
    FOOTNOTES = auto()
    DEFINITION_LISTS = auto()  # as in Pandoc and PHP Markdown Extra
    BARE_LINKS = auto()  # GFM 6.9
    HIGHLIGHTS = auto()  # ==text==
    LINE_BREAKS = auto()  # a line end is a break, as in Obsidian and Logseq


EVERYTHING = frozenset(Extension) - {Extension.LINE_BREAKS}

_OPTIONS = {
    Extension.TABLES: Options.ENABLE_TABLES,
    Extension.STRIKETHROUGH: Options.ENABLE_STRIKETHROUGH,
    Extension.TASK_LISTS: Options.ENABLE_TASKLISTS,
    Extension.FOOTNOTES: Options.ENABLE_FOOTNOTES,
    Extension.DEFINITION_LISTS: Options.ENABLE_DEFINITION_LIST,
}
"""The extensions that the parser supports itself."""


def to_html(collector: Collector, extensions: frozenset[Extension] = EVERYTHING) -> str:
    """Render the collector's passage to neutral HTML. Adds the marks to the collector."""
    options = _options(extensions)
    text = collector.traced.passage.markdown.rstrip(" \t")
    word = f"{collector.key}g"
    for sign, guard, is_needed in (
        ("<", guard_unknown, not collector.is_trusted),
        ("|", guard_rows, Extension.TABLES in extensions),
        (":", guard_colons, Extension.DEFINITION_LISTS in extensions),
        ("**", guard_bold, True),
    ):
        if is_needed and sign in text:
            text = guard(text, word)
    defines = Extension.DEFINITION_LISTS in extensions and MAY_DEFINE.search(text) is not None
    if defines:
        text = with_colons(text, options, word)
    word = word if word in text else ""
    spots = Spots(text)
    events: Iterable[Event]
    if Extension.HIGHLIGHTS in extensions and "==" in text:
        events = highlighted(read_events(text, options, is_joined=False), text)
    else:
        events = read_events(text, options)
    if word:
        events = _without(word, events)
    if defines:
        events = tightened(list(events), spots)
    writer = Writer(
        collector,
        spots,
        word,
        has_bare_links=Extension.BARE_LINKS in extensions,
        has_line_breaks=Extension.LINE_BREAKS in extensions,
    )
    return writer.html(events)


@cache
def _options(extensions: frozenset[Extension]) -> Options:
    options = COMMONMARK
    for extension in extensions:
        options |= _OPTIONS.get(extension, COMMONMARK)
    return options


def _without(word: str, events: Iterable[Event]) -> Iterator[Event]:
    """Remove the placeholder ``word`` from the texts and the addresses of the events."""
    for event in events:
        data = event.data
        if isinstance(data, str) and word in data:
            data = data.replace(word, "")
            if data or event.kind != "Text":
                yield event._replace(data=data)
        elif data and event.name in ("Link", "Image"):
            given = {name: value.replace(word, "") for name, value in data.items()}
            yield event._replace(data=given)
        else:
            yield event


_PARTING = re.compile(r"^[ \t>]*+(?P<row>[|:-](?=[^\n|]*+\|)[|: \t-]*+)$", re.MULTILINE)
_CELL = r"[ \t]*+:?-++:?[ \t]*+"
_ROW = re.compile(rf"(?!-[ \t])\|?{_CELL}(?:\|{_CELL})*+\|?[ \t]*")


def guard_rows(text: str, word: str) -> str:
    """Append ``word`` to each line that only looks like a delimiter row, such as ``- -|- -``."""
    return _PARTING.sub(
        lambda match: match[0] + ("" if _ROW.fullmatch(match["row"]) else word), text
    )
