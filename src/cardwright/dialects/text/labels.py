"""Labels of given words, for dialects that do not use ``dialects.labels`` yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardwright.blocks.rows import Row
from cardwright.dialects.labels import Label, label_pattern
from cardwright.dialects.labels import read_label as read_match
from cardwright.dialects.text.leads import STEP, Lead
from cardwright.dialects.text.question import Outline

__all__ = ["Label", "container_end", "is_rule", "label_pattern", "labels", "read_label"]


def labels(outline: Outline, pattern: re.Pattern[str]) -> Iterator[Label]:
    """All labels that begin a line, or the text of its list item, quote or heading, in order."""
    for number, text in enumerate(outline.lines, 1):
        if text and not outline.is_verbatim[number - 1]:
            label = read_label(pattern, text, number, outline.leads[number - 1])
            if label is not None:
                yield label


def read_label(pattern: re.Pattern[str], text: str, number: int, lead: Lead) -> Label | None:
    """The label behind the lead of line ``number``, ``None`` where there is none."""
    match = pattern.match(text, lead.length)
    if match is None:
        return None
    row = Row(number, lead.quotes, lead.indent, lead.indent, lead.length, level=lead.level)
    return read_match(match, text, row, is_inline=lead.is_inline)


def container_end(outline: Outline, label: Label, indent: int, end: int) -> int:
    """The line, ``end`` at most, at which the quote or the list item around a label is over.

    ``indent`` is the column at which the item's text begins, 0 for none. A line that goes on with
    a paragraph is inside wherever it begins (CommonMark section 5.2, laziness).
    """
    if not (label.quotes or indent):
        return end
    for number in range(label.line + 1, end):
        text, above = outline.lines[number - 1], outline.lines[number - 2]
        bare, is_apart = text.strip(), not above.strip(" \t>")
        if outline.is_verbatim[number - 1]:
            continue
        if label.quotes and ">" not in text[:40] and (not bare or is_apart):
            return number
        width = len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))
        is_listed = STEP.match(text) is not None
        if not label.quotes and bare and width < indent and (is_apart or is_listed):
            return number
    return end


_RULE = re.compile(r"[>\s]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")


def is_rule(outline: Outline, number: int) -> bool:
    """Whether a line is a thematic break, also in a quote and right under a paragraph."""
    return (
        not outline.is_verbatim[number - 1] and _RULE.match(outline.lines[number - 1]) is not None
    )
