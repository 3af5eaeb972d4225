"""The exercises of a stretch: one, or its parts (a), (b) that have solutions of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cardwright.dialects.tasks.exercise_labels import Part
from cardwright.dialects.tasks.problem_sets import Stretch
from cardwright.dialects.text.labels import Label
from cardwright.dialects.text.question import Outline
from cardwright.dialects.text.span import Span


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise that begins at a line, the pieces of its text, its solution up to a line."""

    line: int
    label: Label | None
    front: tuple[Span, ...]
    solution: Part | None
    end: int


def in_stretch(outline: Outline, stretch: Stretch) -> Iterator[Exercise]:
    """The exercises of a stretch; what has no text of its own goes on with a solution.

    A part that letters or Roman numbers count has the text before the first of them on its
    front too.
    """
    if not stretch.solutions and stretch.label:
        text = stretch.label.behind(stretch.closed or stretch.end)
        yield Exercise(stretch.start, stretch.label, (text,), None, stretch.end)
    starts = _Starts(outline, stretch)
    found: list[tuple[int, tuple[Span, ...], Part]] = []
    free = stretch.start
    for solution in stretch.solutions:
        start = starts.before(solution, free)
        if start is not None:
            found.append((start, starts.pieces(start, solution), solution))
        free = max(solution.end, solution.line) + 1
    ends = [*(start for start, _, _ in found[1:]), stretch.end]
    for (start, front, solution), end in zip(found, ends, strict=False):
        yield Exercise(
            start, stretch.label if start == stretch.start else None, front, solution, end
        )


@dataclass(frozen=True, slots=True)
class _Marker:
    """``(b)``, ``2.`` or ``$(ii) \\quad$`` at the begin of a line, its text at ``column``.

    ``places`` are the series it can belong to and its place in each: ``i`` is a Roman number and
    the ninth letter.
    """

    column: int
    places: tuple[tuple[str, int], ...]


_MARKER = re.compile(
    r"(?i)(?:[\s>]|&nbsp;|[-*+](?=\s)){0,40}(?P<bold>\*\*|__)?(?P<math>\$)?(?:\s|\\q?quad){0,4}"
    r"(?:\((?P<inner>\d{1,2}|[ivx]{1,5}|[a-z])\)"
    r"|(?P<plain>\d{1,2}|[ivx]{1,5}|[a-z])[.)](?=\s|\*|$))"
    r"(?:\s|\\[>,;:!]|\\q?quad){0,4}(?(math)\$)(?(bold)(?:\*\*|__)?)(?:\s|&nbsp;){0,20}"
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_NUMBER = "number"


def _marker(text: str) -> _Marker | None:
    match = _MARKER.match(text)
    if match is None:
        return None
    word = (match["inner"] or match["plain"]).lower()
    places: list[tuple[str, int]] = []
    if word.isdigit():
        places.append((_NUMBER, int(word)))
    if word in _ROMAN:
        places.append(("roman", _ROMAN.index(word)))
    if len(word) == 1 and word.isalpha():
        places.append(("letter", ord(word) - ord("a") + 1))
    return _Marker(match.end() + 1, tuple(places))


class _Starts:
    """Where the exercises of a stretch begin, told by the series that their markers count in."""

    def __init__(self, outline: Outline, stretch: Stretch) -> None:
        self.outline = outline
        self.stretch = stretch
        self._markers: dict[int, _Marker] = {}
        self._last: dict[str, int] = {}
        self._base = stretch.start
        self._stem_end = 0

    def before(self, solution: Part, free: int) -> int | None:
        """The line from ``free`` on at which what a solution solves begins; ``None`` for none."""
        markers = dict(self._read(free, solution.line))
        start = self._first(markers, solution) if free == self.stretch.start else _next(
            markers, self._last
        )  # fmt: skip
        if start is None:
            return None
        own = markers.get(start)
        if start == self.stretch.start or own is None or own.places[0][0] == _NUMBER:
            self._base, self._stem_end, self._last = start, 0, {}
        for number, marker in markers.items():
            if number < start:
                continue
            self._last.update(marker.places)
            is_lettered = marker.places[0][0] != _NUMBER
            if is_lettered and not self._stem_end and number > self._base:
                self._stem_end = number
        self._markers = markers
        return start

    def _read(self, start: int, end: int) -> Iterator[tuple[int, _Marker]]:
        for number in range(start, end):
            if not self.outline.is_verbatim[number - 1]:
                marker = _marker(self.outline.lines[number - 1])
                if marker:
                    yield number, marker

    def _first(self, markers: dict[int, _Marker], solution: Part) -> int | None:
        """The begin of the stretch; where nothing else tells it, the list item of a solution."""
        if self.stretch.label:
            return self.stretch.start
        if not self.stretch.is_sure:
            label = solution.label
            is_inside = solution.kind == "solution" and label is not None and label.indent > 0
            numbered = [at for at, each in markers.items() if each.places[0][0] == _NUMBER]
            return numbered[-1] if numbered and is_inside else None
        lines = range(self.stretch.start, solution.line)
        return next((at for at in lines if self.outline.lines[at - 1].strip()), None)

    def pieces(self, start: int, solution: Part) -> tuple[Span, ...]:
        """The text of the exercise that begins at ``start``, the stem of its parts first."""
        label = self.stretch.label
        if label and start == self.stretch.start:
            first = next(iter(self._markers), 0)
            is_counted = label.level and not label.has_text and self._is_first_text(first)
            text = label.behind(self.stretch.closed or solution.line)
            return (self._piece(first, text.end, is_inside=False) if is_counted else text,)
        is_inside = solution.label is not None and solution.label.indent > 0
        own = self._piece(start, solution.line, is_inside=is_inside)
        if start == self._base or not self._stem_end:
            return (own,)
        if label and self._base == self.stretch.start:
            return label.behind(self._stem_end), own
        return self._piece(self._base, self._stem_end, is_inside=is_inside), own

    def _is_first_text(self, line: int) -> bool:
        """Whether nothing but a heading stands before a line of the stretch."""
        above = self.outline.lines[self.stretch.start : max(line - 1, 0)]
        return line > 0 and not any(text.strip() for text in above)

    def _piece(self, start: int, end: int, *, is_inside: bool) -> Span:
        """The lines of a piece, without its marker unless the next of the series is in it too."""
        text = self.outline.lines[start - 1]
        marker = _marker(text)
        if marker is None:
            return Span(start, end)
        following = {(series, place + 1) for series, place in marker.places}
        if any(following & {*each.places} for at, each in self._markers.items() if at > start):
            return Span(start, end)
        indent = len(text[: marker.column - 1].expandtabs(4)) if is_inside else 0
        return Span(start, end, indent, marker.column)


def _next(markers: dict[int, _Marker], last: dict[str, int]) -> int | None:
    """The first line among the last ones at which the markers go on with a series."""
    found: dict[str, int] = {}
    for number, marker in markers.items():
        for series, place in marker.places:
            if last.get(series) == place - 1:
                found[series] = number
    return min(found.values(), default=None)
