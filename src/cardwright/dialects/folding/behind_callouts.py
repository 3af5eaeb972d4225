"""What answers a callout from behind it: another callout, or the text below its title."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.answers.stretch import is_boundary, is_heading
from cardwright.dialects.folding.callout_kinds import is_answer, is_hint
from cardwright.dialects.folding.callout_marks import Callout
from cardwright.dialects.folding.summaries import says_answer, says_hint
from cardwright.dialects.text.breaks import is_break
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span, cut
from cardwright.model import Line


def answers_behind(outline: Outline, callout: Callout, behind: Iterator[Callout]) -> list[Callout]:
    """The callouts with hints and answers that come next, headings that say so between them.

    Empty where no answer is among them. Before the first, a few lines of text go on asking.
    """
    found: list[Callout] = []
    at = callout.end
    for other in behind:
        if other.start < at:
            continue  # in the one before
        lines = outline.lines[at - 1 : other.start - 1]
        is_part = is_answer(other) or is_hint(other)
        is_next = all(map(_leads_to_answer, lines))
        is_near = not found and _is_solution(other) and _goes_on_asking(lines)
        if not is_part or not (is_next or is_near):
            break
        found.append(other)
        at = other.end
    while found and not is_answer(found[-1]):
        found.pop()
    return found


def text_between(outline: Outline, callout: Callout, following: Callout) -> list[Line]:
    """The lines of text that stand between a question and the first of its hints and answers."""
    lines = outline.lines[callout.end - 1 : following.start - 1]
    if all(map(_leads_to_answer, lines)):
        return []
    return cut(outline.lines, replace(callout.around, start=callout.end, end=following.start))


def _is_solution(callout: Callout) -> bool:
    return is_answer(callout) and _REMARKS.isdisjoint(callout.kinds)


_REMARKS = frozenset({"success", "check", "done"})
"""Kinds of answers that may also remark on something else."""


def _goes_on_asking(lines: Sequence[str]) -> bool:
    return sum(bool(text.strip()) for text in lines) <= _MOST_LINES and not any(
        map(is_boundary, lines)
    )


_MOST_LINES = 12
"""Between a question and its solution are at most so many lines of text."""


def _leads_to_answer(text: str) -> bool:
    if is_heading(text):
        title = text.strip("# \t")
        return says_answer(title) or says_hint(title)
    return not text.strip() or is_break(text)


def text_below(outline: Outline, callout: Callout, following: Callout | None) -> Span:
    """What answers a callout that is a title alone: the text up to a heading, rule or callout."""
    limit = following.start if following else len(outline.lines) + 1
    limit = max(min(limit, outline.section_end(callout.start)), callout.end)
    for at in range(callout.end, limit):
        if not outline.is_verbatim[at - 1] and is_boundary(outline.lines[at - 1]):
            return replace(callout.around, start=callout.end, end=at)
    return replace(callout.around, start=callout.end, end=limit)


def opens_section(outline: Outline, callout: Callout) -> bool:
    """Whether a callout is the first thing under a heading."""
    at = bisect_right(outline.headings, callout.start, key=lambda heading: heading.line)
    above = outline.headings[at - 1] if at else None
    return above is not None and not any(
        text.strip() for text in outline.lines[above.body - 1 : callout.start - 1]
    )
