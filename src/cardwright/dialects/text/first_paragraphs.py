"""The paragraph or quote that stands first under a heading, and where its question ends."""

from __future__ import annotations

import re

from cardwright.dialects.text.question import Outline
from cardwright.model import Line


def is_picture(outline: Outline, number: int) -> bool:
    return re.match(r"\s*(?:$|!\[|<img\b)", outline.lines[number - 1][:40]) is not None


def first_paragraph(outline: Outline, first: int, last: int) -> list[Line]:
    """A paragraph or a quote, to the line that ends with a question mark and text goes on behind.

    The marks ``>`` of a quote are no part of it, nor is an option or a label behind it.
    """
    found: list[Line] = []
    is_quote = outline.lines[first - 1].lstrip().startswith(">") if first < last else False
    if is_quote and re.match(r"\s*>\s*\[!", outline.lines[first - 1]):
        return []
    for number in range(first, last):
        text = outline.lines[number - 1]
        start = len(text) - len(text.lstrip(" >" if is_quote else " "))
        is_over = outline.is_verbatim[number - 1] or text.lstrip().startswith(">") != is_quote
        if is_over or not text.strip() or (not is_quote and _ENDS.match(text[:80])):
            break
        if found and _LABEL.match(text[:80]):
            break
        found.append(Line(text[start:], number, start + 1))
        if not is_quote and re.search(r"[?？؟][\W_]*$", text):
            break
    while found and not found[-1].text.strip():
        found.pop()
    return found


_ENDS = re.compile(
    r"\s*(?:[-*+|#<]\s|\||<|#|\(?[A-Ha-h][.)]\s|\d{1,2}[.)]\s|---|\W*(?:answer|ans|option)s?\b)",
    re.I,
)

_LABEL = re.compile(r"\s*(\*\*|__)[^*_]{1,40}(?:[:：]\s*\1|\1\s*[:：])")
