"""Structure that was read as a person would, and not as it is written: said with its line."""

from __future__ import annotations

from collections.abc import Iterator

from cardwright.blocks import Document
from cardwright.diagnostics import Code, Diagnostic
from cardwright.dialects.answers.answer import is_back_link, is_furniture
from cardwright.dialects.text.question import Question
from cardwright.fences import lines_of_code
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
        others = len({*lines}) - 1
        do = "does 1 more line" if others == 1 else f"do {others:,} more lines"
        more = f", as {do} of this file" if others else ""
        message = f"this line stands left of the list item whose answer it goes on with{more}"
        hint = "indent it like the answer above; it was taken as a part of it"
        yield Diagnostic(Place(path, lines[0], 1), Code.FALLEN_ANSWER, message, hint)


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
