"""The deletions of a cloze note as words in its Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cardwright.diagnostics import Code, Diagnostic
from cardwright.markup.marks import CLOSING, DIVIDER, OPENING, edge_mark, split_edges
from cardwright.math.traced import Replacement, Traced, replace
from cardwright.model import Deletion, Edge, Formula, Fragment, Passage, Stretch


def put_edges(
    passage: Passage, deletions: Iterable[Deletion], key: str
) -> tuple[Traced, Mapping[str, str]]:
    """The passage with a word for each mark of a deletion, and what each word stands for.

    The deletions are places in the last lines of ``passage``: what stands before the front that
    they belong to is taken into account by the caller.
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
    """The deletions of a passage that ``lines`` further lines were put in front of."""

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
    """RN408 for each deletion that the HTML does not show, for it stands where no text is."""
    formulas = (mark for mark in fragment.marks if isinstance(mark, Formula))
    shown = {edge.deletion for formula in formulas for edge in formula.edges}
    for edge in split_edges(fragment.html, fragment.key) if deletions else ():
        if isinstance(edge, Edge) and edge.kind == OPENING:
            shown.add(edge.deletion)
    for index, deletion in enumerate(deletions):
        if index not in shown:
            place = front.place(deletion.opening.line, deletion.opening.start)
            message = "this deletion is in no text that a card shows, so nothing is hidden here"
            hint = "move it out of the image, the address or the tag that it stands in"
            yield Diagnostic(place, Code.LOST_DELETION, message, hint)
