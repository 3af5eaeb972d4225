"""Where the answers to questions end that are no headings: bold lines, list items."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from cardwright.dialects.labels import Label
from cardwright.dialects.pair_labels import pair_labels
from cardwright.dialects.text.part_titles import without_titles
from cardwright.dialects.text.question import Outline


def answer_ends(outline: Outline, starts: Sequence[int]) -> list[int]:
    """For each question, by its line, the line at which its answer is over.

    ``starts`` are in order. That is the next question, the end of the section, a heading in it
    at the level of those that the questions stand under (what is deeper is a part of the
    answer), or a question with its answer that labels mark (``**Q:** …``), or the title of a part.
    """
    lines = [heading.line for heading in outline.headings]
    level = _level_above(outline, starts)
    pairs = _pairs(outline) if starts else []
    ends: list[int] = []
    for start, following in zip(starts, [*starts[1:], None], strict=False):
        end = outline.section_end(start)
        end = end if following is None else min(end, following)
        below = outline.headings[bisect_right(lines, start) : bisect_left(lines, end)]
        end = next((each.line for each in below if _is_over(each.level, level)), end)
        inside = pairs[bisect_right(pairs, start, key=_line) : bisect_left(pairs, end, key=_line)]
        is_last = following != end
        end = next((each.line for each in inside if is_last or each.opening), end)
        if end == following:
            end = without_titles(outline.lines, outline.is_verbatim, start + 1, end)
        ends.append(end)
    return ends


def _line(label: Label) -> int:
    return label.line


def _pairs(outline: Outline) -> list[Label]:
    """The labels of questions at the left margin behind a blank line, their answers labelled too.

    Plain ones between two questions may be an example: what is said to a model, an interview.
    """
    found = pair_labels(outline)
    labels = [pair.question for pair in found if pair.answer is not None]
    return [
        label
        for label in labels
        if not (
            label.indent
            or label.quotes
            or "".join(outline.lines[label.line - 2 : label.line - 1]).strip()
        )
    ]


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
