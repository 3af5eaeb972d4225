"""Dialect ``bold``: ``**Q4: What is a leaf?**``, a line of bold, asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cardwright.blocks.rows import Row
from cardwright.dialects.asking import Asking, asking_lines
from cardwright.dialects.bold_forms import FEWEST, MOST, of_one_form
from cardwright.dialects.endings import ends_of_answers
from cardwright.dialects.line_answers import question_of
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import is_never_a_question


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
        *of_one_form(outline, [each for each in able if not each.tail]),
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
    is_common = len(leads) >= max(FEWEST, MOST * len(every))
    return leads if is_common else [each for each in leads if outline.knows(each.text)]
