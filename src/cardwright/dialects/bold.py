"""Dialect ``bold``: ``**Q4: What is a leaf?**``, a line of bold, asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from cardwright.blocks.rows import Row
from cardwright.dialects.asking import Asking, asking_lines
from cardwright.dialects.endings import ends_of_answers
from cardwright.dialects.line_answers import question_of
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import asks, is_never_a_question
from cardwright.wording.signs import is_rule

_MOST = 0.6
"""The share of bold lines that is most of them."""
_FEWEST = 3
"""The fewest bold lines with an answer on the same line that make a form."""


def bold(outline: Outline) -> tuple[Question, ...]:
    """Return the bold lines that ask, with what they share and other lines do not.

    They may share a label (``Q4:``), a picture at their end, or a number that counts. If they do, a
    line that asks without it is a part of an answer. If they share nothing, the wording decides.
    Bold lines such as ``**Note:**`` are text.
    """
    lines = [each for each in outline.once(asking_lines) if each.is_bold]
    apart = {each.line for each in lines if _is_apart(outline, each)}
    kinds = {_kind(each.row) for each in lines if each.row.ordinal and each.line in apart}
    every = [each for each in lines if each.line in apart or _is_open(outline, each, kinds)]
    able = [each for each in every if not is_never_a_question(each.text)]
    found = [
        *_of_one_mark(outline, [each for each in able if not each.tail]),
        *_leads(outline, able),
    ]
    found.sort(key=lambda each: each.line)
    ends = ends_of_answers(outline, [each.line for each in found])
    pairs = zip(found, ends, strict=True)
    return tuple(question_of(outline, *pair, "a line of bold") for pair in pairs)


def _is_apart(outline: Outline, each: Asking) -> bool:
    """Whether it is not a list item, or is one with its answer outside of the item."""
    if not each.row.marker:
        return True
    below = _below(outline, each)
    return below is not None and below.indent == 0 and below.kind[:1] != each.row.kind[:1]


def _is_open(outline: Outline, each: Asking, kinds: Collection[tuple[str, int]]) -> bool:
    """Whether nothing answers a counted item, and the answers to others of its kind are outside."""
    below = _below(outline, each)
    is_able = not each.tail and _kind(each.row) in kinds
    return is_able and (below is None or _kind(below) == _kind(each.row))


def _below(outline: Outline, each: Asking) -> Row | None:
    """Return the next line with text, at most two blank lines below."""
    rows = outline.rows[each.lines[-1].number : each.lines[-1].number + 3]
    return next((row for row in rows if not row.is_blank), None)


def _kind(row: Row) -> tuple[str, int]:
    return row.kind, row.indent


def _leads(outline: Outline, found: Sequence[Asking]) -> list[Asking]:
    """Return the questions with their answer on the same line, if they are three and most lines."""
    every = [each for each in found if each.tail]
    leads = [each for each in every if each.has_mark]
    is_common = len(leads) >= max(_FEWEST, _MOST * len(every))
    return leads if is_common else [each for each in leads if outline.knows(each.text)]


def _of_one_mark(outline: Outline, lines: Sequence[Asking]) -> list[Asking]:
    """Return the lines with the mark of most asking lines; without one, the lines that ask."""
    asking = [each for each in lines if each.is_label or each.has_mark]
    least = _MOST * len(asking)
    labelled = [each for each in lines if each.is_label or outline.knows(each.text)]
    if sum(each.is_label for each in labelled) >= max(_FEWEST, least):
        return labelled
    signs = Counter(sign for each in lines for sign in {*each.signs})
    common = {sign for each in asking for sign in each.signs if signs[sign] > 1}
    if common and sum(bool(common & {*each.signs}) for each in asking) >= least:
        return [each for each in lines if common & {*each.signs} or each.has_mark]
    numbered = [each for each in lines if each.number.isdigit() or outline.knows(each.text)]
    counted = sum(each.asks for each in numbered)
    if (counted > 1 or len(numbered) >= _FEWEST) and counted >= max(1, least):
        return numbered
    if lettered := _lettered(lines):
        return lettered
    likely = [each for each in lines if each.asks]
    if len(likely) < _MOST * len(lines):
        return asking
    first = sum(_begins_a_part(outline, each) for each in lines)
    if len(likely) >= _FEWEST and first * 5 >= len(lines) * 4:
        return list(lines)
    return likely if len(asking) * 2 >= len(likely) else asking


def _begins_a_part(outline: Outline, each: Asking) -> bool:
    """Whether a line is the first one below a heading or a rule."""
    rows = (outline.rows[at] for at in range(each.line - 2, -1, -1))
    above = next((row for row in rows if row.text), None)
    return above is None or above.level > 0 or is_rule(above.raw)


def _lettered(lines: Sequence[Asking]) -> list[Asking]:
    """Return the lines with a letter, ``**b. Name a root**``, if they are several and most ask."""
    found = [(each, match.end()) for each in lines if (match := _LETTER.match(each.text))]
    asking = sum(asks(each.text[end:]) for each, end in found)
    is_form = len(found) >= _FEWEST and asking >= _MOST * len(found)
    return [each._replace(is_label=True) for each, _ in found] if is_form else []


_LETTER = re.compile(r"[*_]{0,3}[a-z]'{0,2}[.)]\s+")
