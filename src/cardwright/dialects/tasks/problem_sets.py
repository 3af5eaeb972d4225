"""How a problem set is parted into stretches, from label to label or from rule to rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.dialects.answers.answer import kept_lines
from cardwright.dialects.tasks.exercise_labels import SOLVING, Part
from cardwright.dialects.text.labels import Label
from cardwright.dialects.text.question import Outline


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines ``start`` to ``end`` (the line after) with the solutions in them.

    ``label`` is that of the exercise at its begin, ``None`` behind a rule or a heading;
    ``is_sure`` says that it is an exercise whatever its words: by its label, or as one of those
    that rules part. ``closed`` is the line that closes the container of its text, 0 for none.
    """

    label: Label | None
    start: int
    end: int
    solutions: tuple[Part, ...]
    is_sure: bool
    closed: int = 0


def stretches(outline: Outline, found: Sequence[Part]) -> Iterator[Stretch]:
    """The document in stretches, those between a heading and the next label too.

    A rule ends a solution, and a heading that is not below the one of the exercise. In the
    container of a solution nothing is looked for.
    """
    label, start, closed, is_sure = None, outline.document.source.front_matter.length + 1, 0, False
    level, inside, is_set = 6, 0, False
    solutions: list[Part] = []
    for at, part in enumerate(found):
        if part.line < inside:
            continue
        if part.kind in SOLVING:
            solutions.append(part)
            inside = part.end
            continue
        is_bare = label is None and not solutions
        if not _is_over(outline, found, at, level, is_bare=is_bare, is_solved=bool(solutions)):
            continue
        yield Stretch(label, start, part.line, tuple(solutions), is_sure, closed)
        solutions.clear()
        is_set = is_set or (part.label is not None and part.kind != "statement")
        label = part.label if part.kind in {"exercise", "task"} else None
        is_sure = part.kind == "exercise" or (part.kind == "rule" and is_set)
        start, closed = (part.line, part.end) if label else (part.line + 1, 0)
        level = part.level or level
    yield Stretch(label, start, len(outline.lines) + 1, tuple(solutions), is_sure, closed)


def _is_over(
    outline: Outline, found: Sequence[Part], at: int, level: int,
    *, is_bare: bool, is_solved: bool,
) -> bool:  # fmt: skip
    """Whether a part ends the stretch before it: no mere word of a solution or a deeper heading."""
    part = found[at]
    following = found[at + 1] if at + 1 < len(found) else None
    is_answered = following is not None and following.kind in SOLVING
    if part.kind == "heading":
        return is_bare or part.level <= level
    if part.kind == "rule":
        if is_solved or following is None or not is_answered:
            return True
        return bool(kept_lines(outline.lines[part.line : following.line - 1]))
    has_number = part.label is not None and bool(part.label.number)
    return part.kind == "statement" or has_number or bool(part.level) or is_answered
