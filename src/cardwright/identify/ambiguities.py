"""Reports questions that match several old notes equally well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.identify.match_state import Ambiguity
from cardwright.lock import LockEntry
from cardwright.model import FiledNote, Place

_SHOWN = 5
"""Notes and places that one message names at most."""


def describe_ambiguities(
    ambiguities: Iterable[Ambiguity],
    notes: Sequence[FiledNote],
    drafts: Sequence[LockEntry],
    old: Sequence[LockEntry],
) -> tuple[Diagnostic, ...]:
    """Return one LK606 for each ambiguity, at its first question, with what to write."""
    fronts: dict[str, str] = {entry.guid: entry.front for entry in old}
    return tuple(
        _describe(
            [(drafts[i].front, notes[i].note.source.place) for i in ambiguity.new],
            [old[j] for j in ambiguity.old],
            fronts,
        )
        for ambiguity in ambiguities
    )


def _describe(
    asked: Sequence[tuple[str, Place]], old: Sequence[LockEntry], fronts: Mapping[str, str]
) -> Diagnostic:
    first, place = asked[0]
    either = "the old note" if len(old) == 1 else "any of the old notes"
    named = _listed([
        f"{_unlike(first, entry.front)}{entry.guid} ({_whereabouts(entry, fronts)})"
        for entry in old
    ])  # fmt: skip
    message = f"{_quoted(first)} could be {either} {named}"
    if len(asked) > 1:
        others = [f"{_unlike(first, front)}{p.path}:{p.line}" for front, p in asked[1:]]
        message += f"; so could {_listed(others)}"
    claims = _listed([f"{{#{entry.guid}}}" for entry in old], last="or")
    hint = f"write {claims} at the end of the question that belongs to that note, or {{new}} at "
    hint += "the end of a new question; --accept-new makes all of them new notes"
    return Diagnostic(place, Code.AMBIGUOUS_MATCH, message, hint)


def _unlike(first: str, front: str) -> str:
    """The quoted front, or ``""`` if it is ``first``, which the message already names."""
    return "" if front == first else f"{_quoted(front)} "


def _whereabouts(entry: LockEntry, fronts: Mapping[str, str]) -> str:
    """Describe where a note was: its file, its section, and the note before it."""
    place = " › ".join((entry.file, *entry.section))
    if entry.is_retired:
        return f"{place}, retired"
    before = fronts.get(entry.after)
    return f"{place}, after {_quoted(before)}" if before else f"{place}, the first"


def _listed(names: Sequence[str], last: str = "and") -> str:
    shown = [*names[:_SHOWN], f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else names
    return f" {last} ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _quoted(front: str) -> str:
    return f"'{shorten(front)}'"
