"""What no card of a file holds although it could be a question."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from cardwright.blocks import Document
from cardwright.blocks.fences import lines_of_code
from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.dialects import Reading
from cardwright.dialects.answers.answer import is_table_of_contents, problem_with
from cardwright.dialects.choice.evidence import Spans
from cardwright.dialects.text.outline import Heading
from cardwright.model import Place
from cardwright.wording import ANSWER_LABEL, asks, is_never_a_question

_HINT = (
    "give the questions of a file one level, or say it with 'question_level'; "
    "{skip} at the end of the heading says that it is none"
)


def headings_left_over(
    document: Document, reading: Reading, title: Heading | None
) -> Iterator[Diagnostic]:
    """QA313 for each heading with text of its own that is neither question nor in an answer.

    Only for one that could be a question: that asks, with a question mark where it is a section
    with questions in it, or that is no section where the questions are terms. ``title`` names
    the document and is none. Nothing is said where the settings name the level.
    """
    if not reading.questions or reading.is_level_asked:
        return  # why there is none is said already
    lines = [question.line for question in reading.questions]
    asking = sum(asks(question.text) for question in reading.questions)
    is_of_headings = reading.choice is not None and "headings" in reading.choice.dialects
    is_any_heading = is_of_headings and asking * 3 < len(lines) * 2
    for heading in _uncovered(reading):
        if heading is title or heading.depth or not _has_answer(document, heading):
            continue
        following = bisect_right(lines, heading.line)
        is_section = following < len(lines) and lines[following] < heading.end
        is_question = heading.text.rstrip().endswith(("?", "\uff1f"))
        if is_question or (not is_section and (is_any_heading or asks(heading.text))):
            message = f"'{shorten(heading.text)}' is no question here"
            place = Place(document.source.path, heading.line, 1)
            yield Diagnostic(place, Code.NOT_READ, message, _HINT)


def questions_left_over(document: Document, reading: Reading) -> Iterator[Diagnostic]:
    """QA313 for each question of a dialect not chosen that stands in no answer.

    Only for those that ask and have an answer; headings are ``headings_left_over``'s, and a
    first line that all of the file would answer leads in to the questions.
    """
    if not reading.questions:
        return
    spans = Spans(reading.questions)
    seen = {heading.line for heading in reading.headings}
    names = [each.shape.dialect.name for each in reading.verdicts if each.is_chosen]
    for verdict in reading.verdicts:
        shape = verdict.shape
        if verdict.is_chosen or shape.level is not None or shape.dialect.name == "file":
            continue
        for question, is_good in ((each.question, each.is_good) for each in shape.candidates):
            if is_good and question.line not in seen and not spans.hold(question.line):
                seen.add(question.line)
                message = f"'{shorten(question.text)}' looks like a question of the dialect "
                message += f"'{shape.dialect.name}', and is none here"
                place = Place(document.source.path, question.line, 1)
                hint = "mark it like the others, or write into the front matter "
                hint += f"'questions: [{', '.join(names)}, {shape.dialect.name}]'"
                yield Diagnostic(place, Code.NOT_READ, message, hint)


def deletions_left_over(document: Document, reading: Reading) -> Iterator[Diagnostic]:
    """QA313 for each text with Anki's ``{{c1::…}}`` that is a part of a card of another kind."""
    spans = Spans(reading.questions)
    for verdict in reading.verdicts:
        if verdict.is_chosen or verdict.shape.dialect.name != "cloze":
            continue
        for question in verdict.shape.questions:
            text = "\n".join(line.text for line in question.front)
            if _ANKIS_MARK.search(text) and spans.hold(question.line):
                message = f"'{shorten(text)}' hides a piece, and its marks are text on a card here"
                place = Place(document.source.path, question.line, 1)
                hint = "'questions: cloze' at its top reads the file so; or take the marks out"
                yield Diagnostic(place, Code.NOT_READ, message, hint)


_ANKIS_MARK = re.compile(r"\{\{c\d{1,3}::")


def answers_left_over(document: Document, reading: Reading) -> Iterator[Diagnostic]:
    """QA316 for each line that says "Answer:" and stands in no question.

    Where there is none at all that is said already.
    """
    if not reading.questions:
        return
    spans = Spans(reading.questions)
    is_code = lines_of_code(document.source.lines)
    first = document.source.front_matter.length
    for number, line in enumerate(document.source.lines[first:], first + 1):
        if is_code[number - 1] or not ANSWER_LABEL.match(line[:60]) or spans.hold(number):
            continue
        message = f"'{shorten(line)}' answers no question that was found"
        hint = "mark its question like the others; 'cardwright explain' shows how the file was read"
        yield Diagnostic(Place(document.source.path, number, 1), Code.LOST_ANSWER, message, hint)


def _uncovered(reading: Reading) -> Iterator[Heading]:
    """The headings that are no question and stand in none, nor in an answer."""
    spans = Spans(reading.questions)
    ends = {question.line: question.answer.end for question in reading.questions}
    covered = 0
    for heading in reading.headings:
        covered = max(covered, ends.get(heading.line, 0))
        if heading.line >= covered and not spans.hold(heading.line):
            yield heading


def _has_answer(document: Document, heading: Heading) -> bool:
    if not heading.has_text or is_never_a_question(heading.text):
        return False
    if "skip" in heading.attributes.words:
        return False
    text = "\n".join(document.source.lines[heading.body - 1 : heading.direct - 1])
    return problem_with(text) is None and not is_table_of_contents(text)
