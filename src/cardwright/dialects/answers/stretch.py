"""How far an answer goes whose end nothing marks: to a blank line that parts it from the next."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.dialects.flashcards.card_tags import is_tags_alone
from cardwright.dialects.text.breaks import is_break
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span

SCHEDULE = re.compile(r"<!--\s*SR:[^<>]{0,2000}(?:-->|$)")
"""The comment in which "obsidian-spaced-repetition" keeps when a card is due."""

_QUOTES = re.compile(r"(?:[ \t]{0,3}>[ \t]?)+")
_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")


def quotes_of(text: str) -> tuple[int, str]:
    """How many ``>`` a line begins with, and what stands behind them."""
    match = _QUOTES.match(text)
    return (match.group().count(">"), text[match.end() :]) if match else (0, text)


def width_of(text: str) -> int:
    """The columns of white space that a line begins with, a tab reaching to the next fourth."""
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def is_boundary(text: str) -> bool:
    """Whether a line is a heading, a rule, or tags alone, none of which an answer goes beyond."""
    return is_heading(text) or is_break(text) or is_tags_alone(text)


def is_heading(text: str) -> bool:
    return _HEADING.match(text) is not None


def is_listed(text: str) -> bool:
    """Whether a line begins an item of a list."""
    return _LISTED.match(text) is not None


def stretched(outline: Outline, span: Span, *, is_open: bool = False) -> Span:
    """The span, cut short where the answer that begins with it is over.

    That is at a blank line, but not within code, formulas or a list, at the begin, or behind a
    colon; with ``is_open`` blank lines are a part of it. Headings, rules, tags and the comment
    of a schedule end it in any case, and so does the end of a quote or of the list item that
    ``span.indent`` belongs to.
    """
    at = _text_from(outline, span.start, span.end)
    end, until, in_list = span.start, 0, False
    while at < span.end and not until:
        quotes, text = quotes_of(outline.lines[at - 1])
        schedule = SCHEDULE.search(text)
        if outline.is_verbatim[at - 1] and not schedule:
            at = end = at + 1
            continue
        if quotes < span.quotes or is_boundary(text) or (schedule and not schedule.start()):
            break
        if not text.strip():
            at = _text_from(outline, at, span.end)
            if not (is_open or _goes_on(outline, end - 1, at, span, in_list=in_list)):
                break
            continue
        if width_of(text) < span.indent and (is_listed(text) or is_open or at == span.start):
            break
        in_list = is_listed(text) or (in_list and width_of(text) > 0)
        until = len(outline.lines[at - 1]) - len(text) + schedule.start() + 1 if schedule else 0
        at = end = at + 1
    return replace(span, end=end, until=until)


def _text_from(outline: Outline, line: int, end: int) -> int:
    """The first line that is not blank, ``end`` when there is none."""
    while line < end and not quotes_of(outline.lines[line - 1])[1].strip():
        line += 1
    return line


def _goes_on(outline: Outline, last: int, at: int, span: Span, *, in_list: bool) -> bool:
    """Whether what follows a blank line belongs to what stands above it."""
    if at >= span.end:
        return False
    text = quotes_of(outline.lines[at - 1])[1]
    if in_list and (is_listed(text) or width_of(text) >= span.indent + 2):
        return True
    return outline.lines[last - 1].rstrip().endswith((":", "："))


def is_bold_open(text: str) -> bool:
    """Whether a question begins with ``**`` that it does not close."""
    return text.startswith("**") and text.count("**") % 2 == 1


def without_bold_end(outline: Outline, span: Span) -> Span:
    """The answer without the ``**`` at its end, which were opened before the question."""
    for number in range(span.end - 1, span.start - 1, -1):
        text = outline.lines[number - 1]
        bare = (text[: span.until - 1] if span.until and number == span.end - 1 else text).rstrip()
        if bare.endswith("**"):
            return replace(span, end=number + 1, until=len(bare) - 1)
        if bare:
            break
    return span
