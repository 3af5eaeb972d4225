"""Dialect N: ``1. What is a token?``, a list item or a counted line asks, what follows answers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cardwright.dialects.answers.endings import answer_ends
from cardwright.dialects.lines.list_answers import answer_spans, parted
from cardwright.dialects.lines.list_lines import ListLine, list_lines
from cardwright.dialects.lines.list_questions import (
    ListQuestion,
    read_question,
    reply_at,
    shows_answer,
)
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, nothing_at

_MOST = 0.6
"""The share of a list's items that is most of them."""
_BARELY = 30
"""Where only one of so many items holds anything, that is a part of its question."""
_DRIFT = 3
"""So many columns a counted item stands further right than the first without being inside."""


def list_items(outline: Outline) -> tuple[Question, ...]:
    """The items that ask, of every list whose items mostly do; unanswered ones as well.

    A list is what has one kind of marker under one heading, however many lists CommonMark makes
    of it. Items that say "Answer", or count anew without asking, are parts of an answer.
    """
    found: list[ListQuestion] = []
    for items in _sections(outline):
        found += _best(outline, items)
    found.sort(key=lambda question: question.item.number)
    found = [_with_code(outline, question) for question in found]
    ends = answer_ends(outline, [question.item.number for question in found])
    ends = _with_headed_answers(outline, found, ends)
    spans = answer_spans(outline, found, ends)
    answered = [_is_answer(outline, each, span) for each, span in zip(found, spans, strict=True)]
    if sum(answered) * _BARELY <= len(found):
        answered = [False] * len(found)
    questions = (
        _question(
            *(parted(outline, each, span) if is_answer else (each, nothing_at(each.rest.start)))
        )
        for each, span, is_answer in zip(found, spans, answered, strict=True)
        if is_answer or not each.item.is_task
    )
    return tuple(questions)


def _sections(outline: Outline) -> list[list[ListQuestion]]:
    """All items as questions, those under one heading together."""
    headings = [heading.line for heading in outline.headings]
    items = list(list_lines(outline))
    last = len(outline.lines) + 1
    ends = [*(item.number for item in items[1:]), last]
    sections: dict[int, list[ListQuestion]] = defaultdict(list)
    for item, end in zip(items, ends, strict=False):
        sections[bisect_right(headings, item.number)].append(read_question(outline, item, end))
    return list(sections.values())


def _best(outline: Outline, found: Sequence[ListQuestion]) -> list[ListQuestion]:
    """The questions of the kind of items that asks most, and their siblings of another bullet."""
    kinds: dict[tuple[int, str], list[ListQuestion]] = defaultdict(list)
    for question in found:
        kinds[question.item.quotes, question.item.kind].append(question)
    best = max((_asking(outline, kind) for kind in kinds.values()), key=len, default=[])
    if not best or best[0].item.ordinal:
        return best
    first = best[0].item
    siblings = (
        replace(_whole(outline, each), base=best[0].base)
        for (quotes, kind), others in kinds.items()
        if quotes == first.quotes and kind != first.kind
        for each in others
        if each.is_strong and each.item.indent == best[0].base and not each.item.ordinal
    )
    return [*best, *(each for each in siblings if _has_children(outline, each))]


def _has_children(outline: Outline, question: ListQuestion) -> bool:
    """Whether an item deeper than it stands on the line below."""
    start = question.rest.start
    text = outline.lines[start - 1] if start <= len(outline.lines) else ""
    width = len(text[: len(text) - len(text.lstrip())].expandtabs(4))
    return bool(text.strip()) and width > question.item.indent


def _asking(outline: Outline, found: Sequence[ListQuestion]) -> list[ListQuestion]:
    """The questions among items of a kind; none where they do not mostly ask."""
    strong = [each for each in found if each.is_strong or each.is_marked]
    likely = [each for each in found if each.is_likely]
    if not strong and not likely:
        return []
    base = min(each.item.indent for each in strong or likely)
    siblings = _counting(outline, found, base)
    replied = sum(_has_reply(outline, each) for each in siblings)
    is_told = replied > 1 and replied >= _MOST * len(siblings)
    asking = [each for each in siblings if is_told or _asks(each)]
    if not any(each.is_strong or each.is_marked for each in asking):
        answered = sum(_has_reply(outline, each) for each in asking) * 2 >= len(asking)
        if len(asking) < max(3 if answered else 5, _MOST * len(siblings)):
            return []
    counts = siblings[0].item.ordinal > 0
    alternate = len(asking) > 1 and asking == siblings[::2]
    if len(asking) * 2 < len(siblings) + (not counts and not alternate):
        return []
    picked = siblings if counts or len(asking) >= _MOST * len(siblings) else asking
    tails = sum(each.tail != "" for each in picked)
    has_tails = tails * 2 >= len(picked)
    return [replace(each if has_tails else _whole(outline, each), base=base) for each in picked]


def _asks(question: ListQuestion) -> bool:
    return question.is_strong or question.is_marked or question.is_likely


def _counting(outline: Outline, found: Sequence[ListQuestion], base: int) -> list[ListQuestion]:
    """The items at the column ``base`` but for answers and what counts anew."""
    kept: list[ListQuestion] = []
    last = 0
    for question in found:
        item = question.item
        is_deeper = item.indent > base + (_DRIFT if item.ordinal else 0)
        if item.indent < base or is_deeper or _is_reply(outline, item):
            continue
        if not item.ordinal or item.ordinal > last or _asks(question):
            kept.append(question)
            last = item.ordinal
    return kept


def _is_reply(outline: Outline, item: ListLine) -> bool:
    return reply_at(outline, item.number) is not None or shows_answer(item.text)


def _has_reply(outline: Outline, question: ListQuestion) -> bool:
    """Whether the label of an answer stands on the line below those that ask."""
    start = question.rest.start
    return start <= len(outline.lines) and reply_at(outline, start) is not None


def _whole(outline: Outline, question: ListQuestion) -> ListQuestion:
    """The question with a sentence behind it on its line, where that is no answer here."""
    if question.tail != "sentence":
        return question
    last = question.lines[-1]
    text = outline.lines[last.number - 1][last.column - 1 :].rstrip()
    below = Span(last.number + 1, last.number + 1)
    return replace(
        question, lines=(*question.lines[:-1], replace(last, text=text)), rest=below, tail=""
    )


def _with_code(outline: Outline, question: ListQuestion) -> ListQuestion:
    """The question with the code that it announces (``Say what this does:``)."""
    if question.tail or not question.lines[-1].text.endswith((":", "：")):
        return question
    start = question.rest.start
    while start <= len(outline.lines) and not outline.lines[start - 1].strip():
        start += 1
    end = start
    while end <= len(outline.lines) and outline.is_verbatim[end - 1]:
        end += 1
    if end == start:
        return question
    item = question.item
    code = cut(outline.lines, Span(question.rest.start, end, item.width, quotes=item.quotes))
    return replace(question, lines=(*question.lines, *code), rest=Span(end, end))


def _with_headed_answers(
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
            or _has_text(outline, first, kept[index])
        ):
            continue
        inside = outline.headings[bisect_left(lines, first) : bisect_left(lines, last)]
        has_text = inside and _has_text(outline, inside[-1].body, last)
        if has_text and all(heading.level > above for heading in inside):
            kept[index] = last
    return kept


def _has_text(outline: Outline, start: int, end: int) -> bool:
    return any(outline.lines[number - 1].strip() for number in range(start, end))


_REMARK = re.compile(
    r"(?i)\s*\*(?:[^*:]{1,25}:[^*]*|[^*]*[?？])\*\s*"
    r"|[\s*_]{0,4}[(\[]?[\s*_]{0,3}(?:frequently |often )?"
    r"(?:asked|easy|medium|hard|important|must.know|beginner|intermediate|advanced|difficulty)\b[^()\[\].!?]{0,80}[)\]]?[\s*_]{0,4}"
)


def _is_answer(outline: Outline, found: ListQuestion, span: Span) -> bool:
    """Whether a span holds more than further questions, or a remark in italics (``*Tip: …*``)."""
    lines = [line for line in cut(outline.lines, span) if line.text.strip()]
    if not lines or (len(lines) == 1 and _REMARK.fullmatch(lines[0].text)):
        return False
    return found.tail != "" or not all(_ASKING_ITEM.match(line.text[:300]) for line in lines)


_ASKING_ITEM = re.compile(
    r"(?i)\s*(?:[-*+]|\d+[.)])\s.*[?？؟][\W_]*$|\W*follow[- ]?ups?(?: questions?)?\W*$"
)
_LINK = re.compile(r"\W*\[[^\[\]]*\]\([^()]*\)\W*")


def _question(found: ListQuestion, span: Span) -> Question:
    """The question with its answer; what an item that is one link leads to is its answer."""
    item = found.item
    if span.start == span.end and _LINK.fullmatch(item.text):
        span = Span(item.number, item.number + 1, column=item.offset + 1)
    question = asked(found.lines, span, line=item.number, is_marked=found.is_marked)
    return replace(question, number=str(item.ordinal or question.number))
