"""Lines of tags that end the answers of a file, ``**Tags:** #plants #green``."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.dialects.answers.answer import holds_text, is_furniture
from cardwright.dialects.text.question import Outline, Question
from cardwright.wording.words import Concept, alternatives

_TAGS = re.compile(
    rf"(?i)[ \t]*(?:[-*>][ \t]+)?[*_]{{0,3}}{alternatives(Concept.TAGS)}[*_]{{0,3}}"
    r"[ \t]*[:\uff1a][*_]{0,3}[ \t]*(?P<tags>\S.{0,200})"
)
_FEWEST = 2


def with_tags_of_lines(outline: Outline, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions with the tags that stand in a line of their own at the end of the answer.

    At least two have such a line, and half of them all: else it is a part of the answer.
    """
    lines = [_tag_line(outline, question) for question in questions]
    count = sum(line > 0 for line in lines)
    if count < _FEWEST or count * 2 < len(questions):
        return questions
    return tuple(
        _tagged(outline, question, line) if line else question
        for question, line in zip(questions, lines, strict=True)
    )


def _tag_line(outline: Outline, question: Question) -> int:
    """The last line of an answer where it names tags and has text above, else 0."""
    start, end, column = question.answer.start, question.answer.end, question.answer.column
    if question.answer.until or question.given or question.cloze is not None:
        return 0
    is_code, lines = outline.is_verbatim, outline.lines
    numbers = range(end - 1, start, -1)
    last = next((at for at in numbers if is_code[at - 1] or not is_furniture(lines[at - 1])), 0)
    above = [lines[start - 1][column - 1 :], *lines[start : last - 1]] if last else []
    return last if last and _TAGS.fullmatch(lines[last - 1]) and holds_text(above) else 0


def _tagged(outline: Outline, question: Question, line: int) -> Question:
    match = _TAGS.fullmatch(outline.lines[line - 1])
    text = re.sub(r"[`\[\]\"*]", " ", match["tags"] if match else "").strip()
    sign = r"[,;\uff0c、|]" if re.search(r"[,;\uff0c、|]", text) else r"\s"
    words = ("-".join(word.strip(" #").split()) for word in re.split(sign, text))
    tags = tuple(word.replace("/", "::") for word in words if word)
    attributes = replace(question.attributes, tags=(*question.attributes.tags, *tags))
    answer = question.answer._replace(end=line)
    direct = min(question.direct, line)
    return question._replace(attributes=attributes, answer=answer, direct=direct)
