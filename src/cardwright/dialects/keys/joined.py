"""The numbers of questions joined with the entries of a key that have the same."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.dialects.keys.entries import Entry
from cardwright.dialects.keys.numbered import Mark, Run
from cardwright.dialects.text.breaks import is_break
from cardwright.dialects.text.outline import Heading
from cardwright.dialects.text.part_titles import without_part_title
from cardwright.dialects.text.question import Outline


@dataclass(frozen=True, slots=True)
class Asked:
    """A mark of a question, the line at which its text is over, and its entry, if it has one."""

    mark: Mark
    end: int
    entry: Entry | None


def joined(
    outline: Outline, found: Sequence[Run], told: Sequence[Sequence[Entry]], limit: int
) -> list[Asked]:
    """The marks with the entries of their numbers, those that have none too.

    The runs of both are joined in order, the last with the last; a single run of answers with
    the run that has most of its numbers.
    """
    starts = [mark.line for run in found for mark in run]
    ends = dict(zip(starts, [*starts[1:], limit], strict=True))
    if len(told) == 1:
        numbers = {entry.number for entry in told[0]}
        best = max(found, key=lambda run: (sum(m.number in numbers for m in run), run[0].line))
        pairs = [(best, told[0])]
    else:
        pairs = list(zip(found[-len(told) :], told[-len(found) :], strict=True))
    joined: list[Asked] = []
    for run, answers in pairs:
        by_number = {entry.number: entry for entry in answers}
        for mark in run:
            end = min(ends[mark.line], limit, _section_end(outline, mark))
            end = _without_caption(outline, mark, _to_rule(outline, mark.line + 1, end))
            joined.append(Asked(mark, end, by_number.get(mark.number)))
    return joined


def count_answered(found: Sequence[Asked]) -> int:
    return sum(one.entry is not None for one in found)


def _section_end(outline: Outline, mark: Mark) -> int:
    if not mark.level:
        return outline.section_end(mark.line)
    heading = heading_at(outline, mark.line)
    return heading.end if heading else mark.line + 1


def heading_at(outline: Outline, line: int) -> Heading | None:
    at = bisect_left(outline.headings, line, key=lambda heading: heading.line)
    found = outline.headings[at : at + 1]
    return found[0] if found and found[0].line == line else None


def _to_rule(outline: Outline, start: int, end: int) -> int:
    """The line of the first rule, or of the title of a part right above ``end``."""
    rules = (
        number
        for number in range(start, end)
        if is_break(outline.lines[number - 1]) and not outline.is_verbatim[number - 1]
    )
    first = next(rules, end)
    return without_part_title(outline.lines, outline.is_verbatim, start, first)


def _without_caption(outline: Outline, mark: Mark, end: int) -> int:
    """The end without a rule, and without a bold line that is about the questions behind it."""
    last = end
    while last > mark.line + 1:
        text = outline.lines[last - 2]
        is_caption = _CAPTION.match(text) and not outline.lines[last - 3].strip()
        if text.strip() and not is_caption and not is_break(text):
            break
        last -= 1
    return last


_CAPTION = re.compile(r"[ \t]*(?:\*\*|__)[^*_]+(?:\*\*|__):?[ \t]*$")
