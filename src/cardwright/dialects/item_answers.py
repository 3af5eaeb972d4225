"""Where the answers to list items that ask begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cardwright.dialects.asking import Asking, reply_at
from cardwright.dialects.endings import (
    Body,
    Ending,
    EndRule,
    end_of_answer,
    ends_of_answers,
    has_text,
)
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.wording.words import Concept, alternatives

_BARELY = 30
"""Where only one of so many items holds anything, that is a part of its question."""
_INNER = (EndRule.NEXT, EndRule.PART)


def answered(outline: Outline, found: Sequence[Asking]) -> Iterator[tuple[Asking, Span, EndRule]]:
    """Each question with its answer, an empty span for none, and why it is over.

    What stands behind a blank line and left of the item's text is outside of it to CommonMark
    (section 5.2), but still the answer where the next question follows. Behind the last question
    of a list it is only where the other answers stand there too; one of them is enough where
    nothing else answers that question.
    """
    found = [_with_code(outline, each) for each in found]
    ends = _before_captions(outline, found, _behind_headings(outline, found))
    limits = [_inside(outline, each, end, each.base) for each, end in zip(found, ends, strict=True)]
    outside = [
        _inside(outline, each, end, each.row.indent + 1)
        for each, end in zip(found, limits, strict=True)
    ]
    style = [
        start.line < end.line
        for start, end in zip(outside, limits, strict=True)
        if end.rule in _INNER
    ]
    spans: list[Span] = []
    for at, (each, limit, start) in enumerate(zip(found, limits, outside, strict=True)):
        is_likely = any(style) or not style
        is_alone = (
            is_likely and not each.tail and not has_text(outline, each.rest.start, start.line)
        )
        goes_on = limit.rule in _INNER or is_alone or sum(style) * 2 > len(style)
        if not (goes_on or any(_replies(outline, each.rest.start, limit.line))):
            ends[at] = start
        else:
            ends[at] = limit
        spans.append(answer_span(outline, each, ends[at].line))
    kept = [_is_answer(outline, each, span) for each, span in zip(found, spans, strict=True)]
    is_any = sum(kept) * _BARELY > len(found)
    for each, span, is_answer, end in zip(found, spans, kept, ends, strict=True):
        if is_answer and is_any:
            yield (*_parted(outline, each, span), end.rule)
        elif not each.row.box:
            yield each, _link(each), end.rule


def _with_code(outline: Outline, each: Asking) -> Asking:
    """The question with the code that it announces (``Say what this does:``)."""
    if each.tail or not each.lines[-1].text.endswith((":", "：")):
        return each
    start = each.rest.start
    while start <= len(outline.lines) and not outline.lines[start - 1].strip():
        start += 1
    end = start
    while end <= len(outline.lines) and outline.is_verbatim[end - 1]:
        end += 1
    if end == start:
        return each
    span = Span(each.rest.start, end, each.row.width, quotes=each.row.quotes)
    return replace(each, lines=(*each.lines, *cut(outline.lines, span)), rest=Span(end, end))


def _behind_headings(outline: Outline, found: Sequence[Asking]) -> list[Ending]:
    """The ends, those of answers that begin with a heading at the question that counts on."""
    ends = ends_of_answers(outline, [each.line for each in found])
    lines = outline.heading_lines
    first = bisect_right(lines, found[0].line) if found else 0
    above = outline.headings[first - 1].level if first else 0
    for at, (each, following) in enumerate(pairwise(found)):
        is_next = each.row.ordinal and following.row.ordinal == each.row.ordinal + 1
        start, end = each.rest.start, ends[at].line
        if not is_next or each.tail or end >= following.line or has_text(outline, start, end):
            continue
        inside = outline.headings[bisect_left(lines, start) : bisect_left(lines, following.line)]
        has_more = inside and has_text(outline, inside[-1].body, following.line)
        if has_more and all(heading.level > above for heading in inside):
            ends[at] = Ending(following.line, EndRule.NEXT)
    return ends


_CAPTION = re.compile(r"(?:\*\*|__)[^*_?？]{2,80}(?:\*\*|__)[:：]?[ \t]*$")


def _before_captions(outline: Outline, found: Sequence[Asking], ends: list[Ending]) -> list[Ending]:
    """The ends, at the bold line that stands alone above the next question, if few have one."""
    captions = [_caption(outline, each, end.line) for each, end in zip(found, ends, strict=True)]
    if sum(map(bool, captions)) * 2 >= len(found):
        return ends
    return [
        Ending(line, EndRule.PART) if line else end
        for line, end in zip(captions, ends, strict=True)
    ]


def _caption(outline: Outline, each: Asking, end: int) -> int:
    """The line of the title right above ``end``, bold and behind a blank line; 0 for none."""
    number = end - 1
    while number > each.line and not outline.lines[number - 1].strip():
        number -= 1
    is_alone = number > each.line + 1 and not outline.lines[number - 2].strip()
    is_caption = is_alone and _CAPTION.match(outline.lines[number - 1]) is not None
    return number if is_caption and end <= len(outline.lines) else 0


def _inside(outline: Outline, each: Asking, end: Ending, indent: int) -> Ending:
    """Where before ``end`` the answer leaves the quote, or is left of the column ``indent``."""
    last = each.rest.start if each.tail else each.lines[-1].number
    body = Body(last, last + 1, limit=end, quotes=each.row.quotes, indent=indent)
    return end_of_answer(outline, body, [EndRule.CONTAINER])


def _replies(outline: Outline, start: int, end: int) -> Iterator[int]:
    """The lines that begin with the mark of an answer, in words: ``A:`` may name an option."""
    for number in range(start, end):
        label = reply_at(outline, number)
        if label and (len(label.word) > 1 or not label.word.isascii()):
            if label.has_colon or (label.opening and not label.is_open):
                yield number


_SHOWN = re.compile(
    rf"(?i)\W*{alternatives(Concept.SHOW)}\W+(?:the\W+)?"
    rf"{alternatives(Concept.ANSWER, Concept.SOLUTION)}\b.{{0,20}}"
)


def shows_answer(text: str) -> bool:
    """Whether a line only says that the answer is under it (``Show answer to Q1``)."""
    return len(text) < 80 and _SHOWN.fullmatch(text.strip()) is not None


def answer_span(outline: Outline, each: Asking, end: int) -> Span:
    """The answer up to line ``end``, without the label before it."""
    row, rest = each.row, each.rest
    if each.tail:
        if has_text(outline, rest.end, end):
            return replace(rest, end=end, indent=row.width, quotes=row.quotes, until=0)
        return rest
    start = rest.start
    while start < end and outline.rows[start - 1].is_blank:
        start += 1
    if start >= end:
        return Span(rest.start, max(end, rest.start), row.width, quotes=row.quotes)
    label = reply_at(outline, start)
    if label is not None:
        return label.behind(end)
    if shows_answer(outline.rows[start - 1].text):
        width = outline.rows[start].indent if start + 1 < end else row.width
        return Span(start + 1, end, width, quotes=row.quotes)
    return Span(rest.start, end, row.width, quotes=row.quotes)


_REMARK = re.compile(
    r"(?i)\s*\*(?:[^*:]{1,25}:[^*]*|[^*]*[?？])\*\s*"
    r"|[\s*_]{0,4}[(\[]?[\s*_]{0,3}(?:frequently |often )?"
    r"(?:asked|easy|medium|hard|important|must.know|beginner|intermediate|advanced|difficulty)\b[^()\[\].!?]{0,80}[)\]]?[\s*_]{0,4}"
)
_ASKING_ITEM = re.compile(
    r"(?i)\s*(?:[-*+]|\d+[.)])\s.*[?？؟][\W_]*$|\W*follow[- ]?ups?(?: questions?)?\W*$"
)


def _is_answer(outline: Outline, each: Asking, span: Span) -> bool:
    """Whether a span holds more than further questions, or a remark in italics (``*Tip: …*``)."""
    lines = [line for line in cut(outline.lines, span) if line.text.strip()]
    if not lines or (len(lines) == 1 and _REMARK.fullmatch(lines[0].text)):
        return False
    return each.tail != "" or not all(_ASKING_ITEM.match(line.text[:300]) for line in lines)


_LINK = re.compile(r"\W*\[[^\[\]]*\]\([^()]*\)\W*")


def _link(each: Asking) -> Span:
    """What an item that is one link leads to is its answer; nothing is for others."""
    if _LINK.fullmatch(each.row.text):
        return Span(each.line, each.line + 1, column=each.row.offset + 1)
    return nothing_at(each.rest.start)


def _parted(outline: Outline, each: Asking, span: Span) -> tuple[Asking, Span]:
    """A question and its answer, parted at the mark of an answer in the middle of that.

    What stands above "Answer:" (code, the parts of a task) still asks; several of them answer
    several parts, which stay together.
    """
    start = next((at for at in range(span.start, span.end) if not outline.rows[at - 1].is_blank), 0)
    if each.tail or not start or span.column > 1 or reply_at(outline, start):
        return each, span
    marks = list(_replies(outline, start, span.end))
    label = reply_at(outline, marks[0]) if len(marks) == 1 else None
    if label is None:
        return each, span
    lines = (*each.lines, *cut(outline.lines, replace(span, end=label.line)))
    while not lines[-1].text.strip():
        lines = lines[:-1]
    return replace(each, lines=lines), label.behind(span.end)
