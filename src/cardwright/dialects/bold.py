"""Dialect B: ``**Q4: What is a token?**``, a line of bold asks, and what follows it answers."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from cardwright.blocks.rows import Row
from cardwright.blocks.signs import has_gap
from cardwright.dialects.asking import Asking, asking_lines
from cardwright.dialects.endings import Ending, EndRule, ends_of_answers
from cardwright.dialects.item_answers import question_of
from cardwright.dialects.text.lettered_questions import without_letters
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording import is_never_a_question

_MOST = 0.6
"""The share of the bold lines that is most of them."""
_FEWEST = 3
_FEWEST_PROMPTS = 5
"""So many lines with one line under each, and nothing else in their section, are no accident."""


def bold(outline: Outline) -> tuple[Question, ...]:
    """The bold lines that ask, and what they have in common with those that do not.

    That is a label (``Q4:``), a picture at their end, a number that goes on counting. Where it
    is common, one that asks without it is a part of an answer; where nothing is, the wording
    decides. Bold lines such as ``**Note:**`` are text.
    """
    every = [each for each in asking_lines(outline) if each.is_bold and _is_apart(outline, each)]
    found = [each for each in every if not is_never_a_question(each.text)]
    whole = [each for each in found if not each.tail]
    prompts = _prompts(outline, whole)
    picked = {each.line for each in (*_of_one_mark(whole), *_leads(found), *prompts)}
    marked = {each.line for each in prompts}
    lines = [each for each in found if each.line in picked]
    ends = ends_of_answers(outline, [each.line for each in lines])
    ends = _before_titles(outline, every, lines, ends)
    rule = "a line of bold"
    return without_letters(
        [
            question_of(outline, each, end, rule, is_marked=each.line in marked)
            for each, end in zip(lines, ends, strict=True)
        ]
    )


def _is_apart(outline: Outline, each: Asking) -> bool:
    """Whether it is no list item, or one whose answer stands outside of it."""
    if not each.row.marker:
        return True
    rows = outline.rows[each.lines[-1].number : each.lines[-1].number + 3]
    below = next((row for row in rows if not row.is_blank), None)
    return below is not None and below.indent == 0 and below.kind[:1] != each.row.kind[:1]


def _leads(found: Sequence[Asking]) -> list[Asking]:
    """The questions with their answer on the same line: three, most of such lines, or labelled."""
    every = [each for each in found if each.tail]
    leads = [each for each in every if each.has_mark]
    labelled = [each for each in leads if each.is_label]
    if len(labelled) > 1 and len(labelled) == len(leads):
        return labelled
    return leads if len(leads) >= max(_FEWEST, _MOST * len(every)) else []


def _of_one_mark(lines: Sequence[Asking]) -> list[Asking]:
    """The lines with the mark that most of those that ask have; where none is, those that ask."""
    asking = [each for each in lines if each.is_label or each.has_mark]
    signs = Counter(sign for each in lines for sign in {*each.signs})
    common = {sign for each in asking for sign in each.signs if signs[sign] > 1}
    least = _MOST * len(asking)
    labelled = [each for each in lines if each.is_label]
    if labelled and len(labelled) >= least:
        return labelled
    if common and sum(bool(common & {*each.signs}) for each in asking) >= least:
        return [each for each in lines if common & {*each.signs} or each.has_mark]
    likely = [each for each in lines if _reads_like_one(each)]
    numbered = [each for each in lines if each.number.isdigit()]
    counted = sum(map(_reads_like_one, numbered))
    if counted > 1 and counted >= max(_MOST * len(numbered), least):
        return _counting(numbered)
    is_most = len(likely) >= _MOST * len(lines) and len(asking) * 2 >= len(likely)
    return likely if is_most else asking


def _reads_like_one(each: Asking) -> bool:
    return each.has_mark or each.is_label or each.has_words


def _counting(numbered: Sequence[Asking]) -> list[Asking]:
    """The numbered lines that ask, and those between them that go on counting."""
    found: list[Asking] = []
    for each in numbered:
        if _reads_like_one(each) or (found and int(each.number) > int(found[-1].number)):
            found.append(each)
    return found


def _prompts(outline: Outline, lines: Sequence[Asking]) -> list[Asking]:
    """The bold lines of all sections that hold nothing else than those and a line under each.

    One of them has a gap to fill, and another one that or a question mark; the others may be
    terms, or begin a sentence that the answer ends.
    """
    sections: defaultdict[int, list[Asking]] = defaultdict(list)
    for each in lines:
        sections[bisect_right(outline.heading_lines, each.line)].append(each)
    found: list[Asking] = []
    for section in sections.values():
        gaps = sum(has_gap(each.text) for each in section)
        asking = gaps + sum(each.has_mark for each in section)
        if len(section) >= _FEWEST_PROMPTS and gaps and asking > 1:
            begins = [*(each.line for each in section), outline.section_end(section[0].line)]
            rows = (outline.rows[begin - 1 : end - 1] for begin, end in pairwise(begins))
            found += section if all(map(_is_pair, rows)) else []
    return found


def _is_pair(rows: Sequence[Row]) -> bool:
    """Whether the rows are a line, another one under it, and nothing else."""
    is_blank = [row.is_blank for row in rows]
    return is_blank[:2] == [False, False] and all(is_blank[2:])


def _before_titles(
    outline: Outline, every: Sequence[Asking], lines: Sequence[Asking], ends: list[Ending]
) -> list[Ending]:
    """The ends, the last one at a bold title such as "References" that no other answer holds.

    One with a colon leads in to a part of the answer.
    """
    if not lines:
        return ends
    titles = [
        each.line
        for each in every
        if is_never_a_question(each.text)
        and not each.tail
        and not each.text.rstrip().endswith((":", "："))
        and outline.rows[each.line - 2].is_blank
        and lines[0].line < each.line < ends[-1].line
    ]
    if titles and titles[0] > lines[-1].line:
        ends[-1] = Ending(titles[0], EndRule.CLOSING)
    return ends
