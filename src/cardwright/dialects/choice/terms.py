"""The gate for terms: where nothing asks, whether headings are words to learn, and which.

A glossary, a manual and a chapter of a book look alike: headings with text under them. Sums of
evidence would refuse the first or take all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from cardwright.dialects.choice.evidence import Answer, Shape
from cardwright.dialects.tasks.exercise_labels import behind_task_label
from cardwright.dialects.text.attributes import NO_ATTRIBUTES
from cardwright.dialects.text.question import Question
from cardwright.wording.section_titles import names_a_part, names_a_section

_FEW = 2


_OTHERS = frozenset({"details", "file"})
"""The dialects that can hold terms, besides those of headings."""


def best_terms(asking: Sequence[Shape]) -> Shape | None:
    """The shape whose candidates are terms, ``None`` where none is.

    Of headings it is the level with the most different ones that have text of their own. A list
    of more open questions, or questions with a plain mark that nothing answers, speaks against it.
    """
    shapes = [shape for shape in asking if shape.level is not None or shape.dialect.name in _OTHERS]
    able = [shape for shape in shapes if shape.answered and not _is_manual(shape)]
    if any(_is_manual(shape) and shape.total > _FEW for shape in shapes):
        able = [shape for shape in able if shape.total > _FEW]
    best = max(able, key=_score, default=None)
    if best is None:
        return None
    open_ = max(map(_open_questions, asking), default=0)
    return best if best.answered >= open_ else None


def _open_questions(shape: Shape) -> int:
    """How many plain questions nothing answers, in a shape that has hardly any answers."""
    if shape.asked * 4 < shape.total * 3 or shape.is_answered:
        return 0
    if shape.dialect.is_explicit and shape.asked >= _FEW:
        return _MANY
    return shape.asked if shape.level is not None or shape.asked > _FEW + 2 else 0


_MANY = 1_000_000


def _is_manual(shape: Shape) -> bool:
    """Whether half of it is what sections of a manual, or parts of an answer, are called."""
    return sum(map(_is_title, shape.questions)) * 2 >= shape.total


def _is_title(question: Question) -> bool:
    if question.attributes != NO_ATTRIBUTES:
        return False
    text = question.text
    return names_a_section(text) or names_a_part(text) or bool(behind_task_label(text))


def _score(shape: Shape) -> float:
    own_text = shape.answered - shape.sections
    repeats = shape.distinct / shape.total
    is_of_headings = shape.level is not None
    is_numbered = is_of_headings and shape.dialect.name != "headings"
    lists = shape.count(Answer.QUESTIONS)
    return (own_text - lists) * repeats * repeats * (1.2 if is_numbered else 1.0)
