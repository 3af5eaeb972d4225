"""Structure that was read as a person would, and not as it is written: said with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardwright.blocks import Document
from cardwright.blocks.fences import lines_of_code
from cardwright.diagnostics import Code, Diagnostic
from cardwright.dialects.answers.answer import is_back_link, is_furniture
from cardwright.dialects.answers.stretch import is_listed, quotes_of, width_of
from cardwright.dialects.text.question import Question
from cardwright.model import Place


def recovered(document: Document, questions: tuple[Question, ...]) -> Iterator[Diagnostic]:
    """QA312 and QA314 for code that is not closed where it should be, QA315 for fallen answers."""
    path = document.source.path
    for line in document.open_fences:
        message = "this code block is not closed before the next question"
        hint = "close it with a line of the same marks, ``` or ~~~; it was taken to end there"
        yield Diagnostic(Place(path, line, 1), Code.OPEN_FENCE, message, hint)
    for line in document.loose_fences:
        message = "the code of this block stands further left than its list item"
        hint = "indent it like its fence; it was taken as one block"
        yield Diagnostic(Place(path, line, 1), Code.LOOSE_FENCE, message, hint)
    lines = [line for question in questions for line in _fallen(document, question)]
    if lines:
        message = "this line stands left of the list item whose answer it goes on with"
        message += _more(len({*lines}) - 1)
        hint = "indent it like the answer above; it was taken as a part of it"
        yield Diagnostic(Place(path, lines[0], 1), Code.FALLEN_ANSWER, message, hint)
    lines = sorted({line for each in questions for line in _outside_of_callout(document, each)})
    if lines:
        message = "this line stands outside of the callout whose text it goes on with"
        message += _more(len(lines) - 1)
        hint = "put a '>' before it, or indent it by 4, like the others; it was taken as a part"
        yield Diagnostic(Place(path, lines[0], 1), Code.FALLEN_ANSWER, message, hint)


def _more(others: int) -> str:
    do = "does 1 more line" if others == 1 else f"do {others:,} more lines"
    return f", as {do} of this file" if others else ""


def _outside_of_callout(document: Document, question: Question) -> Iterator[int]:
    """The lines of an answer that lack the ``>`` or the columns of the callout they stand in.

    Not those that go on a paragraph, which CommonMark (section 5.1) takes for a part of a quote.
    """
    span = question.answer
    lines = document.source.lines
    is_admonition = span.start > 1 and _ADMONITION.match(lines[span.start - 2]) is not None
    if not span.quotes and not is_admonition:
        return
    is_code = lines_of_code(lines[span.start - 1 : span.end - 1])
    for number in range(span.start, span.end):
        text = lines[number - 1]
        if not text.strip() or is_code[number - span.start]:
            continue
        if is_admonition:
            is_outside = width_of(text) < span.indent
        else:
            above = quotes_of(lines[number - 2])[1]
            is_apart = is_listed(text) or not above.strip()
            is_outside = quotes_of(text)[0] < span.quotes and is_apart
        if is_outside:
            yield number


_ADMONITION = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\?\?\?|!!!)")


def _fallen(document: Document, question: Question) -> Iterator[int]:
    """The lines at column 0 that end a list item in the middle of its answer.

    Only text behind a line of the item and a blank one: CommonMark (section 5.2) would let a line
    that goes on a paragraph be in the item all the same.
    """
    span = question.answer
    if not span.indent:
        return
    lines = document.source.lines
    is_code = lines_of_code(lines[span.start - 1 : span.end - 1])
    was_inside = False
    first = span.start + (span.column > 1)  # what goes on with the question's line stands in it
    for number in range(first, span.end):
        text = lines[number - 1]
        if not text.strip() or is_code[number - span.start]:
            continue
        is_inside = text.startswith((" ", "\t"))
        is_text = not is_inside and not is_furniture(text) and not is_back_link(text)
        if is_text and was_inside and not lines[number - 2].strip():
            yield number
        was_inside = is_inside
