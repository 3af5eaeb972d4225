"""Reads the properties of a page of Logseq: ``title:: Leaves`` in its first block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from cardwright.model import FrontMatter

_PAIR = re.compile(r"(?P<key>[a-z][a-z0-9._-]*)::(?:[ \t]+(?P<value>.*))?")
_OF_PAGES = frozenset(
    ["title", "tags", "alias", "public", "filters", "file-path", "exclude-from-graph-view"]
)
"""Keys that only a page has, in lower case. ``Leaf:: An organ`` is a card."""
_TAG = re.compile(r"#?\[\[([^\[\]]+)\]\]|#?([^\s,#\[\]][^,#\[\]]*)")


def page_properties(lines: Sequence[str]) -> FrontMatter:
    """Return the title and the tags in the properties that begin a page.

    ``length`` is 0 if there are none.
    """
    first = sum(1 for _ in takewhile(lambda line: not line.strip(), lines))
    found = [*_pairs(lines[first:])]
    pairs = dict(found)
    if _OF_PAGES.isdisjoint(pairs):
        return FrontMatter()
    tags = [one or other for one, other in _TAG.findall(pairs.get("tags", ""))]
    return FrontMatter(
        title=" ".join(pairs.get("title", "").split()),
        tags=tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags)),
        length=first + len(found),
    )


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys and values of the first block, which may be an item of a list."""
    is_item = bool(lines) and lines[0].startswith("- ")
    for number, line in enumerate(lines):
        if is_item and not line.startswith("- " if number == 0 else "  "):
            return
        match = _PAIR.fullmatch(line[2:] if is_item else line)
        if match is None:
            return
        yield match["key"], (match["value"] or "").strip()
