"""Turns bare addresses into links (GFM 6.9)."""

from __future__ import annotations

import re

from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText, validateLink
from markdown_it.common.utils import escapeHtml

_CJK_MARKS = r"\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
_EDGES = r"\u2e28\u2e29"  # brackets of the placeholders for deletions
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_/.])(?:https?://|www\.)(?=[\w-])[^\s<>\"`" + _CJK_MARKS + _EDGES + r"]+",
    re.IGNORECASE,
)


def linked(text: str) -> str:
    """Escape a text and link what starts with ``http://``, ``https://`` or ``www.``."""
    if "://" not in text and "www." not in text.lower():
        return escapeHtml(text)
    parts, at = [], 0
    for match in _ADDRESS.finditer(text):
        address = _trimmed(match[0])
        href = encoded(address if "://" in address else f"http://{address}")
        if len(address) <= len("https://") or href is None:
            continue
        parts.append(escapeHtml(text[at : match.start()]))
        parts.append(f'<a href="{escapeHtml(href)}">{escapeHtml(address)}</a>')
        at = match.start() + len(address)
    return "".join((*parts, escapeHtml(text[at:])))


def _trimmed(address: str) -> str:
    """Remove trailing punctuation, and each trailing ``)`` that the address does not open."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in "?!.,:;*_~'":
            break
        end -= 1
    return address[:end]


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
