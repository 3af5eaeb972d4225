"""Reads and writes a lock as text that git can merge."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from cardwright.diagnostics import Code, Diagnostic
from cardwright.lock import Delivery, FileChoice, ImagePin, KeptTitle, Lock, LockEntry, entry_order
from cardwright.lock.deliveries import with_known_collections
from cardwright.lock.hidden_parts import with_distinct_numbers
from cardwright.lock.records import (
    End,
    Header,
    Katex,
    Record,
    Root,
    format_record,
    read_record,
    version_of,
)
from cardwright.model import LOCK_NAME, SUFFIXES, NoteTypeStamp, Place

VERSION = 5
"""The version of the text form. An older Cardwright refuses a newer version."""


def format_lock(lock: Lock) -> str:
    """Return the text of a lock: one record a line, with blank lines between them.

    Because of the blank lines, git can merge edits of neighbouring records. If two branches
    changed the same record, git's union merge keeps both versions whole.
    """
    records: tuple[Record, ...] = (
        Header(_version_for(lock), lock.project),
        Root(lock.deck),
        *_in_order(NoteTypeStamp, lock.notetypes),
        *_in_order(FileChoice, lock.files),
        *_in_order(KeptTitle, lock.titles),
        *([Katex(lock.katex)] if lock.katex else []),
        *_in_order(ImagePin, lock.pins),
        *_in_order(Delivery, lock.deliveries),
        *_in_order(LockEntry, lock.entries),
        End("lock"),
    )
    return "\n\n".join(map(format_record, records)) + "\n"


def _version_for(lock: Lock) -> int:
    """Return the lowest version that can hold the lock, so that older programs can read it."""
    if any(entry.hidden for entry in lock.entries):
        return VERSION
    if lock.titles or lock.deliveries:
        return 4
    if any(entry.output or entry.behind for entry in lock.entries):
        return 4
    if any(entry.sketch for entry in lock.entries):
        return 3
    return 2 if lock.katex or lock.pins else 1


class LockFlaw(NamedTuple):
    """What is wrong with a line of a lock."""

    line: int
    message: str
    code: Code = Code.DAMAGED_LOCK

    def diagnostic(self, path: str) -> Diagnostic:
        """Return the flaw as a diagnostic of the lock at ``path``."""
        place = Place(path, self.line)
        if self.code is Code.DAMAGED_LOCK:
            return damaged_lock(place, self.message)
        hint = "install a newer Cardwright"
        if self.code is Code.CONFLICTED_LOCK:
            hint = f"'{lock_command('--merge', path)}' merges both sides"
        return Diagnostic(place, self.code, self.message, hint)


def parse_lock(text: str, path: str) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
    """Parse the text of a lock. Return ``None`` and the first problem if that fails.

    LK602 for conflict markers, LK603 for a newer version, LK601 for all else. There is only one
    diagnostic, because the remedy is the same for the whole file. A repeated record is no error,
    because git's union merge can leave it: the later ``mod`` wins. ``\\r\\n`` and a BOM are
    accepted.
    """
    found = _parsed(text)
    return (found, ()) if isinstance(found, Lock) else (None, (found.diagnostic(path),))


@lru_cache(maxsize=2)  # a process that builds repeatedly reads the same text each time
def _parsed(text: str) -> Lock | LockFlaw:
    lines = numbered_lines(text)
    for number, line in lines:
        if line.startswith(MARKERS):
            return LockFlaw(number, "the lock has conflict markers of git", Code.CONFLICTED_LOCK)
    records: list[Record] = []
    for number, line in lines:
        record = record_on(line, number)
        if isinstance(record, LockFlaw):
            return record
        if complaint := _order_problem(record, records):
            return LockFlaw(number, complaint)
        records.append(record)
    if not records or not isinstance(records[-1], End):
        return LockFlaw(lines[-1][0] if lines else 1, NO_END)
    return lock_from_records(records)


MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
"""How the lines start that git writes around both sides of a conflict and between them."""


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines with text, stripped, with their numbers from 1."""
    # Not splitlines(): a front may contain U+2028, which is no line end for git.
    lines = enumerate(text.removeprefix("\ufeff").split("\n"), 1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


def record_on(line: str, number: int) -> Record | LockFlaw:
    """Return the record on a line, or LK601, or LK603 if a newer Cardwright wrote it."""
    record = read_record(line)
    if not isinstance(record, str | Header):
        return record
    version = version_of(line)
    if version > VERSION:
        message = f"the lock has version {version}, but this Cardwright supports only {VERSION}"
        return LockFlaw(number, message, Code.NEWER_LOCK)
    return LockFlaw(number, record) if isinstance(record, str) else record


def lock_command(option: str, lock_file: str) -> str:
    """Return the ``cardwright lock`` command for the content of a lock file."""
    return content_command(f"lock {option}", lock_file)


def content_command(words: str, lock_file: str) -> str:
    """Return the command ``cardwright WORDS`` for the content of a lock file.

    It is ready to be typed, unless ``--lock`` named the file: then nobody knows here whose it is.
    """
    path = Path(lock_file)
    beside = [path.with_suffix(suffix) for suffix in SUFFIXES]
    content = path.parent if path.name == LOCK_NAME else next(filter(Path.is_file, beside), None)
    if content is None:
        return f"cardwright {words} --lock {shlex.quote(lock_file)} PATH"
    is_default = content == Path("content")
    return f"cardwright {words}" + ("" if is_default else f" {shlex.quote(content.as_posix())}")


def damaged_lock(place: Place, complaint: str) -> Diagnostic:
    hint = (
        "restore the file from git, or from the last package with "
        f"'{lock_command('--from PACKAGE', place.path)}'; do not delete it: it links the "
        "questions to their reviews"
    )
    return Diagnostic(place, Code.DAMAGED_LOCK, complaint, hint)


NO_END = "the lock is cut off: its end is missing"


def _order_problem(record: Record, before: list[Record]) -> str:
    """Return why ``record`` cannot follow the records ``before`` it, or ``""``."""
    if not before and not isinstance(record, Header):
        return "the first line of the lock is missing"
    if before and isinstance(before[-1], End):
        return "the lock continues after its end"
    if not isinstance(record, Header):
        return ""
    # Two branches may each have made a lock, and only one of them needed the higher version.
    first = before[0] if before else None
    if isinstance(first, Header) and (first.project != record.project or first.lock == record.lock):
        return "a second lock starts here"
    is_known = 1 <= record.lock <= VERSION
    return "" if is_known else f"there is no version {record.lock} of the lock"


def lock_from_records(records: Iterable[Record]) -> Lock:
    """Build a lock from well-formed records. If a record is repeated, the later version wins.

    If two versions of a note have the same ``mod`` but different output, nobody knows which one a
    learner has. Their hashes are cleared then, so that the next build gives the note a new
    ``mod``.
    """
    project = deck = katex = ""
    found: dict[type, dict[object, Any]] = {kind: {} for kind in _TABLES}
    for record in records:
        match record:
            case Header():
                project = record.project
            case Root():
                deck = record.deck
            case Katex():
                katex = max(katex, record.katex, key=_version_order)
            case End():
                pass
            case _:
                key_of, later = _TABLES[type(record)]
                key, known = key_of(record), found[type(record)]
                known[key] = later(known[key], record) if key in known else record
    lock = Lock(
        project,
        deck,
        notetypes=_in_order(NoteTypeStamp, found[NoteTypeStamp].values()),
        files=_in_order(FileChoice, found[FileChoice].values()),
        titles=_in_order(KeptTitle, found[KeptTitle].values()),
        katex=katex,
        pins=_in_order(ImagePin, found[ImagePin].values()),
        deliveries=_in_order(Delivery, found[Delivery].values()),
        entries=_in_order(LockEntry, found[LockEntry].values()),
    )
    return with_known_collections(lock)


def _version_order(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def _later_stamp(one: NoteTypeStamp, other: NoteTypeStamp) -> NoteTypeStamp:
    if one.mod == other.mod and one.fingerprint != other.fingerprint:
        return replace(other, fingerprint="")
    return max(one, other, key=lambda stamp: stamp.mod)


def _later_entry(one: LockEntry, other: LockEntry) -> LockEntry:
    """Return the later entry. If that is unclear, both sides of a merge choose the same one."""
    both = sorted(
        (one, other), key=lambda entry: (entry.mod, not entry.is_retired, format_record(entry))
    )
    later = with_distinct_numbers(both[1], both[0])
    has_same_inputs = (one.made, one.media) == (other.made, other.media)
    is_same = has_same_inputs or one.output == other.output != ""
    is_unclear = one.mod == other.mod and not is_same
    return replace(later, made="", output="") if is_unclear else later


_TABLES: Mapping[type, tuple[Callable[[Any], Any], Callable[[Any, Any], Any]]] = {
    NoteTypeStamp: (attrgetter("kind"), _later_stamp),
    FileChoice: (attrgetter("file"), lambda _, last: last),
    KeptTitle: (attrgetter("title", "file"), lambda _, last: last),
    ImagePin: (attrgetter("image"), lambda *pins: max(pins, key=attrgetter("mod", "sha256"))),
    # It is better to repeat a task than to forget one.
    Delivery: (attrgetter("collection"), lambda *both: min(both, key=attrgetter("at"))),
    LockEntry: (attrgetter("guid"), _later_entry),
}
"""For each kind of record that a lock can have several of: its key, and which of two counts."""

_Kept = TypeVar("_Kept")


def _in_order(kind: type[_Kept], records: Iterable[_Kept]) -> tuple[_Kept, ...]:
    key: Callable[[Any], Any] = entry_order if kind is LockEntry else _TABLES[kind][0]
    return tuple(sorted(records, key=key))
