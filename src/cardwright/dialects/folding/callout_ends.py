"""Where callouts end, also those some of whose lines lost a mark or a part of their indentation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.dialects.answers.stretch import is_boundary, is_listed, quotes_of, width_of
from cardwright.dialects.text.question import Outline

CALLOUT_BEGIN = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[!|\?\?\?|!!!|:::|```|~~~)")
CALLOUT_QUOTE = re.compile(
    r"(?P<around>(?:[ \t]{0,3}>[ \t]?)++)\[!(?P<kind>[^\]|]{1,40})(?:\|[^\]]*)?\][-+]?[ \t]*"
    r"(?P<title>.*)$"
)


def end_of_quote(outline: Outline, number: int, depth: int) -> int:
    """The line after a quote: where one has fewer ``>``, or where another callout begins.

    What goes on with a paragraph (CommonMark 5.1, laziness) or with code that is still open
    belongs to it, and so does text that only lost its ``>``, an item of a list too.
    """
    lines = outline.lines
    end = number + 1
    marker = ""
    while end <= len(lines):
        text = lines[end - 1]
        quotes, inside = quotes_of(text)
        if quotes >= depth:
            if quotes == depth and inside.startswith("[!") and CALLOUT_QUOTE.match(text):
                break
        elif is_listed(text) and not _is_in_code(outline, end):
            if not _goes_on_counting(lines, end, marker):
                break
        elif not (_is_in_code(outline, end) or _is_lazy(lines, end, depth)):
            break
        if is_listed(inside):
            marker = inside.split(maxsplit=1)[0]
        end += 1
    return end


def _goes_on_counting(lines: Sequence[str], number: int, before: str) -> bool:
    """Whether an item without ``>`` goes on a list in a quote, ``before`` being its last marker.

    It stands at the quote's last line, and has the next number or the same bullet.
    """
    quotes, text = quotes_of(lines[number - 1])
    if quotes or not before or not quotes_of(lines[number - 2])[1].strip():
        return False
    marker = text.split(maxsplit=1)[0]
    if marker[:-1].isdecimal() and before[:-1].isdecimal():
        return int(marker[:-1]) == int(before[:-1]) + 1 and marker[-1] == before[-1]
    return marker == before


def _is_in_code(outline: Outline, number: int) -> bool:
    return outline.is_verbatim[number - 1] and outline.is_verbatim[number - 2]


def _is_lazy(lines: Sequence[str], number: int, depth: int) -> bool:
    text = quotes_of(lines[number - 1])[1]
    if not text.strip() or is_boundary(text) or is_listed(text) or CALLOUT_BEGIN.match(text):
        return False
    below = lines[number] if number < len(lines) else ""
    return bool(quotes_of(lines[number - 2])[1].strip()) or quotes_of(below)[0] >= depth


def end_of_body(outline: Outline, number: int, indent: int) -> int:
    """The line after the text that is indented below an admonition, ``number`` being its first."""
    end = last = number + 1
    while end <= len(outline.lines):
        text = outline.lines[end - 1]
        if text.strip():
            is_inside = width_of(text) >= indent or _is_in_code(outline, end)
            if not is_inside and not _is_short_of(outline.lines, end, indent, last):
                break
            last = end + 1
        end += 1
    return last


def _is_short_of(lines: Sequence[str], number: int, indent: int, last: int) -> bool:
    """Whether a line only lacks some of the columns at which the body that it is in stands.

    One at the very margin is in it where it goes on with a paragraph and the body goes on below.
    """
    text = lines[number - 1]
    if is_boundary(text) or CALLOUT_BEGIN.match(text):
        return False
    if width_of(text) > indent - 4:
        return True
    if width_of(text) < indent - 4 or number != last or is_listed(text):
        return False
    below = next((line for line in lines[number : number + 2] if line.strip()), "")
    return number > 2 and width_of(lines[number - 2]) >= indent <= width_of(below)
