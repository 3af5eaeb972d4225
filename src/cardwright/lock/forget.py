"""Removes retired notes from a lock for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.lock.entries import Lock, LockEntry
from cardwright.model import Guid, Place


def forget(
    lock: Lock, guids: Sequence[str], path: str
) -> tuple[Lock, tuple[LockEntry, ...], tuple[Diagnostic, ...]]:
    """Return the lock without the notes of these GUIDs, and the removed notes.

    LK611 for each GUID that is unknown or belongs to a live note. Nothing is removed then. A
    live note cannot be removed, because its question would become a new note.
    """
    known = {entry.guid: entry for entry in lock.entries}
    problems = tuple(_problems(known, guids, path))
    if problems:
        return lock, (), problems
    gone = {Guid(guid) for guid in guids}
    left = tuple(entry for entry in lock.entries if entry.guid not in gone)
    dropped = tuple(entry for entry in lock.entries if entry.guid in gone)
    return replace(lock, entries=left), dropped, ()


def _problems(
    known: dict[Guid, LockEntry], guids: Sequence[str], path: str
) -> Iterator[Diagnostic]:
    for guid in dict.fromkeys(guids):
        entry = known.get(Guid(guid))
        if entry is None:
            near = get_close_matches(guid, sorted(known), 1)
            hint = f"did you mean '{near[0]}'?" if near else "the field Id of a note holds its GUID"
            message = f"there is no note '{shorten(guid)}' in the lock"
            yield Diagnostic(Place(path), Code.NOT_FORGOTTEN, message, hint)
        elif not entry.is_retired:
            message = f"'{shorten(entry.front)}' ({guid}) is not retired: its question is in "
            message += f"'{entry.file}', and would become a new note"
            hint = "remove the question from the file and build first"
            yield Diagnostic(Place(path), Code.NOT_FORGOTTEN, message, hint)
