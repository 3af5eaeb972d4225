"""Writes the text of a ``deck.yml`` for existing notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from cardwright.scaffold.survey import Survey
from cardwright.scaffold.tools import ToolSettings


def settings_text(deck: str, found: Survey, hints: ToolSettings) -> str:
    """Return the settings, with a comment on each."""
    return "\n".join(_lines(deck, found, hints)) + "\n"


def _lines(deck: str, found: Survey, hints: ToolSettings) -> Iterator[str]:
    yield "# The settings of this deck. 'cardwright explain' shows how each file is read."
    yield f"deck: {_quoted(deck)}"
    if found.dialects:
        forms = ", ".join(found.dialects)
        yield f"questions: auto  # found: {forms}"
    patterns = (*hints.exclude, *found.left_out)
    if patterns:
        yield "exclude:  # no cards from these; delete a line to read its files"
        yield from (f"  - {_quoted(pattern)}" for pattern in dict.fromkeys(patterns))
    if found.ignored:
        yield "ignore:  # no question yet, so no warning; one that you add becomes a card"
        for pattern, codes in found.ignored.items():
            yield f"  - {_quoted(pattern)}: [{', '.join(codes)}]"
    if hints.has_tags:
        yield "inline_tags: true  # '#words' in the text are tags"
    if hints.nav:
        yield "nav:  # the order of the files, and their titles"
        yield from (f"  - {_page(*page)}" for page in hints.nav)
    if hints.roots:
        yield "images:"
        yield f"  roots: [{', '.join(map(_quoted, hints.roots))}]"
    if hints.has_inline_dollars and found.has_double_dollars:
        yield "math:"
        yield "  inline_dollars: true  # two dollars in a sentence make no display"
    if hints.has_line_breaks or hints.extensions:
        yield "markdown:"
    if hints.has_line_breaks:
        yield "  line_breaks: true  # a line end is a break on the card, too"
    if hints.extensions:
        yield "  flavour: python-markdown"
        yield "  extensions:"
        yield from (f"    - {line}" for line in hints.extensions)


def _page(path: str, title: str) -> str:
    return f"{_quoted(title)}: {_quoted(path)}" if title else _quoted(path)


def _quoted(text: str) -> str:
    """Return a text for YAML: plain if that is safe, else in JSON's quotes."""
    is_plain = re.fullmatch(r"[^\W\d_][\w ./-]*|/[\w ./*-]+", text) and text == text.strip()
    is_word = text.lower() not in ("null", "true", "false", "yes", "no", "on", "off")
    return text if is_plain and is_word else json.dumps(text, ensure_ascii=False)
