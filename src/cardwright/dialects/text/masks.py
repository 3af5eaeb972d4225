"""Masks text that is not prose in a line: ```a ? b` is a leaf`` becomes ```xxxxx` is a leaf``."""

from __future__ import annotations

import re

from cardwright.wording.signs import ENDS_ADDRESS

LONGEST_MARKED = 8_000
"""A longer line is not a question, and is not looked at."""

_OPENING = re.compile(
    r"(?P<ticks>`+)|(?P<dollars>\$\$?)|\\[(\[]|<(?=[a-zA-Z/!])|\[\[|\]\(|\{\{|%%"
    rf"|(?P<url>[a-zA-Z][a-zA-Z+.-]{{1,20}}://[^\s{ENDS_ADDRESS}]+)"
)
_CLOSINGS = {"\\(": "\\)", "\\[": "\\]", "<": ">", "[[": "]]", "](": ")", "{{": "}}", "%%": "%%"}


def masked(text: str) -> str:
    """Return ``text`` in the same length. Everything between marks that is not prose becomes ``x``.

    These are code spans, formulas, HTML tags and comments, wiki links, the targets of links,
    addresses, ``{{clozes}}`` and Obsidian's ``%%comments%%``. Marks that are never closed stay.
    """
    parts: list[str] = []
    unclosed: set[str] = set()
    done = at = 0
    while opening := _OPENING.search(text, at):
        end = opening.end() if opening["url"] else _end_of(text, opening, unclosed)
        at = max(end, opening.end())
        if end:
            begin = opening.start() if opening["url"] else opening.end()
            close = end if opening["url"] else end - len(_closing(opening))
            parts += [text[done:begin], "x" * (close - begin), text[close:end]]
            done = end
    return "".join([*parts, text[done:]])


def _end_of(text: str, opening: re.Match[str], unclosed: set[str]) -> int:
    """Return where the thing that ``opening`` begins ends, 0 if it is not closed.

    A sign that was not found once is not looked for again, which keeps this linear.
    """
    closing = _closing(opening)
    if closing in unclosed:
        return 0
    close = text.find(closing, opening.end())
    if close < 0:
        unclosed.add(closing)
        return 0
    end = close + len(closing)
    # As Pandoc has it: prices such as "$5 and $6" are no formula.
    if closing == "$" and (text[close - 1].isspace() or text[end : end + 1].isdigit()):
        return 0
    return end


def _closing(opening: re.Match[str]) -> str:
    return _CLOSINGS.get(opening.group(), opening.group())
