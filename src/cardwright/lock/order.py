"""Puts the entries of a lock into the order of their questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from cardwright.lock import Lock, LockEntry
from cardwright.model import Guid, natural_order


def in_source_order(lock: Lock, guids: Collection[Guid]) -> list[LockEntry]:
    """Return the entries with these GUIDs by file, and in each file by their places.

    An entry knows the one that it followed. A retired one keeps its place behind it, before the
    questions that follow now.
    """
    paths = {entry.file for entry in lock.entries if entry.guid in guids}
    files: defaultdict[str, list[LockEntry]] = defaultdict(list)
    for entry in lock.entries:
        if entry.file in paths:
            files[entry.file].append(entry)
    ordered = (_by_place(files[path]) for path in sorted(paths, key=natural_order))
    return [entry for entries in ordered for entry in entries if entry.guid in guids]


def _by_place(entries: Sequence[LockEntry]) -> Iterator[LockEntry]:
    known = {entry.guid for entry in entries}
    following: defaultdict[str, list[LockEntry]] = defaultdict(list)
    last_first = sorted(entries, key=lambda each: (not each.is_retired, each.born), reverse=True)
    for entry in last_first:
        following[entry.after].append(entry)
    # Those that follow each other in a circle are below the others.
    waiting = sorted(last_first, key=lambda each: each.after not in known)
    while waiting:
        entry = waiting.pop()
        if entry.guid in known:
            known.remove(entry.guid)
            yield entry
            waiting += following[entry.guid]
