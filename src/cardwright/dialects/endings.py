"""Where the answers to questions end that are no headings: bold lines, list items."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from cardwright.dialects.question import Outline


def answer_ends(outline: Outline, starts: Sequence[int]) -> list[int]:
    """For each question, by its line, the line at which its answer is over.

    ``starts`` are in order. That is the next question, the end of the section, or a heading in
    it at the level of those that the questions stand under; what is deeper is a part of the
    answer.
    """
    lines = [heading.line for heading in outline.headings]
    level = _level_above(outline, starts)
    ends: list[int] = []
    for start, following in zip(starts, [*starts[1:], None], strict=False):
        end = outline.section_end(start)
        end = end if following is None else min(end, following)
        below = outline.headings[bisect_right(lines, start) : bisect_left(lines, end)]
        ends.append(next((each.line for each in below if _is_over(each.level, level)), end))
    return ends


def _is_over(level: int, level_above: int | None) -> bool:
    return level_above is None or level <= level_above


def _level_above(outline: Outline, starts: Sequence[int]) -> int | None:
    """The deepest level of headings right above a question; ``None`` where there is none."""
    above = [
        heading.level
        for heading in outline.headings
        if (at := bisect_left(starts, heading.body)) < len(starts)
        and not _has_text(outline.lines, heading.body, starts[at])
    ]
    return max(above, default=None)


def _has_text(lines: Sequence[str], start: int, end: int) -> bool:
    return any(lines[number - 1].strip() for number in range(start, end))
