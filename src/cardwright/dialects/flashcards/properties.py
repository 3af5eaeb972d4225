"""Properties of Logseq (``id:: 6123``) and ids of blocks, which are no part of a card."""

from __future__ import annotations

import re
from dataclasses import replace

from cardwright.dialects.answers.answer import problem_with
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import cut
from cardwright.model import Line

PROPERTY = re.compile(r"\s*(?:[-*+]\s+)?[a-z][a-z0-9_-]{0,40}::(?:\s|$)")


def without_properties(outline: Outline, question: Question) -> Question:
    """The question, its answer without the properties and the ids of the blocks in it."""
    rows = cut(outline.lines, question.answer)
    kept = [row for row in rows if not _is_property(outline, row)]
    if len(kept) == len(rows):
        return question
    if problem_with("\n".join(row.text for row in kept)) is not None:
        start = question.answer.start
        return replace(question, answer=replace(question.answer, end=start), direct=start)
    defining = {
        line for each in outline.document.definitions for line in range(each.start, each.end)
    }
    return replace(question, given=tuple(row for row in kept if row.number not in defining))


def _is_property(outline: Outline, row: Line) -> bool:
    is_one = PROPERTY.match(row.text) or _BLOCK_ID.fullmatch(row.text)
    return is_one is not None and not outline.is_verbatim[row.number - 1]


_BLOCK_ID = re.compile(r"\s*\^[A-Za-z0-9-]+\s*")
