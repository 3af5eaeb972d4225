"""Answers with blank lines in them, whole where a section holds nothing but cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cardwright.dialects.answers.stretch import is_boundary, is_heading, stretched, without_bold_end
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span


def is_scheduled(outline: Outline) -> bool:
    return any("<!--SR:" in line for line in outline.lines)


def with_open_answers(
    outline: Outline, found: Sequence[Question], parted: set[int]
) -> Iterator[Question]:
    """The questions, answers with blank lines in them whole where nothing but cards stands.

    To the plugin a blank line ends an answer. Where it has not yet read the file, a section that
    begins with a question holds nothing else, and a person takes all up to the next question.
    """
    if is_scheduled(outline):
        yield from found
        return
    is_open, before = False, 1
    following = [*(question.line for question in found[1:]), len(outline.lines) + 1]
    for question, end in zip(found, following, strict=False):
        between = outline.lines[before - 1 : question.line - 1]
        is_open = _is_first(outline, question.line) or (
            is_open and not any(is_boundary(text) for text in between)
        )
        before = question.line
        if not is_open or question.line not in parted or _is_headed(outline, question.answer):
            yield question
            continue
        limit = min(end, outline.section_end(question.line))
        whole = replace(question.answer, end=max(limit, question.answer.start), until=0)
        answer = stretched(outline, whole, is_open=True)
        if question.answer.until:  # no schedule ends it, but bold that began with the question
            answer = without_bold_end(outline, answer)
        yield replace(question, answer=answer, direct=answer.end)


def _is_headed(outline: Outline, answer: Span) -> bool:
    return answer.start < answer.end and is_heading(outline.lines[answer.start - 1])


def _is_first(outline: Outline, line: int) -> bool:
    """Whether no text stands between a question and the heading, rule or tags above it."""
    if is_heading(outline.lines[line - 1]):
        return True
    for at in range(line - 1, outline.document.source.front_matter.length, -1):
        text = outline.lines[at - 1]
        if is_boundary(text):
            return True
        if text.strip():
            return False
    return True
