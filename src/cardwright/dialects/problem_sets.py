"""Problem sets: labels of exercises, of their parts and of solutions, and what they part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    def is_bare_heading(self) -> bool:
        """Whether it is a heading of one word: ``## Exercises``."""
        label = self.label
        return label is not None and label.level > 0 and not (label.number or label.has_text)

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
    if any(part.label and part.label.number for part in named if part.kind in SETTING):
        named = [part for part in named if not (part.kind in SETTING and part.is_bare_heading)]
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
class Stretch:
    """The lines ``start`` to ``end`` (the line after) with the solutions in them.

    ``part`` is the exercise at its begin, ``None`` behind a rule or a heading; ``is_sure`` says
    that it is one whatever its words: by its label, or as one of those that rules part.
    """

    part: Part | None
    start: int
    end: int
    solutions: tuple[Part, ...]
    is_sure: bool


def stretches(outline: Outline, found: Sequence[Part]) -> Iterator[Stretch]:
    """The document in stretches, those between a heading and the next label too.

    In the container of a solution nothing is looked for.
    """
    part, start, is_sure = None, outline.document.source.front_matter.length + 1, False
    level, inside, is_set = 6, 0, False
    solutions: list[Part] = []
    for each, following in zip(found, [*found[1:], None], strict=False):
        if each.line < inside:
            continue
        if each.kind is Kind.SOLUTION:
            solutions.append(each)
            inside = each.end
            continue
        is_answered = following is not None and following.kind is Kind.SOLUTION
        if each.kind is Kind.HEADING:
            is_over = each.level <= level or not (part or solutions)
        elif each.kind is Kind.RULE:
            above = outline.lines[each.line : following.line - 1] if following else ()
            is_over = bool(solutions) or not is_answered or holds_text(above)
        else:
            is_numbered = each.label is not None and each.label.number != ""
            is_over = is_answered or is_numbered or each.level > 0 or each.kind is Kind.STATEMENT
        if not is_over:
            continue
        yield Stretch(part, start, each.line, tuple(solutions), is_sure)
        solutions.clear()
        is_set = is_set or each.kind in SETTING
        part = each if each.kind in SETTING else None
        is_sure = each.kind is Kind.EXERCISE or (each.kind is Kind.RULE and is_set)
        start = each.line if part else each.line + 1
        level = each.level or level
    yield Stretch(part, start, len(outline.lines) + 1, tuple(solutions), is_sure)


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise that begins at a line, the pieces of its text, its solution up to a line."""

    line: int
    part: Part | None
    front: tuple[Span, ...]
    solution: Part | None
    end: int


def exercises_of(outline: Outline, stretch: Stretch) -> Iterator[Exercise]:
    """The exercises of a stretch: one, or its parts (a), (b) that have solutions of their own.

    What has no text of its own goes on with a solution. A part that letters or Roman numbers
    count has the text before the first of them on its front too.
    """
    if not stretch.solutions and stretch.part:
        front = stretch.part.behind(stretch.end)
        yield Exercise(stretch.start, stretch.part, (front,), None, stretch.end)
    found: list[Exercise] = []
    free = base = stretch.start
    stem_end = 0
    last: dict[str, int] = {}
    for solution in stretch.solutions:
        markers = _markers(outline, free, solution.line)
        is_first = free == stretch.start
        start = _first(outline, stretch, solution, markers) if is_first else _next(markers, last)
        free = max(solution.end - 1, solution.line) + 1
        if start is None:
            continue
        own = markers.get(start)
        if start == stretch.start or own is None or own.is_number:
            base, stem_end, last = start, 0, {}
        for number, marker in markers.items():
            if number >= start:
                last.update(marker.places)
                if not (marker.is_number or stem_end) and number > base:
                    stem_end = number
        spans = _pieces(outline, stretch, solution, markers, start, base, stem_end)
        part = stretch.part if start == stretch.start else None
        found.append(Exercise(start, part, spans, solution, stretch.end))
    ends = [*(exercise.line for exercise in found[1:]), stretch.end]
    yield from (replace(each, end=end) for each, end in zip(found, ends, strict=False))


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


def _first(
    outline: Outline, stretch: Stretch, solution: Part, markers: Mapping[int, _Marker]
) -> int | None:
    """The begin of the stretch; where nothing else tells it, the list item of a solution."""
    if stretch.part:
        return stretch.start
    if not stretch.is_sure:
        numbered = [line for line, marker in markers.items() if marker.is_number]
        label = solution.label
        is_solution = label is None or label.concept is Concept.SOLUTION
        return numbered[-1] if numbered and is_solution and solution.indent > 0 else None
    lines = range(stretch.start, solution.line)
    return next((line for line in lines if outline.lines[line - 1].strip()), None)


def _next(markers: Mapping[int, _Marker], last: Mapping[str, int]) -> int | None:
    """The first line among the last ones at which the markers go on with a series."""
    found = {
        series: line
        for line, marker in markers.items()
        for series, place in marker.places.items()
        if last.get(series) == place - 1
    }
    return min(found.values(), default=None)


def _pieces(
    outline: Outline, stretch: Stretch, solution: Part, markers: Mapping[int, _Marker],
    start: int, base: int, stem_end: int,
) -> tuple[Span, ...]:  # fmt: skip
    """The text of the exercise that begins at ``start``, the stem of its parts first."""
    part, indent = stretch.part, solution.indent
    if part and start == stretch.start:
        first = next(iter(markers), 0)
        is_heading = part.level > 0 and part.label is not None and not part.label.has_text
        if is_heading and first and not holds_text(outline.lines[start : first - 1]):
            return (_piece(outline, markers, first, solution.line, 0),)
        return (part.behind(solution.line),)
    own = _piece(outline, markers, start, solution.line, indent)
    if start == base or not stem_end:
        return (own,)
    if part and base == stretch.start:
        return part.behind(stem_end), own
    return _piece(outline, markers, base, stem_end, indent), own


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
