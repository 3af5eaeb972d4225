"""Where the answers of marked questions end: at the next one, and not at a part of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cardwright.dialects.text.outline import Heading
from cardwright.wording import is_never_a_question


def with_whole_answers(
    questions: Iterable[Heading], headings: tuple[Heading, ...]
) -> tuple[Heading, ...]:
    """The questions, those whose answer has parts of the question's own level now with them.

    Two or more unmarked headings with text between a marked question and the next are such
    parts ("Method 1", "Method 2"); one alone is rather a section with an introduction, and one
    without text a section.
    """
    found = tuple(questions)
    following = [*(question.line for question in found[1:]), None]
    parts: dict[int, list[Heading]] = {question.line: [] for question in found}
    index = -1
    for heading in headings:
        if heading.line in parts:
            index += 1
        elif 0 <= index < len(found) - 1 and heading.level <= found[index].level:
            parts[found[index].line].append(heading)
    whole = (_with_parts(question, parts[question.line]) for question in found)
    return tuple(
        question if line is None or question.end <= line else replace(question, end=line)
        for question, line in zip(whole, following, strict=False)
    )


def _with_parts(question: Heading, following: list[Heading]) -> Heading:
    """The question up to the end of the parts that begin right behind it."""
    end, count = question.end, 0
    for part in following:
        is_part = part.level == question.level and part.has_text and not part.depth
        if not is_part or part.line != end or is_never_a_question(part.text):
            break
        end, count = part.end, count + 1
    return replace(question, end=end) if count > 1 else question
