"""Encodes the addresses of links for HTML and rejects unsafe ones."""

from __future__ import annotations

import re

from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText, validateLink

_EMBEDDED = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=]*+", re.ASCII)
"""An image as a ``data:`` address. It is long, and nothing in it needs encoding."""
_PLAIN = re.compile(r"(?:https?://[a-z0-9.-]+/)?[A-Za-z0-9_./#=-]*+", re.ASCII)
"""Addresses that encoding does not change."""


def encoded(address: str) -> str | None:
    """Return the address for HTML, or ``None`` if no link may have it (``javascript:``)."""
    if _PLAIN.fullmatch(address) or _EMBEDDED.fullmatch(address):
        return address if validateLink(address) else None
    link = normalizeLink(address)
    return link if validateLink(link) else None


def readable(address: str) -> str:
    """Return the text that a link shows for an address in angle brackets."""
    return address if _PLAIN.fullmatch(address) else normalizeLinkText(address)
