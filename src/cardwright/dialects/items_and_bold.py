"""Dialects ``list-items`` and ``bold``: ``1. What is a leaf?`` and ``**What is a leaf?**`` ask.

What follows the item or the bold line answers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from cardwright.blocks.signs import LISTED, QUESTION_MARK
from cardwright.dialects.asking import (
    LINK_ALONE,
    Asking,
    asking_lines,
    is_inside,
    led_by_bold,
    reply_at,
    whole,
)
from cardwright.dialects.endings import (
    Body,
    Ending,
    EndRule,
    end_of_answer,
    ends_of_answers,
    has_text,
)
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, nothing_at
from cardwright.wording import is_never_a_question
from cardwright.wording.words import Concept, alternatives, lazy_pattern

_MOST = 0.6
"""The share of items, or of bold lines, that is most of them."""
_FEWEST = 3
"""So many counted items with a quotation under each are questions, whether they ask or not.

So many bold lines have their answer on the same line."""
_DRIFT = 3
"""So many columns a counted item stands further right than the first without being inside."""


def list_items(outline: Outline) -> tuple[Question, ...]:
    """The items that ask, of every list whose items mostly do; unanswered ones as well.

    A list is what has one kind of marker under one heading, however many lists CommonMark makes
    of it. Items that say "Answer", or count anew without asking, are parts of an answer. Where
    the settings name this dialect, every outermost item that holds something asks.
    """
    found = [each for items in _sections(outline) for each in _best_kind(outline, items)]
    found.sort(key=lambda each: each.line)
    return tuple(
        _question(outline, each, end, f"an item that begins with '{each.row.marker}'")
        for each, end in zip(found, _ends_of_items(outline, found), strict=True)
    )


def _sections(outline: Outline) -> list[list[Asking]]:
    """The items under each heading; a rule parts them where a list begins anew behind it."""
    sections: defaultdict[tuple[int, int], list[Asking]] = defaultdict(list)
    part = last = 0
    for each in asking_lines(outline):
        if each.row.marker:
            at = bisect_right(outline.rules, each.line)
            part, last = (part + 1 if at > last and each.row.ordinal == 1 else part), at
            sections[bisect_right(outline.heading_lines, each.line), part].append(each)
    return list(sections.values())


def _best_kind(outline: Outline, items: Sequence[Asking]) -> list[Asking]:
    """The questions of the kind of items that asks most; of bullets those of each kind."""
    kinds: defaultdict[tuple[int, str], list[Asking]] = defaultdict(list)
    for each in items:
        kinds[each.row.quotes, each.row.kind].append(each)
    found = [_asking(outline, kind) for kind in kinds.values()]
    best = max(found, key=lambda kind: sum(map(_asks, kind)), default=[])
    if not best and "list-items" in outline.named:
        return _outermost(outline, items)
    if not best or best[0].row.ordinal:
        return best
    return [each for kind in found for each in kind if not each.row.ordinal]


def _outermost(outline: Outline, items: Sequence[Asking]) -> list[Asking]:
    """The items furthest left, whether they ask or not."""
    base = min((each.row.indent for each in items), default=0)
    outer = (each for each in items if each.row.indent == base and not _is_reply(outline, each))
    return [each._replace(base=base) for each in outer]


def _asking(outline: Outline, found: Sequence[Asking]) -> list[Asking]:
    """The questions among items of a kind; none where they do not mostly ask."""
    strong = [each for each in found if each.has_mark or each.is_label]
    likely = [each for each in found if _asks(each)]
    base = min(each.row.indent for each in strong or likely or found)
    siblings = _counting(outline, found, base)
    told = _replied(outline, siblings)
    is_told = told > 1 and told >= _MOST * len(siblings)
    if len(siblings) >= _FEWEST and not is_told:
        is_told = all(_is_over_quote(outline, each) for each in siblings)
    if not siblings or (sum(map(_asks, siblings)) * 2 < len(siblings) and not is_told):
        return []
    picked = [each._replace(base=base, is_label=each.is_label or is_told) for each in siblings]
    return _with_tails(outline, picked)


def _is_over_quote(outline: Outline, each: Asking) -> bool:
    """Whether the first thing below a counted item is a quotation inside of it."""
    below = (row for row in outline.rows[each.line : each.line + 2] if not row.is_blank)
    first = next(below, each.row)
    is_quote = first.quotes > 0 or first.text.startswith(">")
    return bool(each.row.ordinal and is_quote and not each.row.quotes and is_inside(outline, first))


_STEP = lazy_pattern(rf"(?i)\W*{alternatives(Concept.STEPS)}\b")


def _asks(each: Asking) -> bool:
    """Whether an item asks; words that begin the step of a recipe as well do not count."""
    is_likely = each.has_words and not _STEP.match(each.text)
    return each.has_mark or each.is_label or is_likely


def _counting(outline: Outline, found: Sequence[Asking], base: int) -> list[Asking]:
    """The items at the column ``base`` but for answers and what counts anew."""
    kept: list[Asking] = []
    last = 0
    for each in found:
        row = each.row
        is_deeper = row.indent > base + (_DRIFT if row.ordinal else 0)
        if row.indent < base or is_deeper or _is_reply(outline, each):
            continue
        if not row.ordinal or row.ordinal > last or _asks(each):
            kept.append(each)
            last = row.ordinal
    return kept


def _is_reply(outline: Outline, each: Asking) -> bool:
    return reply_at(outline, each.line) is not None


def _question(outline: Outline, each: Asking, end: Ending, rule: str) -> Question:
    """The question that a line asks, its answer over at ``end``."""
    span = _answer_span(outline, each, end.line)
    lines = [line.text[:_FAR] for line in cut(outline.lines, span) if line.text.strip()]
    if not each.tail and all(map(_ASKING.fullmatch, lines)):
        # Nothing answers but the item itself, if that is a link.
        is_link = LINK_ALONE.fullmatch(each.row.text)
        span = Span(each.line, each.line + 1, column=each.row.offset + 1)
        span = span if is_link else nothing_at(each.rest.start)
    question = asked(each.lines, span, line=each.line, is_marked=each.is_label)
    return question._replace(number=each.number, rule=rule, ending=end.rule)


_FAR = 300
_ASKING = re.compile(
    rf"(?i)\s*{LISTED}\s.*{QUESTION_MARK}[\W_]*|\W*follow[- ]?ups?(?: questions?)?\W*"
)
"""Further questions are no answers."""


def _answer_span(outline: Outline, each: Asking, end: int) -> Span:
    """The answer up to line ``end``, without the label before it."""
    row, rest = each.row, each.rest
    if each.tail:
        return rest._replace(end=max(end, rest.end), indent=row.width)
    start = rest.start
    while start < end and outline.rows[start - 1].is_blank:
        start += 1
    label = reply_at(outline, start) if start < end else None
    if label is not None:
        return label.behind(end)
    width = row.width if row.marker else 0
    return Span(rest.start, max(end, rest.start), width, quotes=row.quotes)


def _ends_of_items(outline: Outline, found: Sequence[Asking]) -> list[Ending]:
    """Where the answer to each of the items of lists is over.

    What stands behind a blank line and left of the item's text is outside of it to CommonMark
    (section 5.2), but still the answer where the next question follows. Behind the last question of
    a list it is so only if other answers stand there too. One such answer is enough if nothing else
    answers the last question.
    """
    lines, bases = [each.line for each in found], [each.base for each in found]
    ends = ends_of_answers(outline, lines, bases)
    inside = [_inside(outline, each, end) for each, end in zip(found, ends, strict=True)]
    pairs = list(zip(inside, ends, strict=True))
    style = [inner.line < end.line for inner, end in pairs if end.rule is EndRule.NEXT]
    is_common, is_likely = sum(style) * 2 > len(style), any(style) or not style

    def is_open(each: Asking, inner: Ending) -> bool:
        """Whether nothing inside of the item answers it."""
        return not (each.tail or has_text(outline, each.rest.start, inner.line))

    return [
        end
        if end.rule is EndRule.NEXT or is_common or (is_likely and is_open(each, inner))
        else inner
        for each, (inner, end) in zip(found, pairs, strict=True)
    ]


def _inside(outline: Outline, each: Asking, end: Ending) -> Ending:
    """Where before ``end`` a line is left of the item's text."""
    last = each.rest.start if each.tail else each.lines[-1].number
    indent = each.row.indent + 1
    body = Body(last, last + 1, limit=end, quotes=each.row.quotes, indent=indent)
    return end_of_answer(outline, body, [EndRule.CONTAINER])


_FARTHEST = 40
"""So many lines below its question the label of an answer is looked for."""


def _replied(outline: Outline, found: Sequence[Asking]) -> int:
    """How many have the label of an answer below them, code and options between."""
    count = 0
    for each, following in zip(found, [*found[1:], None], strict=False):
        start = each.rest.start
        end = following.line if following else outline.section_end(each.line)
        below = range(start, min(end, start + _FARTHEST))
        count += any(reply_at(outline, number) is not None for number in below)
    return count


def _with_tails(outline: Outline, found: Sequence[Asking]) -> list[Asking]:
    """The questions; a sentence behind one on its line answers where most have one.

    It does, too, where nothing else answers that question, but most others.
    """
    ends = [*(each.line for each in found[1:]), outline.section_end(found[-1].line)]
    has_more = [
        has_text(outline, each.lines[-1].number + 1, end)
        for each, end in zip(found, ends, strict=True)
    ]
    is_most = sum(each.tail != "" for each in found) * 2 >= len(found)
    if sum(each.is_bold and each.tail != "" for each in found) * 2 >= len(found):
        found = [each if each.tail else led_by_bold(outline, each) for each in found]
    is_told = sum(has_more) * 2 >= len(found)
    return [
        each if is_most or (is_told and not more) else whole(outline, each)
        for each, more in zip(found, has_more, strict=True)
    ]


def bold(outline: Outline) -> tuple[Question, ...]:
    """The bold lines that ask, and what they have in common with those that do not.

    That is a label (``Q4:``), a picture at their end, a number that goes on counting. Where it
    is common, one that asks without it is a part of an answer; where nothing is, the wording
    decides. Bold lines such as ``**Note:**`` are text.
    """
    every = [each for each in asking_lines(outline) if each.is_bold and _is_apart(outline, each)]
    able = [each for each in every if not is_never_a_question(each.text)]
    found = [*_of_one_mark([each for each in able if not each.tail]), *_leads(able)]
    found.sort(key=lambda each: each.line)
    ends = ends_of_answers(outline, [each.line for each in found])
    pairs = zip(found, ends, strict=True)
    return tuple(_question(outline, *pair, "a line of bold") for pair in pairs)


def _is_apart(outline: Outline, each: Asking) -> bool:
    """Whether it is no list item, or one whose answer stands outside of it."""
    if not each.row.marker:
        return True
    rows = outline.rows[each.lines[-1].number : each.lines[-1].number + 3]
    below = next((row for row in rows if not row.is_blank), None)
    return below is not None and below.indent == 0 and below.kind[:1] != each.row.kind[:1]


def _leads(found: Sequence[Asking]) -> list[Asking]:
    """The questions with their answer on the same line: three, and most of such lines."""
    every = [each for each in found if each.tail]
    leads = [each for each in every if each.has_mark]
    return leads if len(leads) >= max(_FEWEST, _MOST * len(every)) else []


def _of_one_mark(lines: Sequence[Asking]) -> list[Asking]:
    """The lines with the mark that most of those that ask have; where none is, those that ask."""
    asking = [each for each in lines if each.is_label or each.has_mark]
    least = _MOST * len(asking)
    signs = Counter(sign for each in lines for sign in {*each.signs})
    common = {sign for each in asking for sign in each.signs if signs[sign] > 1}
    if common and sum(bool(common & {*each.signs}) for each in asking) >= least:
        return [each for each in lines if common & {*each.signs} or each.has_mark]
    numbered = [each for each in lines if each.number.isdigit()]
    counted = sum(each.asks for each in numbered)
    if counted > 1 and counted >= max(_MOST * len(numbered), least):
        return numbered
    likely = [each for each in lines if each.asks]
    is_most = len(likely) >= _MOST * len(lines) and len(asking) * 2 >= len(likely)
    return likely if is_most else asking
