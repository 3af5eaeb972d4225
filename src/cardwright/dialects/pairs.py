"""Dialect Q: ``Q: What is a leaf?`` and ``A: An organ.``, in whatever form people label the two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cardwright.dialects.lines.bold_lines import bold_lines
from cardwright.dialects.lines.pair_labels import Pair, pair_labels
from cardwright.dialects.text.labelled import labelled_answer, labelled_rows, parted_under_label
from cardwright.dialects.text.labels import Label, container_end, is_rule
from cardwright.dialects.text.part_titles import without_part_title
from cardwright.dialects.text.question import Outline, Question, asked
from cardwright.dialects.text.span import Span, cut

_FEWEST_UNLABELLED = 3
"""So many questions without a single labelled answer in the file are no accident."""
_GAP_LINES = 30


def pairs(outline: Outline) -> tuple[Question, ...]:
    """The questions behind a label, answered behind another one or by the text under them.

    Where no answer has a label they are three or more. A rule ends an answer, and so does a line
    ``C:`` that holds a cloze, or one of bold that asks where others ask above the first label.
    """
    found, clozes = pair_labels(outline)
    if all(pair.answer is None for pair in found) and len(found) < _FEWEST_UNLABELLED:
        return ()
    stops = {label.line for label in clozes if _has_gap(outline, label.line)}
    stops |= _bold_questions(outline, found)
    questions = (_question(outline, pair, stops) for pair in found)
    return tuple(question for question in questions if question is not None)


def _has_gap(outline: Outline, line: int) -> bool:
    """Whether the paragraph that begins at a line behind a blank one or a comment holds ``[``."""
    lines = outline.lines
    above = lines[line - 2].strip() if line > 1 else ""
    if above and not above.endswith("-->") and not is_rule(outline, line - 1):
        return False
    return any("[" in text for text in lines[line - 1 : line - 1 + _GAP_LINES])


def _bold_questions(outline: Outline, found: Sequence[Pair]) -> set[int]:
    """The bold lines that ask, where two such stand above the first question with a label."""
    own = {pair.question.line for pair in found}
    first = min(own, default=0)
    asking = {
        line.line
        for line in (bold_lines(outline) if first > 1 else ())
        if line.line not in own and not line.is_lead and _MARK.search(line.text)
    }
    return asking if sum(line < first for line in asking) > 1 else set()


_MARK = re.compile(r"[?？؟](?!\w)")


def _question(outline: Outline, pair: Pair, stops: set[int]) -> Question | None:
    question, answer = pair.question, pair.answer
    end = _end(outline, pair, stops)
    if answer is None:
        front, span = parted_under_label(outline, question, end)
        if question.quotes and not any(line.text.strip() for line in cut(outline.lines, span)):
            # A quote that holds only the question: what is under it answers.
            bare = replace(pair, question=replace(question, quotes=0))
            span = Span(end, max(end, _end(outline, bare, stops)))
    else:
        front = question.behind(pair.until)
        if answer.is_inline:
            front = question.behind(answer.line + 1, answer.start)
        span = labelled_answer(outline, answer, end)
    rows = labelled_rows(outline, question, front)
    if not rows:
        return None
    if not question.has_text:
        # What begins on the next line may be a list, whose first number is no question's.
        return Question(question.line, rows, span, question.number, True, direct=span.end)
    found = asked(rows, span, line=question.line, is_marked=True)
    return replace(found, number=question.number or found.number)


def _end(outline: Outline, pair: Pair, stops: set[int]) -> int:
    """The line at which an answer is over: a rule, a cloze, or the end of its quote or list.

    Text that fell out of the list belongs to the answer when the next question is behind it.
    """
    last = pair.answer or pair.question
    is_loose = pair.is_followed and pair.answer is not None
    indent = 0 if is_loose else min(pair.question.indent, last.indent)
    end = container_end(outline, last, indent, pair.end)
    end = _above_item(outline, pair.question, end) if is_loose else end
    numbers = range(last.line + 1, end)
    end = next((at for at in numbers if at in stops or is_rule(outline, at)), end)
    return without_part_title(outline.lines, outline.is_verbatim, last.line + 1, end)


def _above_item(outline: Outline, question: Label, end: int) -> int:
    """The line above the item that the next question, at ``end``, is in as this one is in its."""
    start = end
    while start - 2 > question.line and outline.lines[start - 2].strip():
        start -= 1
    text = outline.lines[start - 1]
    is_outer = _ITEM.match(text) and len(text) - len(text.lstrip()) + 2 < question.indent
    return start if is_outer else end


_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]")
