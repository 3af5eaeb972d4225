"""Finds the answer to a line that asks, ``1. What is a leaf?``: the text below or after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cardwright.dialects.asking import (
    LINK_ALONE,
    Asking,
    led_by_bold,
    replies,
    reply_below,
    with_tail,
)
from cardwright.dialects.endings import (
    Body,
    Ending,
    EndRule,
    end_of_answer,
    ends_of_answers,
    has_text,
    quotes_below,
)
from cardwright.dialects.text.order import with_next
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.wording.signs import LISTED, QUESTION_MARK


def question_of(outline: Outline, each: Asking, end: Ending, rule: str) -> Question:
    """Return the question that a line asks. Its answer ends at ``end``."""
    span = _answer_span(outline, each, end.line)
    rows = [line for line in cut(outline.lines, span) if line.text.strip()]
    is_link = LINK_ALONE.fullmatch(each.row.text)
    is_apart = bool(is_link and rows and outline.rows[rows[0].number - 1].level)
    if not each.tail and (is_apart or all(_ASKING.fullmatch(row.text[:_FAR]) for row in rows)):
        # Nothing answers but the item itself, if that is a link. A section below does not.
        span = Span(each.line, each.line + 1, column=each.row.offset + 1)
        span = span if is_link else nothing_at(each.rest.start)
    question = asked(each.lines, span, line=each.line, is_marked=each.is_label)
    return question._replace(number=each.number, rule=rule, ending=end.rule)


_FAR = 300
_ASKING = re.compile(
    rf"(?i)\s*{LISTED}\s.*{QUESTION_MARK}[\W_]*|\W*follow[- ]?ups?(?: questions?)?\W*"
)
"""Further questions are not answers."""


def _answer_span(outline: Outline, each: Asking, end: int) -> Span:
    """Return the answer up to line ``end``, without the label before it."""
    row, rest = each.row, each.rest
    if each.tail:
        until = 0 if has_text(outline, rest.end, end) else rest.until
        end = rest.end if until else max(end, rest.end)
        return rest._replace(end=end, indent=row.width, until=until)
    label = reply_below(outline, rest.start, end)
    if label is not None:
        return label.behind(end)
    width = row.width if row.marker else 0
    quotes = quotes_below(outline, rest.start - 1)
    return Span(rest.start, max(end, rest.start), width, quotes=quotes)


def ends_of_items(outline: Outline, found: Sequence[Asking]) -> list[Ending]:
    """Return where the answer to each list item ends.

    Text after a blank line that is not indented is outside of the item (CommonMark, section 5.2).
    It still belongs to the answer if another question follows. After the last question of a list,
    it does if most other answers continue there. One is enough if nothing in the item answers.
    """
    lines, bases = [each.line for each in found], [each.base for each in found]
    ends = ends_of_answers(outline, lines, bases)
    inside = [_inside(outline, each, end) for each, end in zip(found, ends, strict=True)]
    if len(found) == 1:  # a line above sections is no question of theirs
        ends = [
            end_of_answer(outline, Body(lines[0], lines[0] + 1, 0, ends[0], 6), [EndRule.HEADING])
        ]
    pairs = list(zip(inside, ends, strict=True))
    style = [inner.line < end.line for inner, end in pairs if end.rule is EndRule.NEXT]
    is_common, is_likely = sum(style) * 2 > len(style), any(style) or not style

    def is_open(each: Asking, inner: Ending) -> bool:
        """Whether nothing inside the item answers it. Code at the margin is not inside."""
        rows = outline.rows[each.rest.start - 1 : inner.line - 1]
        inside = (row.raw for row in rows if row.indent or not row.is_verbatim)
        return not (each.tail or any(map(str.strip, inside)))

    return [
        end
        if end.rule is EndRule.NEXT or is_common or (is_likely and is_open(each, inner))
        else inner
        for each, (inner, end) in zip(found, pairs, strict=True)
    ]


def _inside(outline: Outline, each: Asking, end: Ending) -> Ending:
    """Return where a line is left of the item's text, before ``end``."""
    last = each.rest.start if each.tail else each.lines[-1].number
    indent = each.row.indent + 1
    body = Body(last, last + 1, limit=end, quotes=each.row.quotes, indent=indent)
    return end_of_answer(outline, body, [EndRule.CONTAINER])


_FARTHEST = 40
"""The most lines below a question in which the label of an answer is looked for."""
_MOST = 0.6
"""The share of items that is most of them."""


def are_replied(outline: Outline, found: Sequence[Asking]) -> bool:
    """Whether most have the label of an answer below them."""
    replied = 0
    for each, following in with_next(found):
        start = each.rest.start
        end = following.line if following else outline.section_end(each.line)
        below = range(start, min(end, start + _FARTHEST))
        replied += not outline.once(replies).keys().isdisjoint(below)
    return replied > 1 and replied >= _MOST * len(found)


_DRIFT = 3
"""The most columns by which a counted item may be right of the first without being inside."""


def not_inside(found: Iterable[Asking], base: int) -> Iterator[Asking]:
    """Yield the items at the column ``base`` that are not inside of another item.

    A list that begins with 1 further right is inside, with all of its items.
    """
    nested, is_first = 0, True
    for each in found:
        indent, ordinal = each.row.indent, each.row.ordinal
        if indent < nested or (ordinal == 1 and not is_first):
            nested = indent if indent > base and ordinal == 1 else 0
        is_deeper = indent > base + (_DRIFT if ordinal else 0) or 0 < nested <= indent
        if indent >= base and not is_deeper:
            is_first = False
            yield each


def with_tails(outline: Outline, found: Sequence[Asking]) -> list[Asking]:
    """Return the questions. If most have a sentence after them on their line, it answers.

    It also answers if nothing else answers that question, but most others have another answer.
    """
    ends = [*(each.line for each in found[1:]), outline.section_end(found[-1].line)]
    has_more = [
        has_text(outline, each.lines[-1].number + 1, end)
        for each, end in zip(found, ends, strict=True)
    ]
    is_most = sum(each.tail != "" for each in found) * 2 >= len(found)
    if sum(each.is_bold and each.tail != "" for each in found) * 2 >= len(found):
        found = [each if each.tail else led_by_bold(outline, each) for each in found]
    is_common = sum(has_more) * 2 >= len(found)
    return [
        each if is_most or (is_common and not more) else with_tail(outline, each)
        for each, more in zip(found, has_more, strict=True)
    ]
