"""Merges both sides of a lock that git left with conflict markers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cardwright.diagnostics import Code, Diagnostic
from cardwright.lock import Lock, LockEntry
from cardwright.lock.records import End, Header, Record, quoted, read_record
from cardwright.lock.text import (
    MARKERS,
    NO_END,
    LockFlaw,
    lock_from_records,
    numbered_lines,
    parse_lock,
    record_on,
)
from cardwright.model import Place

Line = tuple[int, str]
"""A line with its number, from 1."""


@dataclass(frozen=True, slots=True)
class MergedLock:
    """A merged lock."""

    lock: Lock
    conflicts: int = 0  # 0 if there were no conflict markers
    duplicates: int = 0  # notes that were there in two versions


def merge_conflicts(text: str, path: str) -> tuple[MergedLock | None, tuple[Diagnostic, ...]]:
    """Return the lock with both sides of all conflicts, or ``None`` and what is wrong.

    The base version between ``|||||||`` and ``=======`` (git's diff3 style) is left out. Else a
    note that both sides retired would be live again. If the markers do not match, it is kept,
    because it may be one of the sides. LK601 for an unreadable record or a truncated lock, LK602
    for two projects, LK603 for a newer version.
    """
    numbered = numbered_lines(text)
    conflicts = sum(line.startswith(_OPENING) for _, line in numbered)
    if not any(line.startswith(MARKERS) for _, line in numbered):
        lock, problems = parse_lock(text, path)
        return (MergedLock(lock) if lock else None), problems
    lines, is_open = _sides(numbered)
    records, problems = _records(lines, path)
    if problems:
        return None, problems
    if is_open or not _has_end(numbered[-1][1], records):
        return None, (LockFlaw(numbered[-1][0], NO_END).diagnostic(path),)
    guids = Counter(r.guid for r in dict.fromkeys(records) if isinstance(r, LockEntry))
    duplicates = sum(count > 1 for count in guids.values())
    return MergedLock(lock_from_records(records), max(conflicts, 1), duplicates), ()


_OPENING, _BASE, _DIVIDER, _CLOSING = MARKERS
_FOLLOWS = {_BASE: (_OPENING,), _DIVIDER: (_OPENING, _BASE), _CLOSING: (_DIVIDER,)}
"""For each marker, those that may come directly before it in the same conflict."""


def _sides(numbered: Sequence[Line]) -> tuple[list[Line], bool]:
    """Return all lines but markers and bases, and whether a conflict lacks its second side.

    Conflicts may be nested, because git merges the bases of a criss-cross merge with markers.
    """
    kept: list[Line] = []
    opened: list[str] = []
    fits = True
    for number, line in numbered:
        marker = line[:7]
        if marker == _OPENING:
            opened.append(marker)
        elif marker in _FOLLOWS:
            fits = fits and bool(opened) and opened[-1] in _FOLLOWS[marker]
            opened = opened[:-1] if marker == _CLOSING else [*opened[:-1], marker]
        elif _BASE not in opened:
            kept.append((number, line))
    if fits and not opened:
        return kept, False
    every = [(number, line) for number, line in numbered if not line.startswith(MARKERS)]
    return every, any(marker != _DIVIDER for marker in opened)


def _records(lines: Sequence[Line], path: str) -> tuple[list[Record], tuple[Diagnostic, ...]]:
    """Return the records on the lines, with at least one header and only one project."""
    records: list[Record] = []
    project = ""
    for number, line in lines:
        record = record_on(line, number)
        if isinstance(record, LockFlaw):
            return [], (record.diagnostic(path),)
        if isinstance(record, Header):
            if project not in ("", record.project):
                projects = f"{quoted(project)} and {quoted(record.project)}"
                message = f"the two sides are locks of two projects, {projects}"
                place = Place(path, number)
                return [], (Diagnostic(place, Code.CONFLICTED_LOCK, message, _TWO_PROJECTS),)
            project = record.project
        records.append(record)
    if not any(isinstance(record, Header) for record in records):
        return [], (LockFlaw(1, "the first line of the lock is missing").diagnostic(path),)
    return records, ()


_TWO_PROJECTS = (
    "their notes have nothing in common: keep one side ('git checkout --ours' or '--theirs'); "
    "the questions of the other are then new notes"
)


def _has_end(last: str, records: Sequence[Record]) -> bool:
    """Whether the lock ends with an ``End``, or with a conflict in which a side has one."""
    is_last = isinstance(records[-1], End) and not last.startswith(MARKERS)
    return is_last or (last.startswith(_CLOSING) and any(isinstance(r, End) for r in records))


def salvage_lock(text: str) -> Lock:
    """Return what can be read of a lock, which may be damaged."""
    records = (read_record(line) for _, line in numbered_lines(text))
    return lock_from_records(record for record in records if not isinstance(record, str))
