"""Dialect X: ``> [!question]- What is a leaf?``, a callout whose title or body asks.

The body answers, or a callout that says "answer" in it or behind it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from cardwright.dialects.folding.behind_callouts import (
    answers_behind,
    opens_section,
    text_below,
    text_between,
)
from cardwright.dialects.folding.callout_bodies import answer_in, has_text, parted_body, told_in
from cardwright.dialects.folding.callout_kinds import is_answer, is_generic, is_hint, is_question
from cardwright.dialects.folding.callout_marks import Callout
from cardwright.dialects.folding.callout_marks import callouts as all_callouts
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut, trimmed
from cardwright.model import Line
from cardwright.wording import asks


def callouts(outline: Outline) -> tuple[Question, ...]:
    """The questions that callouts ask; one that only holds such callouts asks nothing itself."""
    found = list(_not_too_deep(all_callouts(outline)))
    starts = [callout.start for callout in found]
    questions: list[Question] = []
    covered = 0
    for at, callout in enumerate(found):
        if callout.start < covered or not is_question(callout):
            continue
        behind = bisect_left(starts, callout.end)
        inside = found[at + 1 : behind]
        if any(map(is_question, inside)) and not has_text(outline, callout, inside):
            continue
        question = _question(outline, callout, inside, partial(_from, found, behind))
        covered = max(callout.end, question.answer.end)
        questions.append(question)
    return tuple(questions)


_DEEPEST = 20
"""Callouts inside so many others are parts of what those hold."""


def _not_too_deep(found: Iterable[Callout]) -> Iterator[Callout]:
    ends: list[int] = []
    for callout in found:
        while ends and ends[-1] <= callout.start:
            ends.pop()
        if len(ends) < _DEEPEST:
            yield callout
            ends.append(callout.end)


def _from(found: Sequence[Callout], at: int) -> Iterator[Callout]:
    """The callouts from ``at``; most questions look at few, so none are copied or passed over."""
    return (found[index] for index in range(at, len(found)))


def _question(
    outline: Outline,
    callout: Callout,
    inside: Sequence[Callout],
    behind: Callable[[], Iterator[Callout]],
) -> Question:
    """The question of a callout, with the answer that is in it, behind it, or all of its body."""
    title = [] if is_generic(callout.title.text) else [callout.title]
    body, section = callout.body, outline.section_end(callout.start)
    if any(map(is_answer, inside)):
        parts = [other for other in inside if is_answer(other) or is_hint(other)]
        asking = trimmed(cut(outline.lines, replace(body, end=parts[0].start)))
        answer = answer_in(outline, parts, replace(body, start=parts[0].start))
    elif following := answers_behind(outline, callout, behind()):
        between = text_between(outline, callout, following[0])
        asking = trimmed([*cut(outline.lines, body), *between])
        answer = answer_in(outline, following, Span(following[0].start, following[-1].end))
    elif title:
        asking, answer = told_in(outline, body)
        if not has_text(outline, callout, ()) and asks(callout.title.text):
            answer = text_below(outline, callout, next(behind(), None))
    else:
        asking, answer = parted_body(outline, body)
        if answer.start == answer.end and opens_section(outline, callout):
            limit = next((other.start for other in behind() if is_question(other)), None)
            end = max(min(limit or section, section), callout.end)
            answer = replace(callout.around, start=callout.end, end=end)
    rows = [*title, *([Line("", callout.start)] if title and asking else []), *asking]
    return asked(rows or [callout.title], answer, line=callout.start, is_marked=True)
