"""Dialect B: ``**Q4: What is a token?**``, a line of bold asks, and what follows it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cardwright.diagnostics import Code
from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.answers.endings import answer_ends
from cardwright.dialects.lines.bold_lines import BoldLine, bold_lines
from cardwright.dialects.lines.bold_prompts import bold_prompts
from cardwright.dialects.lines.bold_questions import MOST, bold_questions, has_question_mark
from cardwright.dialects.text.lettered_questions import without_letters
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.wording import is_never_a_question


def bold(outline: Outline) -> tuple[Question, ...]:
    """The bold lines that ask, and what they have in common with those that do not.

    That is a label (``Q4:``), a picture at their end, a number that goes on counting. Where it
    is common, one that asks without it is a part of an answer; where nothing is, the wording
    decides. Bold lines such as ``**Note:**`` are text.
    """
    every = list(bold_lines(outline))
    found = [line for line in every if not is_never_a_question(line.text)]
    picked = [*bold_questions([line for line in found if not line.is_lead]), *_leads(found)]
    prompts = {line.line for line in bold_prompts(outline, found)}
    lines = _with_siblings(outline, found, {*(line.line for line in picked), *prompts})
    ends = answer_ends(outline, [line.line for line in lines])
    if lines:
        ends[-1] = _end_of_last(outline, every, lines, ends[-1])
    pairs = zip(lines, ends, strict=True)
    return without_letters(
        [_question(outline, line, end, is_prompt=line.line in prompts) for line, end in pairs]
    )


def _leads(found: Sequence[BoldLine]) -> list[BoldLine]:
    """The questions with their answer on the same line: three, most of such lines, or labelled."""
    leads = [line for line in found if line.is_lead and has_question_mark(line)]
    labelled = [line for line in leads if line.is_label]
    if len(labelled) > 1 and len(labelled) == len(leads):
        return labelled
    is_most = len(leads) >= MOST * sum(line.is_lead for line in found)
    return leads if len(leads) >= 3 and is_most else []


def _end_of_last(
    outline: Outline, every: Sequence[BoldLine], lines: Sequence[BoldLine], end: int
) -> int:
    """The line that ends the last answer: a bold one that is a title such as "References".

    Not one with a colon, which leads in to a part of the answer, and none where the answers
    before have such parts.
    """
    titles = [
        line.line
        for line in every
        if lines[0].line < line.line < end
        and not line.is_lead
        and is_never_a_question(line.text)
        and not line.text.rstrip().endswith((":", "："))
        and not outline.lines[line.line - 2].strip()
    ]
    return titles[0] if titles and titles[0] > lines[-1].line else end


def _with_siblings(outline: Outline, found: Sequence[BoldLine], picked: set[int]) -> list[BoldLine]:
    """The picked lines, and those under which a placeholder answers the picked one before.

    What follows "TODO" is no part of the same answer.
    """
    kept: list[BoldLine] = []
    for line in sorted(found, key=lambda line: line.line):
        between = outline.lines[kept[-1].rest.start - 1 : line.line - 1] if kept else ()
        is_short = 0 < len(between) < _MOST_LINES and not line.is_lead
        if line.line in picked or (
            is_short and problem_with("\n".join(between)) is Code.PLACEHOLDER_ANSWER
        ):
            kept.append(line)
    return kept


_MOST_LINES = 10
"""A placeholder takes fewer lines, the blank ones around it included."""


def _question(outline: Outline, line: BoldLine, end: int, *, is_prompt: bool) -> Question:
    span = replace(line.rest, end=max(end, line.rest.start))
    for number in range(span.start, span.end):
        if span.quotes and not outline.lines[number - 1].lstrip().startswith(">"):
            span = replace(span, end=number)
            break
    question = asked(line.lines, span, line=line.line, is_marked=line.is_label or is_prompt)
    return replace(question, number=line.number)
