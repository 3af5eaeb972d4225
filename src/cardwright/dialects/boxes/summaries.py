"""The title of a box as the text of a question, without what is around it in HTML."""

from __future__ import annotations

import re

from cardwright.dialects.boxes.box import Box
from cardwright.dialects.text.span import located
from cardwright.model import Line
from cardwright.wording import read_wording

_BELOW = re.compile(r"\n[ \t]*(?:\n|```|~~~)")
_LABEL = re.compile(r"(?i)<(b|strong|em|i|span|code)\b[^<>]*>(?P<label>[^<>]{1,20})</\1>\s*")
_STARS = re.compile(r"\s*[*★☆⭐🌟\ufe0f]{1,20}$")
_DRESS = re.compile(
    r"(?is)#{1,6}\s+(?P<heading>.*)|<(?P<tag>b|strong|i|em|u|h[1-6]|p|font|span|div|big|small"
    r"|center)\b[^<>]*>\s*(?P<inside>(?:(?!</?(?P=tag)\b).)*+)(?:</(?P=tag)>)?"
)


def title_lines(box: Box) -> tuple[Line, ...]:
    """The lines of a title, tags around all of it and around its number gone.

    So are a heading's mark and stars of difficulty; text below the first paragraph stays.
    """
    below = _BELOW.search(box.text)
    rest = box.text[below.start() :] if below else ""
    head = box.text.removesuffix(rest)
    while (bare := _bare(head)) != head:
        head = bare
    label = _LABEL.match(head)
    word = label["label"].strip(" .") + ". " if label else ""
    if label is None or read_wording(word).text.strip():
        return located(head + rest, box.title)
    first, *others = located(head[label.end() :] + rest, box.title)
    # Without its tags the number is right before the text, for the wording to be read.
    return Line(word + first.text, first.number, first.column - len(word)), *others


def _bare(text: str) -> str:
    """The text without stars behind it and one tag around it."""
    text = text.removesuffix(stars.group()) if (stars := _STARS.search(text[-25:])) else text
    match = _DRESS.fullmatch(text)
    return ((match["heading"] or match["inside"] or "") if match else text).strip()
