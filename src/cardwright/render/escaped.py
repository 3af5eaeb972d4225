"""Escapes text for HTML."""

from __future__ import annotations

import re

_SIGNS = re.compile(r'[&<>"]')


def escaped(text: str) -> str:
    """Escape a text for use as HTML text or inside double quotes."""
    if _SIGNS.search(text) is None:
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace('"', "&quot;")
