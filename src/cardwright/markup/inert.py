"""Text that Anki or MathJax would take for an order, kept text."""

from __future__ import annotations

import re

_ORDERS = re.compile(
    r"\\(?=[(\[]|begin\b)|\[(?=(?:sound|anki):|/?latex\]|/?\$\$?\])|\{(?=\{)", re.IGNORECASE
)
_BRACKETS = re.compile(r"\[(?=(?:sound|anki):|/?latex\]|/?\$\$?\])|(?<=\{)\{", re.IGNORECASE)


def inert_text(html: str) -> str:
    r"""Escaped text in which no ``\(``, ``[sound:``, ``[latex]``, ``{{`` is one for Anki.

    An empty ``<span>`` is put into each: Anki looks at the HTML as it stands, MathJax 3 at the
    text, which it joins over a comment or ``<wbr>`` but not over an element. It also outlives
    Anki's editor, which writes an entity back as its character.
    """
    if not ("[" in html or "{{" in html or "\\(" in html or "\\b" in html or "\\B" in html):
        return html  # as most texts; this takes a fifth of the pattern's time
    return _ORDERS.sub(lambda match: f"{match[0]}<span></span>", html)


def inert_code(html: str) -> str:
    """The same where no element may come between: attributes, formulas, highlighted code.

    MathJax reads neither attributes nor ``<code>``; for Anki an entity is enough.
    """
    if "[" not in html and "{{" not in html:
        return html
    return _BRACKETS.sub(lambda match: f"&#{ord(match[0])};", html)
