"""One lock of both sides of a merge that git left with conflict markers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cardwright.diagnostics import Code, Diagnostic
from cardwright.lock.entries import Lock, LockEntry
from cardwright.lock.records import End, Header, Record, quoted, read_record, version_of
from cardwright.lock.text import VERSION, damaged, lock_of, newer, parse_lock
from cardwright.model import Place

Line = tuple[int, str]
"""A line with its number, from 1."""


@dataclass(frozen=True, slots=True)
class Mended:
    """``conflicts`` is 0 where there was nothing to mend; ``twice`` counts the notes that stood
    there in two states."""

    lock: Lock
    conflicts: int = 0
    twice: int = 0


def mend(text: str, path: str) -> tuple[Mended | None, tuple[Diagnostic, ...]]:
    """The lock that both sides of the conflicts make together, or ``None`` and what is wrong.

    What stood before both sides (``|||||||``, git's style diff3) is left out, so that a note
    retired on both is not live again; where the markers do not fit together it is kept, for it
    may be a side. LK601 for a record that cannot be read, a lock without its first line or cut
    off; LK602 for two projects; LK603 as ever.
    """
    numbered = [
        (number, line.strip())
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1)
        if line.strip()
    ]
    conflicts = sum(line.startswith(_OPENING) for _, line in numbered)
    if not any(_MARKER.match(line) for _, line in numbered):
        lock, problems = parse_lock(text, path)
        return (Mended(lock) if lock else None), problems
    lines, is_open = _sides(numbered)
    records, problems = _records(lines, path)
    if problems:
        return None, problems
    if is_open or not _has_end(numbered[-1][1], records):
        place = Place(path, numbered[-1][0])
        return None, (damaged(place, "the lock is cut off: its end is missing"),)
    guids = Counter(r.guid for r in dict.fromkeys(records) if isinstance(r, LockEntry))
    twice = sum(count > 1 for count in guids.values())
    return Mended(lock_of(records), max(conflicts, 1), twice), ()


_OPENING, _BASE, _DIVIDER, _CLOSING = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_FOLLOWS = {_BASE: (_OPENING,), _DIVIDER: (_OPENING, _BASE), _CLOSING: (_DIVIDER,)}
"""After which marker of the same conflict each comes."""
_MARKER = re.compile(r"<{7}|\|{7}|={7}|>{7}")


def _sides(numbered: Sequence[Line]) -> tuple[list[Line], bool]:
    """The lines of both sides of each conflict, and those around: all but markers and bases; and
    whether the text ends before the second side of one.

    Conflicts may be nested: git merges the bases of a criss-cross merge with markers, too.
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
    every = [(number, line) for number, line in numbered if not _MARKER.match(line)]
    return every, any(marker != _DIVIDER for marker in opened)


def _records(lines: Sequence[Line], path: str) -> tuple[list[Record], tuple[Diagnostic, ...]]:
    """The records on the lines, at least one, headers of one project first."""
    records: list[Record] = []
    for number, line in lines:
        if version_of(line) > VERSION:
            return [], (newer(Place(path, number), version_of(line)),)
        record = read_record(line)
        if isinstance(record, str):
            return [], (damaged(Place(path, number), record),)
        if isinstance(record, Header) and (other := _other_project(record, records)):
            return [], (_two_projects(Place(path, number), other, record.project),)
        records.append(record)
    if not any(isinstance(record, Header) for record in records):
        return [], (damaged(Place(path, 1), "the first line of the lock is missing"),)
    return records, ()


def _other_project(header: Header, before: Sequence[Record]) -> str:
    """The project of a header before this one, where it is another."""
    projects = (record.project for record in before if isinstance(record, Header))
    return next((project for project in projects if project != header.project), "")


def _two_projects(place: Place, one: str, other: str) -> Diagnostic:
    message = f"the two sides are locks of two projects, {quoted(one)} and {quoted(other)}"
    hint = (
        "their notes have nothing in common: keep one side ('git checkout --ours' or '--theirs'); "
        "the questions of the other are then new notes"
    )
    return Diagnostic(place, Code.CONFLICTED_LOCK, message, hint)


def _has_end(last: str, records: Sequence[Record]) -> bool:
    """Whether a lock ends with its end, or with a conflict in which one side has it."""
    is_last = isinstance(records[-1], End) and not _MARKER.match(last)
    return is_last or (last.startswith(_CLOSING) and any(isinstance(r, End) for r in records))


def known_entries(text: str) -> tuple[LockEntry, ...]:
    """The notes that a text still names, whatever else is wrong with it as a lock."""
    return tuple(record for record in _readable(text) if isinstance(record, LockEntry))


def known_lock(text: str) -> Lock:
    """What a text still says, whatever else is wrong with it as a lock."""
    return lock_of(_readable(text))


def _readable(text: str) -> Iterator[Record]:
    for line in text.removeprefix("\ufeff").split("\n"):
        record = read_record(line.strip())
        if not isinstance(record, str):
            yield record
