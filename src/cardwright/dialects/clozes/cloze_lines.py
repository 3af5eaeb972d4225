"""The lines of a cloze note without what other programs keep in them for themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cardwright.dialects.flashcards.card_tags import untagged
from cardwright.dialects.flashcards.colons import is_property
from cardwright.model import Line

_KEPT_FOR_TOOLS = re.compile(
    r"(?<![ \t])[ \t]*+<!--\s*(?:SR:|ID:)[^\n]*$|(?<![ \t])[ \t]++\^[A-Za-z0-9-]+[ \t]*$"
)
_TOOLS_KEY = re.compile(r"\s*[a-z]+(?:[-.][a-z]+)+::(?:\s|$)")
_CALLOUT = re.compile(r"\s*\[![\w-]+\]")
_BOX = re.compile(r"\s*\[[ xX]\][ \t]+(?=\S)")


def bare_rows(rows: Sequence[Line]) -> list[Line]:
    """The rows without Logseq's properties, schedules and ids of plugins, a callout's title and a
    task's box; blank ones at both ends go too.
    """
    kept = [row for at, row in enumerate(rows) if not _is_dropped(row, at)]
    kept = [replace(row, text=_KEPT_FOR_TOOLS.sub("", row.text)) for row in kept]
    box = _BOX.match(kept[0].text) if kept else None
    if box:
        top = kept[0]
        kept[0] = Line(top.text[box.end() :], top.number, top.column + box.end())
    first, last = 0, len(kept)
    while first < last and not kept[first].text.strip():
        first += 1
    while last > first and not kept[last - 1].text.strip():
        last -= 1
    return kept[first:last]


def _is_dropped(row: Line, at: int) -> bool:
    return _is_property(row) or (at == 0 and _CALLOUT.match(row.text) is not None)


def _is_property(row: Line) -> bool:
    text = row.text
    return is_property(text) or bool(_TOOLS_KEY.match(text) or _ANNOTATION.fullmatch(text))


_ANNOTATION = re.compile(r"\s*-\s+\[:span\]\s*")


def without_properties(rows: Sequence[Line]) -> list[Line]:
    """The rows of what stands under a note without the same; a row that was nothing else goes."""
    kept: list[Line] = []
    for row in rows:
        text = _KEPT_FOR_TOOLS.sub("", row.text)
        if not _is_property(row) and (text.strip() or not row.text.strip()):
            kept.append(replace(row, text=text))
    return kept


def without_card_tags(rows: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The rows without the tags that make a flashcard of them, and the further tags there."""
    kept: list[Line] = []
    tags: list[str] = []
    for row in rows:
        tagged = untagged(row.text)
        tags += tagged.tags if tagged.is_card else ()
        text = tagged.text if tagged.is_card else row.text
        offset = tagged.offset if tagged.is_card else 0
        if text.strip() or not tagged.is_card:
            kept.append(Line(text, row.number, row.column + offset))
    return kept, tuple(tags)
