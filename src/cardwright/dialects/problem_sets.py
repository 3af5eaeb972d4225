"""Problem sets: labels of exercises, of their parts and of solutions, and what they part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from cardwright.blocks.signs import is_rule
from cardwright.dialects.answers.answer import holds_text
from cardwright.dialects.boxes.box import Box
from cardwright.dialects.boxes.titles import Says
from cardwright.dialects.labels import Label, labels
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span
from cardwright.wording.words import Concept


class Kind(Enum):
    """What a part of a problem set is."""

    EXERCISE = "an exercise"
    TASK = "an exercise, or something else: a problem, an example"
    SOLUTION = "a solution"
    STATEMENT = "a theorem, a definition"
    HEADING = "a heading without a label"
    RULE = "a rule"


_KINDS: Mapping[Concept | None, Kind] = {
    Concept.EXERCISE: Kind.EXERCISE,
    Concept.TASK: Kind.TASK,
    Concept.QUESTION: Kind.TASK,
    Concept.EXAMPLE: Kind.TASK,
    Concept.SOLUTION: Kind.SOLUTION,
    Concept.ANSWER: Kind.SOLUTION,
    Concept.PROOF: Kind.SOLUTION,
    Concept.THEOREM: Kind.STATEMENT,
    Concept.DEFINITION: Kind.STATEMENT,
}


SETTING = (Kind.EXERCISE, Kind.TASK)


@dataclass(frozen=True, slots=True)
class Part:
    """The label of an exercise, a solution or a statement, or what ends all of them.

    ``level`` is that of the heading, 0 for none; ``box`` is the container or fold that it names.
    """

    kind: Kind
    line: int
    label: Label | None = None
    level: int = 0
    box: Box | None = None

    @property
    def end(self) -> int:
        """The line after its box, 0 for none."""
        return self.box.end if self.box else 0

    @property
    def has_number(self) -> bool:
        return self.label is not None and self.label.number != ""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading and all of it is the label."""
        return self.level > 0 and self.label is not None and not self.label.has_text

    @property
    def is_solution(self) -> bool:
        """Whether it is called so, not "Answer" and not "Proof"."""
        return self.label is None or self.label.concept is Concept.SOLUTION

    @property
    def is_bare_heading(self) -> bool:
        """Whether it is a heading of one word: ``## Exercises``."""
        return self.is_heading and not self.has_number

    @property
    def is_fold(self) -> bool:
        return self.box is not None and self.box.is_fold

    @property
    def indent(self) -> int:
        return self.label.indent if self.label else self.box.indent if self.box else 0

    def behind(self, end: int) -> Span:
        """What it labels, to line ``end`` at the most."""
        if self.box is not None:
            return self.box.body
        return self.label.behind(end) if self.label else Span(self.line, end)


def parts(outline: Outline) -> list[Part]:
    """The labels, rules and other headings of a document in order; of a line the label.

    Folds are solutions where an exercise is labelled so, or another solution; else they are of
    another dialect.
    """
    boxes = [Part(kind, box.start, box=box) for box in outline.folds
             if (kind := _kind_of(outline, box))]  # fmt: skip
    held = {at for part in boxes if part.kind is Kind.SOLUTION for at in range(part.line, part.end)}
    named = [Part(kind, label.line, label, label.level) for label in labels(outline)
             if (kind := _KINDS.get(label.concept)) and _is_label(label, kind)]  # fmt: skip
    named = [part for part in named if part.line not in held]
    deepest = max((part.level or 7 for part in named if part.has_number), default=0)
    named = [part for part in named if part.kind not in SETTING or not part.is_bare_heading
             or part.level > deepest]  # fmt: skip
    solved = (part for part in (*named, *boxes) if not part.is_fold)
    if all(part.kind not in (Kind.SOLUTION, Kind.EXERCISE) for part in solved):
        boxes = [part for part in boxes if not part.is_fold]
    rules = (row for row in outline.rows if row.text[:1] in _RULES and not row.is_verbatim)
    found = {heading.line: Part(Kind.HEADING, heading.line, level=heading.level)
             for heading in outline.headings if not heading.depth}  # fmt: skip
    found |= {row.number: Part(Kind.RULE, row.number) for row in rules
              if is_rule(outline.lines[row.number - 1].lstrip("> \t"))}  # fmt: skip
    found |= {part.line: part for part in (*named, *boxes)}
    return [found[line] for line in sorted(found)]


_RULES = frozenset("-*_")


def _is_label(label: Label, kind: Kind) -> bool:
    """Whether a word is not just the first of a title or of a sentence."""
    if kind is Kind.STATEMENT:
        return bool(label.number and (label.opening or label.level))
    if not (label.number or label.mark or not label.has_text or label.opening):
        return False
    if label.concept is Concept.QUESTION and label.level and not (label.number or label.has_text):
        return False  # "Questions" is the title of a section
    is_alone = bool(label.opening or label.level or label.mark)
    return is_alone or kind is Kind.SOLUTION or bool(label.number)


def _kind_of(outline: Outline, box: Box) -> Kind | None:
    """What a fold or a container is, ``None`` for other boxes."""
    is_container = outline.lines[box.start - 1].lstrip("> \t").startswith(":::")
    if box.says is Says.ANSWER and not box.is_glued and (is_container or not box.depth):
        return Kind.SOLUTION
    return Kind.EXERCISE if box.says is Says.QUESTION and is_container else None


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise that begins at a line, the pieces of its text, its solution up to a line.

    ``part`` is the label above it, ``None`` behind a rule or in a list; ``is_sure`` says that it
    is an exercise whatever its words. It may be one of several that are counted from line
    ``base`` on: ``stem`` is the line at which the text before all of them is over, 0 for none,
    and ``places`` are the last ones of each series.
    """

    line: int
    part: Part | None
    is_sure: bool
    front: tuple[Span, ...]
    solution: Part | None = None
    end: int = 0
    base: int = 0
    stem: int = 0
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def label(self) -> Label | None:
        """The label that it begins with."""
        return self.part.label if self.part and self.part.line == self.line else None


def exercises_of(outline: Outline, found: Sequence[Part]) -> Iterator[Exercise]:
    """The exercises of a document; what has no text of its own goes on with a solution.

    A part that letters or Roman numbers count has the text before the first of them on its
    front too. In the box of a solution nothing is looked for.
    """
    last: Exercise | None = None
    bounds: list[Part] = []  # since the last solution
    level, free, inside, is_set = 6, 1, 0, False
    for part, following in zip(found, [*found[1:], None], strict=False):
        if part.line < inside:
            continue
        is_active = bounds[-1].kind in SETTING if bounds else last is not None
        if part.kind is not Kind.SOLUTION:
            is_solved = last is not None and not bounds
            if _is_bound(outline, part, following, level if is_active else 6, is_solved=is_solved):
                bounds.append(part)
                level = part.level or level
                is_set = is_set or part.kind in SETTING
            continue
        exercise = _solved(outline, bounds, part, last, free, is_set=is_set)
        inside, free = part.end, max(part.end - 1, part.line) + 1
        if exercise is None and not bounds:
            continue  # it goes on with the solution above
        over = part.line if exercise is None else exercise.line
        if last is not None:
            yield replace(last, end=bounds[0].line if bounds else over)
        yield from _open(bounds, over)
        last, bounds = exercise, []
    end = len(outline.lines) + 1
    if last is not None:
        yield replace(last, end=bounds[0].line if bounds else end)
    yield from _open(bounds, end)


def _open(bounds: Sequence[Part], end: int) -> Iterator[Exercise]:
    """The exercises that nothing solves; that on line ``end`` is solved."""
    ends = [*(part.line for part in bounds[1:]), end]
    for part, over in zip(bounds, ends, strict=False):
        if part.kind in SETTING and part.line < end:
            is_sure = part.kind is Kind.EXERCISE
            yield Exercise(part.line, part, is_sure, (part.behind(over),), end=over)


def _is_bound(
    outline: Outline, part: Part, following: Part | None, level: int, *, is_solved: bool
) -> bool:
    """Whether a part ends what is above it: no mere word of a solution and no deeper heading."""
    is_answered = following is not None and following.kind is Kind.SOLUTION
    if part.kind is Kind.HEADING:
        return part.level <= level
    if part.kind is Kind.RULE:
        end = following.line - 1 if following else 0
        return is_solved or not is_answered or holds_text(outline.lines[part.line : end])
    return is_answered or part.has_number or part.level > 0 or part.kind is Kind.STATEMENT


def _solved(
    outline: Outline, bounds: Sequence[Part], solution: Part, last: Exercise | None, free: int,
    *, is_set: bool,
) -> Exercise | None:  # fmt: skip
    """What a solution solves: what is behind a label, a rule, a marker that counts on.

    Where nothing else tells it, the list item of the solution. Line ``free`` is behind the
    solution above.
    """
    bound = bounds[-1] if bounds else None
    part = bound if bound is not None and bound.kind in SETTING else None
    is_sure = bound is not None and bound.kind in (Kind.EXERCISE, Kind.RULE) and (part or is_set)
    free = bound.line + (part is None) if bound else free
    if bound is None and last is not None:
        part, is_sure = last.part, last.is_sure
    markers = _markers(outline, free, solution.line)
    if bound is None and last is not None:
        start = _next(markers, last.places)
    elif part is not None:
        start = part.line
    elif is_sure:
        lines = range(free, solution.line)
        start = next((line for line in lines if outline.lines[line - 1].strip()), None)
    else:
        numbered = [line for line, marker in markers.items() if marker.is_number]
        is_inside = solution.indent > 0 and solution.is_solution
        start = numbered[-1] if numbered and is_inside else None
    if start is None:
        return None
    own = markers.get(start)
    base, stem, places = start, 0, dict[str, int]()
    if bound is None and last is not None and own is not None and not own.is_number:
        base, stem, places = last.base, last.stem, {**last.places}
    for number, marker in markers.items():
        if number >= start:
            places.update(marker.places)
            stem = stem or (number if not marker.is_number and number > base else 0)
    front = _front(outline, part, solution, markers, start, base, stem)
    return Exercise(start, part, bool(is_sure), front, solution, 0, base, stem, places)


def _front(
    outline: Outline, part: Part | None, solution: Part, markers: Mapping[int, _Marker],
    start: int, base: int, stem: int,
) -> tuple[Span, ...]:  # fmt: skip
    """The text of the exercise that begins at ``start``, the stem of its parts first."""
    if part and start == part.line:
        first = next(iter(markers), 0)
        if part.is_heading and first and not holds_text(outline.lines[start : first - 1]):
            return (_piece(outline, markers, first, solution.line, 0),)
        return (part.behind(solution.line),)
    own = _piece(outline, markers, start, solution.line, solution.indent)
    if start == base or not stem:
        return (own,)
    if part and base == part.line:
        return part.behind(stem), own
    return _piece(outline, markers, base, stem, solution.indent), own


def _piece(
    outline: Outline, markers: Mapping[int, _Marker], start: int, end: int, indent: int
) -> Span:
    """The lines of a piece, without its marker unless the next of the series is in it too."""
    marker = markers.get(start) or _markers(outline, start, start + 1).get(start)
    if marker is None:
        return Span(start, end)
    following = {(series, place + 1) for series, place in marker.places.items()}
    if any(following & {*each.places.items()} for line, each in markers.items() if line > start):
        return Span(start, end)
    width = len(outline.lines[start - 1][: marker.column - 1].expandtabs(4)) if indent else 0
    return Span(start, end, width, marker.column)


@dataclass(frozen=True, slots=True)
class _Marker:
    """``(b)``, ``2.`` or ``$(ii) \\quad$`` at the begin of a line, its text at ``column``.

    ``places`` are the series it can belong to and its place in each: ``i`` is a Roman number and
    the ninth letter.
    """

    column: int
    places: Mapping[str, int]

    @property
    def is_number(self) -> bool:
        return "number" in self.places


_SPACE = r"(?:\s|\\[>,;:!]|\\q?quad)"
_MARKER = re.compile(
    r"(?i)(?:[\s>]|&nbsp;|[-*+](?=\s)){0,40}(?P<bold>\*\*|__)?(?P<math>\$)?"
    rf"{_SPACE}{{0,4}}(?:\((?P<inner>\d{{1,2}}|[ivx]{{1,5}}|[a-z])\)"
    r"|(?P<plain>\d{1,2}|[ivx]{1,5}|[a-z])[.)](?=\s|\*|$))"
    rf"{_SPACE}{{0,4}}(?(math)\$)(?(bold)(?:\*\*|__)?)(?:\s|&nbsp;){{0,20}}"
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _markers(outline: Outline, start: int, end: int) -> dict[int, _Marker]:
    found: dict[int, _Marker] = {}
    for number in range(start, end):
        match = _MARKER.match(outline.lines[number - 1])
        if match is None or outline.is_verbatim[number - 1]:
            continue
        word = (match["inner"] or match["plain"]).lower()
        places = {"number": int(word)} if word.isdigit() else {}
        if word in _ROMAN:
            places["roman"] = _ROMAN.index(word)
        if len(word) == 1 and word.isalpha():
            places["letter"] = ord(word) - ord("a") + 1
        found[number] = _Marker(match.end() + 1, places)
    return found


def _next(markers: Mapping[int, _Marker], places: Mapping[str, int]) -> int | None:
    """The first line among the last ones at which the markers go on with a series."""
    found = {
        series: line
        for line, marker in markers.items()
        for series, place in marker.places.items()
        if places.get(series) == place - 1
    }
    return min(found.values(), default=None)
