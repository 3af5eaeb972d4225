"""Which items of the lists under a heading ask: those of the kind of marker that asks most."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cardwright.dialects.lines.list_lines import ListLine, list_lines
from cardwright.dialects.lines.list_questions import (
    ListQuestion,
    read_question,
    reply_at,
    shows_answer,
)
from cardwright.dialects.text.labels import is_rule
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span


def items_by_section(outline: Outline) -> list[list[ListQuestion]]:
    """All items as questions, those under one heading together."""
    headings = [heading.line for heading in outline.headings]
    items = list(list_lines(outline))
    last = len(outline.lines) + 1
    ends = [*(item.number for item in items[1:]), last]
    sections: dict[int, list[ListQuestion]] = defaultdict(list)
    for item, end in zip(items, ends, strict=False):
        sections[bisect_right(headings, item.number)].append(read_question(outline, item, end))
    return list(sections.values())


def best_kind(outline: Outline, found: Sequence[ListQuestion]) -> list[ListQuestion]:
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


def best_by_rules(outline: Outline, found: Sequence[ListQuestion]) -> list[ListQuestion]:
    """The questions of each list that begins anew under a rule, where all together ask nothing.

    An article that counts its points can end with a list of questions.
    """
    parts: list[list[ListQuestion]] = [[]]
    last = 0
    for question in found:
        number = question.item.number
        begins = last > 0 and question.item.ordinal <= 1
        if begins and any(is_rule(outline, at) for at in range(last + 1, number)):
            parts.append([])
        parts[-1].append(question)
        last = number
    return [each for part in parts for each in best_kind(outline, part)] if parts[1:] else []


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
    replied = _replied(outline, siblings)
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
    return [
        replace(
            each if has_tails else _whole(outline, each),
            base=base,
            is_marked=each.is_marked or is_told,
        )
        for each in picked
    ]


_MOST = 0.6
"""The share of a list's items that is most of them."""


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


_DRIFT = 3
"""So many columns a counted item stands further right than the first without being inside."""


def _is_reply(outline: Outline, item: ListLine) -> bool:
    return reply_at(outline, item.number) is not None or shows_answer(item.text)


def _replied(outline: Outline, found: Sequence[ListQuestion]) -> int:
    """How many have the label of an answer below them, code and options between."""
    ends = [*(each.item.number for each in found[1:]), len(outline.lines) + 1]
    count = 0
    for each, end in zip(found, ends, strict=False):
        start = each.rest.start
        limit = min(end, start + _FARTHEST, outline.section_end(each.item.number))
        count += any(
            not outline.is_verbatim[number - 1] and reply_at(outline, number) is not None
            for number in range(start, limit)
        )
    return count


_FARTHEST = 40
"""So many lines below its question the label of an answer is looked for."""


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
