"""The commonmark flavour: writes the events of a CommonMark parser as neutral HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cardwright.commonmark.events import COMMONMARK, Event, Options, Spots, read_events
from cardwright.commonmark.leaves import replace_colons
from cardwright.render.collector import Collector
from cardwright.render.definition_lists import MAY_DEFINE, tightened, with_colons
from cardwright.render.emphasis import guard_bold
from cardwright.render.highlights import highlighted
from cardwright.render.raw_html import guard_unknown
from cardwright.render.writer import Writer

_EXTENDED = (
    Options.ENABLE_TABLES  # GFM 4.10
    | Options.ENABLE_STRIKETHROUGH  # GFM 6.5, with two tildes
    | Options.ENABLE_TASKLISTS  # GFM 5.3
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_DEFINITION_LIST  # as in Pandoc and PHP Markdown Extra
)


def to_html(
    collector: Collector, *, is_extended: bool = True, has_line_breaks: bool = False
) -> str:
    """Render the collector's passage to neutral HTML. Adds the marks to the collector.

    Without ``is_extended``, this is plain CommonMark: without bare links (GFM 6.9), ``==marks==``
    and the extensions of the parser. With ``has_line_breaks``, a line end is a break, as in
    Obsidian and Logseq.
    """
    options = _EXTENDED if is_extended else COMMONMARK
    text = collector.traced.passage.markdown.rstrip(" \t")
    word = f"{collector.key}g"
    for sign, guard, is_needed in (
        ("<", guard_unknown, not collector.is_trusted),
        ("|", guard_rows, is_extended),
        (":", lambda text, word: replace_colons(text, f"{word}:"), is_extended),
        ("**", guard_bold, True),
    ):
        if is_needed and sign in text:
            text = guard(text, word)
    defines = is_extended and MAY_DEFINE.search(text) is not None
    if defines:
        text = with_colons(text, options, word)
    word = word if word in text else ""
    spots = Spots(text)
    events: Iterable[Event]
    if is_extended and "==" in text:
        events = highlighted(read_events(text, options, is_joined=False), text)
    else:
        events = read_events(text, options)
    if word:
        events = _without(word, events)
    if defines:
        events = tightened(list(events), spots)
    writer = Writer(
        collector, spots, word, has_bare_links=is_extended, has_line_breaks=has_line_breaks
    )
    return writer.html(events)


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
