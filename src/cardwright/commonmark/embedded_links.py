"""Skips addresses that embed an image. The parser would read them character by character."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt

_EMBEDDED = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=]*+", re.ASCII)
"""Only characters that end no address (CommonMark 6.3) and that Base64 has."""


def keep_embedded(parser: MarkdownIt) -> None:
    """Make the parser find the end of such an address in one step, and leave it unchanged."""
    encoded, destination = parser.normalizeLink, parser.helpers.parseLinkDestination

    def normalised(address: str) -> str:
        return address if _EMBEDDED.fullmatch(address) else encoded(address)

    def found(text: str, start: int, end: int) -> Any:
        match = _EMBEDDED.match(text, start, end)
        begin = match.end() - 1 if match else start
        result = destination(text, begin, end)
        result.str = text[start:begin] + result.str
        return result

    helpers = {**vars(parser.helpers), "parseLinkDestination": found}
    setattr(parser, "helpers", SimpleNamespace(**helpers))  # noqa: B010 (mypy: it is a module)
    setattr(parser, "normalizeLink", normalised)  # noqa: B010 (mypy: it is a method)
