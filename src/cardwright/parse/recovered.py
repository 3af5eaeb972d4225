"""Structure that was read as a person would, and not as it is written: said with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardwright.diagnostics import Code, Diagnostic
from cardwright.dialects.answers.answer import is_back_link, is_furniture
from cardwright.dialects.text.question import Outline, Question
from cardwright.model import Place


def recovered(outline: Outline, questions: tuple[Question, ...]) -> Iterator[Diagnostic]:
    """QA312 for code that is not closed before a question, QA315 for fallen answers."""
    path = outline.document.source.path
    for line in outline.document.open_fences:
        message = "this code block is not closed before the next question"
        hint = "close it with a line of the same marks, ``` or ~~~; it was taken to end there"
        yield Diagnostic(Place(path, line, 1), Code.OPEN_FENCE, message, hint)
    fallen = sorted({line for each in questions for line in _fallen(outline, each)})
    if fallen:
        more = len(fallen) - 1
        do = "does 1 more line" if more == 1 else f"do {more:,} more lines"
        message = (
            "this line stands outside of the list item or callout whose answer it goes on with"
        )
        message += f", as {do} of this file" if more else ""
        hint = "indent it, or put a '>' before it, like the answer above; it was taken as a part"
        yield Diagnostic(Place(path, fallen[0], 1), Code.FALLEN_ANSWER, message, hint)


_ADMONITION = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\?\?\?|!!!)")


def _fallen(outline: Outline, question: Question) -> Iterator[int]:
    """The lines of an answer that lack the ``>`` or the columns of what it stands in.

    Not those that go on a paragraph, which CommonMark (sections 5.1 and 5.2) takes for a part.
    """
    span, rows = question.answer, outline.rows
    is_admonition = span.start > 1 and _ADMONITION.match(outline.lines[span.start - 2]) is not None
    if not (span.quotes or span.indent):
        return
    is_marked = is_admonition or bool(span.quotes)
    was_inside = is_marked
    for number in range(span.start + (span.column > 1), span.end):
        row, above = rows[number - 1], rows[number - 2]
        is_code = row.is_verbatim and number not in outline.document.open_fences
        if row.is_blank or is_code or is_furniture(row.text) or is_back_link(row.text):
            continue
        if span.quotes:
            is_inside = row.quotes >= span.quotes or not (row.marker or above.is_blank)
        else:
            begins_inside = outline.lines[number - 1].startswith((" ", "\t"))
            is_inside = row.indent >= span.indent if is_admonition else begins_inside
        if not is_inside and was_inside and (is_marked or above.is_blank):
            yield number
        was_inside = is_inside or is_marked
