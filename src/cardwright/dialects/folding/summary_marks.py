"""A summary without what is around its question: tags, a heading's mark, stars of difficulty."""

from __future__ import annotations

import re


def parted_summary(text: str) -> tuple[str, str]:
    """The first paragraph of a summary, and what is below it."""
    below = re.search(r"\n[ \t]*(?:\n|```|~~~)", text)
    at = below.start() if below else len(text)
    return text[:at], text[at:]


def undressed(text: str) -> str:
    """A summary without the tags around all of it, a heading's mark and stars of difficulty."""
    for _ in range(_MOST_MARKS):
        stars = _STARS.search(text[-_LONGEST_STARS:])
        if stars:
            text = text[: len(text) - len(stars.group())].rstrip()
        opening = _OPENING.match(text)
        if opening is None:
            break
        inside = text[opening.end() :]
        if opening["tag"]:
            closing = f"</{opening['tag']}>".lower()
            times = inside.lower().count(closing)
            if times > 1 or (times and not inside.lower().endswith(closing)):
                break
            inside = inside[: len(inside) - len(closing) * times]
        text = inside.strip()
    return text


_STARS = re.compile(r"\s[*★☆⭐🌟\ufe0f]{1,20}$")

_LONGEST_STARS = 25

_OPENING = re.compile(
    r"(?i)(?:<(?P<tag>b|strong|i|em|u|h[1-6]|p|font|span|div|big|small|center)\b[^<>]*>|#{1,6}\s)\s*"
)

_MOST_MARKS = 6
