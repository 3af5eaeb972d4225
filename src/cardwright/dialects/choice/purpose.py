"""Finds documents whose questions are not for learners, such as policies and surveys."""

from __future__ import annotations

from cardwright.dialects.choice.evidence import Shape
from cardwright.dialects.text.question import Outline
from cardwright.wording.records import names_a_formality, spaced


def asks_others(outline: Outline) -> bool:
    """Whether its questions are for others: agents, contributors, or GitHub's form for an issue."""
    keys = {line.partition(":")[0] for line in outline.lines[: outline.first_line - 1]}
    return outline.names[-1] in _FOR_OTHERS or {"about", "name"} <= keys


_FOR_OTHERS = frozenset({"AGENTS", "CLAUDE", "CONTRIBUTING", "GEMINI", "SKILL"})
"""Names of files with instructions for contributors, and for programs that write code."""


def why_not_learned(outline: Outline, shape: Shape) -> str:
    """Return why the questions of a shape are for no learner, or ``""``.

    Marks that can only mean a question, and questions of earlier builds, are stronger.
    """
    is_sure = shape.dialect.is_explicit or shape.known > 0
    is_other = not is_sure and outline.once(_is_formal)
    return "the title names a policy, minutes or the like" if is_other else ""


def _is_formal(outline: Outline) -> bool:
    """Whether it is a policy, the minutes of a meeting, a survey or the like."""
    return any(map(names_a_formality, map(spaced, outline.names)))
