"""Addresses of links as HTML has them, and those that are none."""

from __future__ import annotations

import re

from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText, validateLink

_EMBEDDED = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=]*+", re.ASCII)
"""An image as an address: long, and with nothing in it to encode."""
_PLAIN = re.compile(r"(?:https?://[a-z0-9.-]+/)?[A-Za-z0-9_./#=-]*+", re.ASCII)
"""An address that is the same once it is encoded."""


def encoded(address: str) -> str | None:
    """The address for HTML; ``None`` if no link may have it (``javascript:``)."""
    if _PLAIN.fullmatch(address) or _EMBEDDED.fullmatch(address):
        return address if validateLink(address) else None
    link = normalizeLink(address)
    return link if validateLink(link) else None


def readable(address: str) -> str:
    """The text of an address between angle brackets."""
    return address if _PLAIN.fullmatch(address) else normalizeLinkText(address)
