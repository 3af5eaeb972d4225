"""Dialect B: ``**Q4: What is a token?**``, a line of bold asks, and what follows it answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase

from cardwright.diagnostics import Code
from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.answers.endings import answer_ends
from cardwright.dialects.lines.bold_lines import BoldLine, bold_lines
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.model import Line
from cardwright.wording import asks, is_never_a_question

_MOST = 0.6
"""The share of the bold lines that is most of them."""


def bold(outline: Outline) -> tuple[Question, ...]:
    """The bold lines that ask, and what they have in common with those that do not.

    That is a label (``Q4:``), a picture at their end, a number that goes on counting. Where it
    is common, one that asks without it is a part of an answer; where nothing is, the wording
    decides. Bold lines such as ``**Note:**`` are text.
    """
    every = list(bold_lines(outline))
    found = [line for line in every if not is_never_a_question(line.text)]
    leads = [line for line in found if line.is_lead and _has_mark(line)]
    if len(leads) < 3 or len(leads) < _MOST * sum(line.is_lead for line in found):
        leads = []
    picked = [*_picked([line for line in found if not line.is_lead]), *leads]
    lines = _with_siblings(outline, found, {line.line for line in picked})
    ends = answer_ends(outline, [line.line for line in lines])
    if lines:
        ends[-1] = _end_of_last(outline, every, lines, ends[-1])
    pairs = zip(lines, ends, strict=True)
    return _without_letters([_question(outline, line, end) for line, end in pairs])


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


_LETTER = re.compile(r"(?P<letter>[a-z])[.)]\s+(?=\S)")


def _without_letters(questions: list[Question]) -> tuple[Question, ...]:
    """The questions without ``a.``, ``b.``, ``c.`` before them, where such count all of them."""
    found = [_LETTER.match(question.front[0].text) for question in questions if question.front]
    letters = "".join(match["letter"] for match in found if match)
    if len(letters) != len(questions) or len(letters) < 2 or letters not in ascii_lowercase:
        return tuple(questions)
    return tuple(
        replace(question, front=(_from(question.front[0], match.end()), *question.front[1:]))
        for question, match in zip(questions, found, strict=True)
        if match
    )


def _from(line: Line, offset: int) -> Line:
    return Line(line.text[offset:], line.number, line.column + offset)


def _has_mark(line: BoldLine) -> bool:
    return re.search(r"[?？؟](?!\w)", line.text) is not None


def _picked(lines: Sequence[BoldLine]) -> list[BoldLine]:
    asking = [line for line in lines if line.is_label or _has_mark(line)]
    labelled = [line for line in lines if line.is_label]
    if labelled and len(labelled) >= _MOST * len(asking):
        return labelled
    signs = Counter(sign for line in lines for sign in {*line.signs})
    common = {sign for line in asking for sign in line.signs if signs[sign] > 1}
    signed = [line for line in lines if common & {*line.signs}]
    if signed and sum(bool(common & {*line.signs}) for line in asking) >= _MOST * len(asking):
        return signed
    numbered = [line for line in lines if line.number.isdigit()]
    asked_ = [line for line in numbered if _reads_like_one(line)]
    marked = sum(bool(line.number) for line in asking)
    if len(asked_) > 1 and marked >= _MOST * len(asking) and len(asked_) >= _MOST * len(numbered):
        return _counted(numbered)
    likely = [line for line in lines if _reads_like_one(line)]
    is_most = len(likely) >= _MOST * len(lines) and len(asking) * 2 >= len(likely)
    return likely if is_most else asking


def _reads_like_one(line: BoldLine) -> bool:
    """Whether it asks, or says what to do, and is no label such as ``**How it works:**``."""
    if line.is_label or _has_mark(line):
        return True
    return asks(line.text) and not line.text.rstrip().endswith((":", "："))


def _counted(numbered: Sequence[BoldLine]) -> list[BoldLine]:
    """The numbered lines that ask, and those between them that go on counting."""
    found: list[BoldLine] = []
    for line in numbered:
        goes_on = bool(found) and int(line.number) > int(found[-1].number)
        if _reads_like_one(line) or goes_on:
            found.append(line)
    return found


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


def _question(outline: Outline, line: BoldLine, end: int) -> Question:
    span = replace(line.rest, end=max(end, line.rest.start))
    for number in range(span.start, span.end):
        if span.quotes and not outline.lines[number - 1].lstrip().startswith(">"):
            span = replace(span, end=number)
            break
    question = asked(line.lines, span, line=line.line, is_marked=line.is_label)
    return replace(question, number=line.number)
