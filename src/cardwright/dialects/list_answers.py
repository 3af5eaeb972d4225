"""Where the answers to list items that ask begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cardwright.dialects.list_questions import ListQuestion, reply_at, shows_answer
from cardwright.dialects.question import Outline
from cardwright.dialects.span import Span


def answer_spans(
    outline: Outline, found: Sequence[ListQuestion], ends: Sequence[int]
) -> list[Span]:
    """The answer of each question, over at the line of ``ends`` or before.

    What stands behind a blank line and left of the item's text is outside of it to CommonMark
    (section 5.2), but still the answer where the next question follows. Behind the last question
    of a list it is only where the other answers stand there too.
    """
    limits = [_limit(outline, each, end) for each, end in zip(found, ends, strict=True)]
    outside = [_outside(outline, each, end) for each, end in zip(found, limits, strict=True)]
    following = [*(each.item.number for each in found[1:]), 0]
    is_inner = [end == line for end, line in zip(limits, following, strict=False)]
    style = [
        start < end for start, end, inner in zip(outside, limits, is_inner, strict=True) if inner
    ]
    spans: list[Span] = []
    for each, limit, start, inner in zip(found, limits, outside, is_inner, strict=True):
        is_alone = not style and not _has_text(outline, each.rest, start)
        goes_on = inner or is_alone or sum(style) * 2 > len(style)
        spans.append(_span(outline, each, limit if goes_on else start))
    return spans


def _limit(outline: Outline, question: ListQuestion, end: int) -> int:
    """The line before ``end`` at which the quote or the list around a question is over."""
    item, base = question.item, question.base
    if not item.quotes and not base:
        return end
    for number in range(question.rest.start + (1 if question.tail else 0), end):
        text = outline.lines[number - 1]
        if text.count(">", 0, 20) < item.quotes:
            return number
        bare = text.lstrip("> ") if item.quotes else text
        if bare.strip() and base and _indent(text) < base and re.match(r"\s*[-*+\d]", bare):
            return number
    return end


def _outside(outline: Outline, question: ListQuestion, end: int) -> int:
    """The first line before ``end`` that a blank one parts from the item and that is left of it.

    Code is none, wherever it stands.
    """
    is_apart = False
    for number in range(question.item.number + 1, end):
        text = outline.lines[number - 1]
        text = text.lstrip(" ").lstrip(">") if question.item.quotes else text
        if not text.strip():
            is_apart = True
        elif is_apart and _indent(text) <= question.item.indent:
            if outline.is_verbatim[number - 1]:
                continue
            return number
    return end


def _indent(text: str) -> int:
    return len(text[: len(text) - len(text.lstrip(" \t"))].expandtabs(4))


def _has_text(outline: Outline, rest: Span, end: int) -> bool:
    first = outline.lines[rest.start - 1][rest.column - 1 :] if rest.end > rest.start else ""
    below = range(rest.start + bool(first), end)
    return bool(first) or any(outline.lines[number - 1].strip() for number in below)


def _span(outline: Outline, question: ListQuestion, end: int) -> Span:
    """The answer up to ``end``, without the label before it."""
    item, rest = question.item, question.rest
    if question.tail:
        if any(outline.lines[number - 1].strip() for number in range(rest.end, end)):
            return replace(rest, end=end, indent=item.width, quotes=item.quotes, until=0)
        return rest
    start = rest.start
    while start < end and not outline.lines[start - 1].strip("> \t"):
        start += 1
    if start >= end:
        return Span(rest.start, max(end, rest.start), item.width, quotes=item.quotes)
    label = reply_at(outline, start)
    if label is not None:
        return label.behind(end)
    if shows_answer(outline.lines[start - 1][:200]):
        start += 1
        width = _indent(outline.lines[start - 1]) if start < end else item.width
        return Span(start, end, width, quotes=item.quotes)
    return Span(rest.start, end, item.width, quotes=item.quotes)
