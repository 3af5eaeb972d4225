"""Options that a text offers, and what settles which is right: ticks, a line, a gap, or nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.dialects.answers.asked_above import Spot
from cardwright.dialects.counting import Counting
from cardwright.dialects.multiple_choice.filled_gaps import gap_above
from cardwright.dialects.multiple_choice.options import Option, tells
from cardwright.dialects.multiple_choice.right_answers import naming_line
from cardwright.dialects.text.breaks import RULE
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span

TICKED, NAMED, OPEN = "ticked", "named", "open"


@dataclass(frozen=True, slots=True)
class Offer:
    """Options, and what tells the right one: ticks, a line or a gap that names it, or nothing."""

    spot: Spot
    kind: str


_FARTHEST = 12
"""How many lines with text stand between options and the line that names the right one."""


def offers(outline: Outline, told: Sequence[Spot], counting: Counting) -> list[Offer]:
    """All options but those that a line ``Answer: …`` of ``told`` answers otherwise."""
    found = _groups_outside_of_folds(outline)
    limits = [*(options[0].start + 1 for options in found[1:]), len(outline.lines) + 1]
    below = [spot for spot in told if spot.answer.column == 1]
    kept: list[Offer] = []
    for options, limit in zip(found, limits, strict=False):
        line, behind = options[0].start + 1, options[-1].end + 1
        following = counting.next_asking(counting.above(line))
        limit = min(limit, following) if following and following >= behind else limit
        end = _told_until(outline, options, limit)
        kind = NAMED
        if not end and tells(options):
            kind = TICKED
        elif not end and not _is_filled_in(outline, options):
            kind = OPEN
        if kind != OPEN or not _are_within(below, options[-1].end, limit):
            end = end or behind
            kept.append(Offer(Spot(line, Span(line, end, options[0].indent), end), kind))
    return kept


def _groups_outside_of_folds(outline: Outline) -> list[tuple[Option, ...]]:
    """The options that are asked; those in an answer that is folded away are not."""
    folds = outline.telling_folds
    starts = [fold.start for fold in folds]
    found: list[tuple[Option, ...]] = []
    for options in outline.options:
        at = bisect_right(starts, options[0].start + 1) - 1
        if at < 0 or options[0].start + 1 >= folds[at].end:
            found.append(options)
    return found


def _told_until(outline: Outline, options: tuple[Option, ...], limit: int) -> int:
    """The line after the one that says which option is right, 0 where none is said to be."""
    labels = [option.label for option in options if option.label]
    count = 0
    for number in range(options[-1].end + 1, limit) if labels else ():
        text = outline.lines[number - 1]
        if outline.is_verbatim[number - 1] or not text.strip():
            continue
        at = naming_line(outline.lines, number - 1, labels)
        if at is not None:
            return at + 2
        count += 1
        if count > _FARTHEST or _BREAK.match(text):
            break
    return 0


_BREAK = re.compile(rf" {{0,3}}#{{1,6}}\s|{RULE}$")


def _is_filled_in(outline: Outline, options: tuple[Option, ...]) -> bool:
    """Whether the question above names the right ones in its gap."""
    labels = [option.label for option in options if option.label]
    return gap_above(outline.lines, outline.is_verbatim, options[0].start, labels) is not None


def _are_within(spots: Sequence[Spot], start: int, end: int) -> bool:
    at = bisect_left(spots, start, key=lambda spot: spot.line)
    return at < len(spots) and spots[at].line < end
