"""Replaces the marks of a cloze note's deletions with placeholders, and finds lost deletions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cardwright.diagnostics import Code, Diagnostic
from cardwright.formulas.traced import Replacement, Spot, Traced, replace
from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, edge_mark, split_edges
from cardwright.model import Deletion, Edge, Formula, Fragment, Passage


def put_edges(
    passage: Passage, deletions: Iterable[Deletion], key: str, above: int
) -> tuple[Traced, Mapping[str, str]]:
    """Replace each mark of a deletion with a placeholder, and map placeholders to the source.

    ``above`` is the number of lines in ``passage`` before the text that the deletions are in.
    """
    traced = Traced(passage)
    edges = tuple(_edges(deletions, key, above))
    words = {edge.text: traced.raw(edge.begin, edge.end) for edge in edges}
    return replace(traced, edges), words


def _edges(deletions: Iterable[Deletion], key: str, above: int) -> Iterator[Replacement]:
    for index, deletion in enumerate(deletions):
        kinds = ((OPENING, deletion.opening), (DIVIDER, deletion.divider),
                 (CLOSING, deletion.closing))  # fmt: skip
        for kind, place in kinds:
            if place is not None:
                line = place.line + above
                begin, end = Spot(line, place.start), Spot(line, place.end)
                yield Replacement(begin, end, edge_mark(key, index, kind))


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
