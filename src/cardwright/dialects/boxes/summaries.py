"""The title of a box as the text of a question, without what is around it in HTML."""

from __future__ import annotations

import re

from cardwright.dialects.boxes.box import Box
from cardwright.dialects.text.span import located
from cardwright.model import Line
from cardwright.wording import read_wording


def title_lines(box: Box) -> tuple[Line, ...]:
    """The lines of a title, tags around all of it and around its number gone.

    So are a heading's mark and stars of difficulty; text below the first paragraph stays.
    """
    text = box.text
    below = re.search(r"\n[ \t]*(?:\n|```|~~~)", text)
    at = below.start() if below else len(text)
    head = _undressed(text[:at])
    label = _LABEL.match(head)
    word = f"{label['label'].strip()} " if label else ""
    word = word.replace(" ", ". ") if _BARE_NUMBER.fullmatch(word.strip()) else word
    if label is None or read_wording(word).text.strip():
        return located(head + text[at:], box.title)
    first, *rest = located(head[label.end() :] + text[at:], box.title)
    # Without its tags the number is right before the text, for the wording to be read.
    return Line(word + first.text, first.number, first.column - len(word)), *rest


_LABEL = re.compile(r"(?i)<(b|strong|em|i|span|code)\b[^<>]*>(?P<label>[^<>]{1,20})</\1>\s*")
_BARE_NUMBER = re.compile(r"[#№]?\d{1,3}")
_STARS = re.compile(r"\s*[*★☆⭐🌟\ufe0f]{1,20}$")
_OPENING = re.compile(
    r"(?i)(?:<(?P<tag>b|strong|i|em|u|h[1-6]|p|font|span|div|big|small|center)\b[^<>]*>|#{1,6}\s)\s*"
)
_MOST_MARKS = 6
_FAR = 25


def _undressed(text: str) -> str:
    for _ in range(_MOST_MARKS):
        stars = _STARS.search(text[-_FAR:])
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
