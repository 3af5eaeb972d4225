"""Where the answers to list items that ask begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cardwright.dialects.lines.list_questions import ListQuestion, reply_at, shows_answer
from cardwright.dialects.text.labels import Label
from cardwright.dialects.text.part_titles import without_titles
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut


def answer_spans(
    outline: Outline, found: Sequence[ListQuestion], ends: Sequence[int]
) -> list[Span]:
    """The answer of each question, over at the line of ``ends`` or before.

    What stands behind a blank line and left of the item's text is outside of it to CommonMark
    (section 5.2), but still the answer where the next question follows. Behind the last question
    of a list it is only where the other answers stand there too; one of them is enough where
    nothing else answers that question.
    """
    ends = _before_captions(outline, found, ends)
    limits = [_limit(outline, each, end) for each, end in zip(found, ends, strict=True)]
    outside = [_outside(outline, each, end) for each, end in zip(found, limits, strict=True)]
    following = [*(each.item.number for each in found[1:]), 0]
    is_inner = [
        line > 0 and end == _before_title(outline, each, line)
        for each, end, line in zip(found, limits, following, strict=False)
    ]
    style = [
        start < end for start, end, inner in zip(outside, limits, is_inner, strict=True) if inner
    ]
    spans: list[Span] = []
    for each, limit, start, inner in zip(found, limits, outside, is_inner, strict=True):
        is_likely = any(style) or not style
        is_alone = is_likely and not _has_text(outline, each.rest, start)
        goes_on = inner or is_alone or sum(style) * 2 > len(style)
        goes_on = goes_on or bool(_marks(outline, each.rest.start, limit)[:1])
        spans.append(_span(outline, each, limit if goes_on else start))
    return spans


def _before_captions(
    outline: Outline, found: Sequence[ListQuestion], ends: Sequence[int]
) -> list[int]:
    """The ends, at the bold line that stands alone above the next question, if few have one."""
    captions = [_caption(outline, each, end) for each, end in zip(found, ends, strict=True)]
    if sum(map(bool, captions)) * 2 >= len(found):
        return list(ends)
    return [caption or end for caption, end in zip(captions, ends, strict=True)]


_CAPTION = re.compile(r"(?:\*\*|__)[^*_?？]{2,80}(?:\*\*|__)[:：]?[ \t]*$")


def _caption(outline: Outline, question: ListQuestion, end: int) -> int:
    """The line of the title right above ``end``, bold and behind a blank line; 0 for none."""
    number = end - 1
    while number > question.item.number and not outline.lines[number - 1].strip():
        number -= 1
    is_alone = number > question.item.number + 1 and not outline.lines[number - 2].strip()
    is_caption = is_alone and _CAPTION.match(outline.lines[number - 1]) is not None
    return number if is_caption and end <= len(outline.lines) else 0


def _before_title(outline: Outline, question: ListQuestion, following: int) -> int:
    """The line ``following``, or the one at which the title of a part above it begins."""
    first = question.item.number + 1
    return without_titles(outline.lines, outline.is_verbatim, first, following)


def parted(outline: Outline, question: ListQuestion, span: Span) -> tuple[ListQuestion, Span]:
    """A question and its answer, parted at the mark of an answer in the middle of that.

    What stands above "Answer:" (code, the parts of a task) still asks; several of them answer
    several parts, which stay together.
    """
    start = next(
        (at for at in range(span.start, span.end) if outline.lines[at - 1].strip("> \t")), 0
    )
    if question.tail or not start or span.column > 1 or reply_at(outline, start):
        return question, span
    marks = _marks(outline, start, span.end)
    if len(marks) != 1:
        return question, span
    above = replace(span, end=marks[0].line)
    rows = (*question.lines, *cut(outline.lines, above))
    while not rows[-1].text.strip():
        rows = rows[:-1]
    below = marks[0].behind(span.end)
    return replace(question, lines=rows, rest=replace(below, end=below.start)), below


def _marks(outline: Outline, start: int, end: int) -> list[Label]:
    """The marks of answers on the lines of an item, in words: ``A:`` may name an option."""
    lines = (at for at in range(start, end) if not outline.is_verbatim[at - 1])
    labels = (reply_at(outline, at) for at in lines)
    return [label for label in labels if label and _is_plain(label)]


def _is_plain(label: Label) -> bool:
    """Whether a label is a word with a colon or in emphasis of its own."""
    is_word = len(label.word) > 1 or not label.word.isascii()
    has_emphasis = bool(label.opening) and not label.is_open
    return is_word and (label.mark[:1] in (":", "：") or has_emphasis)


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

    Code is none, wherever it stands, but what follows it is apart like itself.
    """
    is_apart = False
    for number in range(question.item.number + 1, end):
        text = outline.lines[number - 1]
        text = text.lstrip(" ").lstrip(">") if question.item.quotes else text
        if outline.is_verbatim[number - 1]:
            continue
        if not text.strip():
            is_apart = True
        elif is_apart and _indent(text) <= question.item.indent:
            return number
        else:
            is_apart = False
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


def with_headed_answers(
    outline: Outline, found: Sequence[ListQuestion], ends: Sequence[int]
) -> list[int]:
    """The ends, those of answers that begin with a heading at the question that counts on.

    Such headings are below the one that the first question stands under.
    """
    lines = [heading.line for heading in outline.headings]
    at = bisect_right(lines, found[0].item.number) if found else 0
    above = outline.headings[at - 1].level if at else 0
    kept = list(ends)
    for index, (each, following) in enumerate(pairwise(found)):
        first, last = each.rest.start, following.item.number
        is_next = each.item.ordinal and following.item.ordinal == each.item.ordinal + 1
        if (
            not is_next
            or each.tail
            or kept[index] >= last
            or _is_text_between(outline, first, kept[index])
        ):
            continue
        inside = outline.headings[bisect_left(lines, first) : bisect_left(lines, last)]
        has_text = inside and _is_text_between(outline, inside[-1].body, last)
        if has_text and all(heading.level > above for heading in inside):
            kept[index] = last
    return kept


def _is_text_between(outline: Outline, start: int, end: int) -> bool:
    return any(outline.lines[number - 1].strip() for number in range(start, end))
