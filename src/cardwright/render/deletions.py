"""Replaces the marks of a cloze note's deletions with placeholders, and finds lost deletions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cardwright.diagnostics import Code, Diagnostic
from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, edge_mark, split_edges
from cardwright.math.traced import Replacement, Traced, replace
from cardwright.model import Deletion, Edge, Formula, Fragment, Passage, Stretch


def put_edges(
    passage: Passage, deletions: Iterable[Deletion], key: str
) -> tuple[Traced, Mapping[str, str]]:
    """Replace each mark of a deletion with a placeholder, and map placeholders to the source.

    The places of the deletions must count from the first line of ``passage``. See ``moved``.
    """
    traced = Traced(passage)
    edges = tuple(_edges(deletions, key))
    words = {edge.text: traced.raw(edge.first, edge.start, edge.last, edge.end) for edge in edges}
    return replace(traced, edges), words


def _edges(deletions: Iterable[Deletion], key: str) -> Iterator[Replacement]:
    for index, deletion in enumerate(deletions):
        kinds = ((OPENING, deletion.opening), (DIVIDER, deletion.divider),
                 (CLOSING, deletion.closing))  # fmt: skip
        for kind, place in kinds:
            if place is not None:
                word = edge_mark(key, index, kind)
                yield Replacement(place.line, place.start, place.line, place.end, word)


def moved(deletions: Iterable[Deletion], lines: int) -> tuple[Deletion, ...]:
    """Return the deletions of a passage after ``lines`` lines were put before it."""

    def down(place: Stretch) -> Stretch:
        return Stretch(place.line + lines, place.start, place.end)

    return tuple(
        Deletion(
            each.number, down(each.opening), down(each.closing),
            down(each.divider) if each.divider else None,
        )
        for each in deletions
    )  # fmt: skip


def lost_deletions(
    fragment: Fragment, front: Passage, deletions: Sequence[Deletion]
) -> Iterator[Diagnostic]:
    """Yield RN408 for each deletion that the HTML does not show, because it is not in any text."""
    formulas = (mark for mark in fragment.marks if isinstance(mark, Formula))
    shown = {edge.deletion for formula in formulas for edge in formula.edges}
    for edge in split_edges(fragment.html, fragment.key) if deletions else ():
        if isinstance(edge, Edge) and edge.kind == OPENING:
            shown.add(edge.deletion)
    for index, deletion in enumerate(deletions):
        if index not in shown:
            place = front.place(deletion.opening.line, deletion.opening.start)
            message = "this deletion is in no text that a card shows, so nothing is hidden here"
            hint = "move it out of the image, the address or the tag"
            yield Diagnostic(place, Code.LOST_DELETION, message, hint)
