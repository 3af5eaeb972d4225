"""Dialect E: ``**Exercise 3.** Show that …`` and ``**Solution.** …``, as in problem sets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from cardwright.dialects.answers.answer import holds_text
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.endings import Body, Ending, EndRule, end_of_answer
from cardwright.dialects.labels import Label, labels
from cardwright.dialects.pair_labels import labelled_answer, labelled_rows
from cardwright.dialects.text.attributes import split_attributes
from cardwright.dialects.text.question import Outline, Question
from cardwright.dialects.text.span import Span, from_offset, located, nothing_at
from cardwright.model import Line
from cardwright.wording import sets_a_task
from cardwright.wording.titles import Role
from cardwright.wording.words import Concept


def exercises(outline: Outline) -> tuple[Question, ...]:
    """The exercises of a document, parts with a solution of their own each for itself.

    One without a solution is found when it has a number and others of the document have one.
    A word that means more than exercises ("Problem") labels one only if its text sets a task.
    """
    found = list(_exercises_of(outline, parts(outline)))
    if not any(exercise.solution for exercise in found):
        return ()
    questions = (_question(outline, exercise) for exercise in found)
    return tuple(question for question in questions if question is not None)


def _question(outline: Outline, exercise: Exercise) -> Question | None:
    label = exercise.label
    number = label.number if label else ""
    if exercise.solution is None and not (number and exercise.is_sure):
        return None
    rows = _front(outline, exercise)
    text, attributes = split_attributes("\n".join(row.text for row in rows))
    is_labelled = exercise.part is not None and exercise.is_sure
    if not text.strip() or not (is_labelled or sets_a_task(text)) or _is_quiz(outline, exercise):
        return None
    answer, ending = _answer(outline, exercise)
    return Question(
        exercise.line,
        located(text, rows),
        answer,
        number,
        is_marked=True,
        attributes=attributes,
        direct=answer.end,
        rule="the label of an exercise",
        ending=ending,
    )


def _is_quiz(outline: Outline, exercise: Exercise) -> bool:
    """Whether what is labelled "Answer" answers a question of a pair, or one with options."""
    solution = exercise.solution
    if solution is None or not solution.label or solution.label.concept is not Concept.ANSWER:
        return False
    if exercise.label and exercise.label.concept is Concept.QUESTION:
        return True
    groups, first = outline.options, exercise.front[-1].start - 1
    at = bisect_left(groups, first, key=lambda options: options[0].start)
    return at < len(groups) and groups[at][0].start < solution.line


def _front(outline: Outline, exercise: Exercise) -> tuple[Line, ...]:
    """The lines of an exercise, those of its stem and its own apart."""
    rows: list[Line] = []
    label = exercise.part.label if exercise.part else None
    for span in exercise.front:
        is_behind = label is not None and span.start - label.line in {0, 1}
        piece = unmarked(labelled_rows(outline, label if is_behind else None, span))
        rows += [Line("", span.start), *piece] if rows and piece else piece
    return tuple(rows)


def _answer(outline: Outline, exercise: Exercise) -> tuple[Span, EndRule]:
    """The solution up to the next exercise, or to the end of its container, quote or list item."""
    solution = exercise.solution
    if solution is None:
        return nothing_at(exercise.end), EndRule.NEXT
    if solution.box is not None:
        return solution.box.body, EndRule.CONTAINER
    label, limit = solution.label, Ending(exercise.end, EndRule.NEXT)
    if label is None:
        return nothing_at(exercise.end), EndRule.NEXT
    body = Body(label.line, label.line + 1, limit=limit, quotes=label.quotes, indent=label.indent)
    end = end_of_answer(outline, body, (EndRule.CONTAINER,))
    return labelled_answer(outline, label, end.line), end.rule


Kind = Enum("Kind", "EXERCISE TASK SOLUTION STATEMENT HEADING RULE")
"""What a part is: ``TASK`` is an exercise or something else, ``STATEMENT`` a theorem."""

_KINDS: Mapping[Concept | None, Kind] = {
    Concept.EXERCISE: Kind.EXERCISE,
    **dict.fromkeys((Concept.TASK, Concept.QUESTION, Concept.EXAMPLE), Kind.TASK),
    **dict.fromkeys((Concept.SOLUTION, Concept.ANSWER, Concept.PROOF), Kind.SOLUTION),
    **dict.fromkeys((Concept.THEOREM, Concept.DEFINITION), Kind.STATEMENT),
}
_SETTING = (Kind.EXERCISE, Kind.TASK)


@dataclass(frozen=True, slots=True)
class Part:
    """The label of an exercise, a solution or a statement, or what ends all of them.

    ``level`` is that of the heading, 0 for none; ``box`` is the container or fold that it names.
    """

    kind: Kind
    line: int
    level: int = 0
    label: Label | None = None
    box: Box | None = None

    @property
    def number(self) -> str:
        return self.label.number if self.label else ""

    @property
    def is_title(self) -> bool:
        """Whether it is a heading and all of it is the label."""
        return self.level > 0 and self.label is not None and not self.label.has_text

    def behind(self, end: int) -> Span:
        """What it labels, to line ``end`` at the most."""
        if self.box is not None:
            return self.box.body
        return self.label.behind(end) if self.label else Span(self.line, end)


def parts(outline: Outline) -> list[Part]:
    """The labels, rules and other headings of a document in order; of a line the label.

    Folds are solutions where an exercise is labelled so, or another solution; else they are of
    another dialect. A heading "Exercises" above numbered ones is the title of a section.
    """
    boxes = [Part(kind, box.start, box=box) for box in outline.boxes
             if (kind := _kind_of(outline, box))]  # fmt: skip
    held = {at for part in boxes if part.kind is Kind.SOLUTION and part.box
            for at in range(part.line, part.box.end)}  # fmt: skip
    named = [Part(kind, label.line, label.level, label) for label in labels(outline)
             if (kind := _KINDS.get(label.concept)) and _is_label(label, kind)
             and label.line not in held]  # fmt: skip
    deepest = max((part.level or 7 for part in named if part.number), default=0)
    named = [part for part in named if part.kind not in _SETTING or part.number
             or not part.is_title or part.level > deepest]  # fmt: skip
    sure = [part for part in (*named, *boxes) if not (part.box and part.box.is_fold)]
    if not any(part.kind in (Kind.SOLUTION, Kind.EXERCISE) for part in sure):
        boxes = []
    found = {heading.line: Part(Kind.HEADING, heading.line, heading.level)
             for heading in outline.headings if not heading.depth}  # fmt: skip
    found |= {line: Part(Kind.RULE, line) for line in outline.rules}
    found |= {part.line: part for part in (*named, *boxes)}
    return [found[line] for line in sorted(found)]


def _is_label(label: Label, kind: Kind) -> bool:
    """Whether a word is not just the first of a title or of a sentence."""
    is_alone = bool(label.opening or label.level or label.mark)
    if kind is Kind.STATEMENT:
        return bool(label.number and (label.opening or label.level))
    if label.concept is Concept.QUESTION and label.level and not (label.number or label.has_text):
        return False  # "Questions" is the title of a section
    if not (label.number or label.mark or not label.has_text or label.opening):
        return False
    return is_alone or kind is Kind.SOLUTION or label.number != ""


def _kind_of(outline: Outline, box: Box) -> Kind | None:
    """What a fold or a container is, ``None`` for other boxes."""
    is_container = outline.lines[box.start - 1].lstrip("> \t").startswith(":::")
    if box.role is Role.ANSWER and not box.is_glued and (is_container or not box.depth):
        return Kind.SOLUTION
    return Kind.EXERCISE if box.role is Role.QUESTION and is_container else None


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise that begins at a line, the pieces of its text, its solution up to a line.

    ``part`` is the label above it, ``None`` behind a rule or in a list; ``is_sure`` says that it is
    an exercise whatever its words. It may be one of several that are counted from line ``base`` on.
    ``stem`` is the line at which their common text is over, 0 for none. ``expected`` has the
    numbers and letters that may count the next one.
    """

    line: int
    part: Part | None
    is_sure: bool
    front: tuple[Span, ...]
    solution: Part | None = None
    end: int = 0
    base: int = 0
    stem: int = 0
    expected: Mapping[bool, frozenset[str]] = field(default_factory=dict)

    @property
    def label(self) -> Label | None:
        """The label that it begins with."""
        return self.part.label if self.part and self.part.line == self.line else None


def _exercises_of(outline: Outline, found: Sequence[Part]) -> Iterator[Exercise]:
    """The exercises of a document; what has no text of its own goes on with a solution.

    A part that letters or Roman numbers count has the text before the first of them on its
    front too. In the box of a solution nothing is looked for.
    """
    last: Exercise | None = None
    bounds: list[Part] = []  # since the last solution
    level, free, is_set = 6, 1, False
    for part, following in zip(found, [*found[1:], None], strict=False):
        if part.line < free:
            continue
        if part.kind is not Kind.SOLUTION:
            is_active = bounds[-1].kind in _SETTING if bounds else last is not None
            is_open = last is None or bool(bounds)
            if _is_bound(outline, part, following, level if is_active else 6, is_open=is_open):
                bounds.append(part)
                level = part.level or level
                is_set = is_set or part.kind in _SETTING
            continue
        exercise = _solved(outline, bounds, part, last, free, is_set=is_set)
        free = part.box.end if part.box else part.line + 1
        if exercise is None and not bounds:
            continue  # it goes on with the solution above
        over = exercise.line if exercise else part.line
        yield from _over(last, bounds, over)
        last, bounds = exercise, []
    yield from _over(last, bounds, len(outline.lines) + 1)


def _over(last: Exercise | None, bounds: Sequence[Part], end: int) -> Iterator[Exercise]:
    """The last exercise, and those behind it that nothing solves; that on line ``end`` is."""
    ends = [*(part.line for part in bounds), end]
    if last is not None:
        yield replace(last, end=ends[0])
    for part, over in zip(bounds, ends[1:], strict=False):
        if part.kind in _SETTING and part.line < end:
            is_sure = part.kind is Kind.EXERCISE
            yield Exercise(part.line, part, is_sure, (part.behind(over),), end=over)


def _is_bound(
    outline: Outline, part: Part, following: Part | None, level: int, *, is_open: bool
) -> bool:
    """Whether a part ends what is above it: no mere word of a solution and no deeper heading."""
    is_answered = following is not None and following.kind is Kind.SOLUTION
    if part.kind is Kind.HEADING:
        return part.level <= level
    if part.kind is Kind.RULE and is_open and following is not None:
        return not is_answered or holds_text(outline.lines[part.line : following.line - 1])
    is_plain = part.kind in _SETTING and not (part.number or part.level)
    return is_answered or not is_plain


def _solved(
    outline: Outline, bounds: Sequence[Part], solution: Part, last: Exercise | None, free: int,
    *, is_set: bool,
) -> Exercise | None:  # fmt: skip
    """What a solution solves: what is behind a label, a rule, a marker that counts on."""
    bound = bounds[-1] if bounds else None
    above = last if bound is None else None
    part = bound if bound and bound.kind in _SETTING else above.part if above else None
    is_ruled = is_set and bound is not None and bound.kind is Kind.RULE
    is_sure = above.is_sure if above else is_ruled or (part and part.kind is Kind.EXERCISE)
    markers = _markers(outline, bound.line + (part is None) if bound else free, solution.line)
    indent = solution.label.indent if solution.label else solution.box.indent if solution.box else 0
    if above is not None:
        start = _next(markers, above.expected)
    elif part is not None:
        start = part.line
    elif bound and is_ruled:
        lines = range(bound.line + 1, solution.line)
        start = next((line for line in lines if outline.lines[line - 1].strip()), None)
    else:
        is_named = solution.label is None or solution.label.concept is Concept.SOLUTION
        numbered = [line for line, word in markers.items() if word.isdigit()]
        start = numbered[-1] if numbered and indent and is_named else None
    if start is None:
        return None
    base, stem, expected = start, 0, dict[bool, frozenset[str]]()
    if above is not None and not markers[start].isdigit():
        base, stem, expected = above.base, above.stem, {**above.expected}
    for line, word in markers.items():
        if line >= start:
            expected[word.isdigit()] = _after(word)
            stem = stem or (line if not word.isdigit() and line > base else 0)
    own = part.behind(solution.line) if part and start == part.line else None
    own = own or _piece(outline, start, solution.line, indent)
    head = part.behind(stem) if part and base == part.line else _piece(outline, base, stem, indent)
    front = (own,) if start == base or not stem else (head, own)
    return Exercise(start, part, bool(is_sure), front, solution, 0, base, stem, expected)


def _piece(outline: Outline, start: int, end: int, indent: int) -> Span:
    return Span(start, end, outline.rows[start - 1].width if indent else 0)


_SPACE = r"(?:\s|\\[>,;:!]|\\q?quad)"
_MARKER = re.compile(
    r"(?i)(?:[\s>]|&nbsp;|[-*+](?=\s)){0,40}(?P<bold>\*\*|__)?(?P<math>\$)?"
    rf"{_SPACE}{{0,4}}(?:\((?P<inner>\d{{1,2}}|[ivx]{{1,5}}|[a-z])\)"
    r"|(?P<plain>\d{1,2}|[ivx]{1,5}|[a-z])[.)](?=\s|\*|$))"
    rf"{_SPACE}{{0,4}}(?(math)\$)(?(bold)(?:\*\*|__)?)(?:\s|&nbsp;){{0,20}}"
)
"""``(b)``, ``2.`` or ``$(ii) \\quad$`` at the begin of a line."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _after(word: str) -> frozenset[str]:
    """What counts on: ``i`` is a Roman number and the ninth letter."""
    if word.isdigit():
        return frozenset({str(int(word) + 1)})
    roman = _ROMAN[_ROMAN.index(word) + 1 :][:1] if word in _ROMAN else ()
    return frozenset({*roman, *([chr(ord(word) + 1)] if len(word) == 1 else [])})


def _word(text: str) -> tuple[str, int]:
    """The marker that a line begins with, and where its text begins; no word for none."""
    match = _MARKER.match(text)
    return ((match["inner"] or match["plain"]).lower(), match.end()) if match else ("", 0)


def _markers(outline: Outline, start: int, end: int) -> dict[int, str]:
    lines = range(start, end)
    words = {line: _word(outline.lines[line - 1])[0] for line in lines}
    return {
        line: word for line, word in words.items() if word and not outline.is_verbatim[line - 1]
    }


def _next(markers: Mapping[int, str], expected: Mapping[bool, frozenset[str]]) -> int | None:
    """The first line among the last ones at which the markers count on."""
    found = {word: line for line, word in markers.items()
             if word in expected.get(word.isdigit(), ())}  # fmt: skip
    return min(found.values(), default=None)


def unmarked(rows: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a piece without its marker, unless the next of the series is in it too."""
    word, end = _word(rows[0].text) if rows else ("", 0)
    if not word or any(_word(row.text)[0] in _after(word) for row in rows[1:]):
        return rows
    return from_offset(rows[0], end), *rows[1:]
