"""Finds a file that is one task: a title, what it asks, and one heading that says "Solution"."""

from __future__ import annotations

from cardwright.dialects.answers.answer import holds_text
from cardwright.dialects.asked_above import Spot, asked_by
from cardwright.dialects.endings import EndRule
from cardwright.dialects.labels import labels
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span
from cardwright.wording import asks, is_answer_title
from cardwright.wording.titles import Role, is_never_a_question, read_title, says_answer
from cardwright.wording.words import Concept, concepts_of


def one_task(outline: Outline) -> Question | None:
    """Return the question above the only heading that says "Answer", or ``None``.

    Other headings above it say "Problem", "Example" or "Constraints". Below it, the answer goes on
    until a section such as "References".
    """
    title = min(outline.headings, key=lambda heading: heading.level, default=None)
    replies = [each for each in labels(outline) if each.answers and each.level]
    if title is None or len(replies) != 1 or outline.is_readme:
        return None
    reply = replies[0]
    if any(says_answer(box.text) for box in outline.answer_boxes):
        return None
    is_title = sum(each.level == title.level for each in outline.headings) == 1
    is_below = title.line < reply.line and title.level < reply.level
    if not (is_title and is_below and is_answer_title(outline.lines[reply.line - 1].strip(" #"))):
        return None
    between = outline.headings_between(title.line + 1, reply.line)
    if not all(_is_of_a_task(each.text) for each in between):
        return None
    if not (asks(title.text) or holds_text(outline.lines[title.body - 1 : reply.line - 1])):
        return None
    last = len(outline.lines) + 1
    below = outline.headings_between(reply.line + 1, last)
    end = next((each.line for each in below if is_never_a_question(each.text)), last)
    answer = Span(reply.line + 1, end)
    question = asked_by(outline, title, Spot(reply.line, answer, end))
    ending = EndRule.FILE if end == last else EndRule.HEADING
    return question._replace(rule="the title over a heading for the answer", ending=ending)


def _is_of_a_task(title: str) -> bool:
    """Whether a section belongs to a question: "Problem", "Example", "Constraints"."""
    roles = (Role.QUESTION, Role.HINT, Role.NOTHING)
    return Concept.GIVEN in concepts_of(title) or read_title(title) in roles
