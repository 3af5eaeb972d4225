"""The lock: what the last build knew of every note, as a value and as text that git can merge."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from cardwright.diagnostics import Code, Diagnostic, shorten
from cardwright.model import DeckName, Guid, NoteTypeStamp, Place
from cardwright.notetypes import QA

VERSION = 1
"""Raised with every change of the text form: an older Cardwright refuses what it cannot keep."""


@dataclass(frozen=True, slots=True)
class FileChoice:
    """How a file was read, so that ``auto`` does not read it otherwise next time.

    ``questions`` is the dialect's name, those of several joined by `` + ``, ``subdecks`` the
    layout; ``question_level`` is ``None`` where the dialect has none.
    """

    file: str
    questions: str
    question_level: int | None
    subdecks: str


@dataclass(frozen=True, slots=True)
class LockEntry:
    """A note that was built once, retired or not.

    ``front`` is the whole front in normalised form, ``answer`` a hash of the normalised answer;
    ``made`` and ``media`` are hashes of what the note was made from. ``mod`` is in seconds,
    ``born`` in milliseconds since 1970; ``born`` is the note's id in Anki, no two entries have
    the same. ``after`` is the note before this one in its file, ``""`` for the first: so
    neighbours are known without ordinals, which every insertion would change. ``is_new`` says
    that the question carried ``{new}``. ``kind`` is that of its note type; the front of a
    ``cloze`` is its text without the marks of deletions, which count as its answer.
    """

    guid: Guid
    file: str
    section: tuple[str, ...]
    front: str
    answer: str
    made: str
    media: tuple[str, ...]
    mod: int
    born: int
    deck: DeckName
    id: str = ""
    after: str = ""
    is_new: bool = False
    is_retired: bool = False
    kind: str = QA


@dataclass(frozen=True, slots=True)
class Lock:
    """Everything that a build has to know of the builds before it.

    ``project`` is the salt of the GUIDs, ``deck`` the root deck's name. Tuples are in the order
    of the text form: note types by kind, choices by file, entries by file, section and GUID.
    """

    project: str
    deck: str = ""
    notetypes: tuple[NoteTypeStamp, ...] = ()
    files: tuple[FileChoice, ...] = ()
    entries: tuple[LockEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    lock: int
    project: str


@dataclass(frozen=True, slots=True)
class _Root:
    deck: str


@dataclass(frozen=True, slots=True)
class _End:
    end: str


_Record = _Header | _Root | NoteTypeStamp | FileChoice | LockEntry | _End


def entry_order(entry: LockEntry) -> tuple[str, tuple[str, ...], str]:
    """The key by which entries are sorted; it is the same in any branch."""
    return entry.file, entry.section, entry.guid


def format_lock(lock: Lock) -> str:
    """The text of a lock: one record a line, a blank line between any two.

    The blank lines keep edits of neighbouring records apart, so that git merges them; where
    two branches changed the same record, its union merge leaves both, each whole.
    """
    records: tuple[_Record, ...] = (
        _Header(VERSION, lock.project),
        _Root(lock.deck),
        *sorted(lock.notetypes, key=lambda stamp: stamp.kind),
        *sorted(lock.files, key=lambda choice: choice.file),
        *sorted(lock.entries, key=entry_order),
        _End("lock"),
    )
    return "\n\n".join(map(_line, records)) + "\n"


def _line(record: _Record) -> str:
    keys = {field.name: getattr(record, field.name) for field in fields(record)}
    if isinstance(record, LockEntry) and record.kind == QA:
        del keys["kind"]  # said of a cloze note alone
    return json.dumps(keys, ensure_ascii=False)


def parse_lock(text: str, path: str) -> tuple[Lock | None, tuple[Diagnostic, ...]]:
    """The lock that ``text`` holds, or ``None`` and the first thing that is wrong with it.

    LK602 for conflict markers, LK603 for a newer version, LK601 for all else: one diagnostic
    only, because what there is to do is the same for the whole file. A record that stands twice
    (git's union merge) is no damage: the later ``mod`` counts. ``\\r\\n`` and a BOM are fine.
    """
    # Not splitlines(): a front may hold U+2028 and its like, which are no line ends to git.
    lines = text.removeprefix("\ufeff").split("\n")
    numbered = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    for number, line in numbered:
        if line.startswith(_MARKERS):
            return None, (_conflicted(Place(path, number)),)
    records: list[_Record] = []
    for number, line in numbered:
        record = _read_record(line)
        complaint = record if isinstance(record, str) else _misplaced(record, records)
        if not records and _version(line) > VERSION:
            return None, (_newer(Place(path, number), _version(line)),)
        if complaint or isinstance(record, str):
            return None, (_damaged(Place(path, number), complaint),)
        records.append(record)
    if not records or not isinstance(records[-1], _End):
        last = numbered[-1][0] if numbered else 1
        return None, (_damaged(Place(path, last), "the lock is cut off: its end is missing"),)
    return _lock_of(records), ()


_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


def _conflicted(place: Place) -> Diagnostic:
    hint = (
        "delete the lines that begin with <<<<<<<, |||||||, ======= or >>>>>>> and keep all "
        "others: of a note that then stands twice the later state counts"
    )
    return Diagnostic(place, Code.CONFLICTED_LOCK, "the lock has conflict markers of git", hint)


def _newer(place: Place, version: int) -> Diagnostic:
    message = f"the lock has version {version}, this Cardwright knows {VERSION}"
    return Diagnostic(place, Code.NEWER_LOCK, message, "install a newer Cardwright")


def _damaged(place: Place, complaint: str) -> Diagnostic:
    hint = (
        "restore the file from git or from a backup; do not delete it, "
        "it is what ties the questions to their reviews"
    )
    return Diagnostic(place, Code.DAMAGED_LOCK, complaint, hint)


def _misplaced(record: _Record, before: list[_Record]) -> str:
    """Why ``record`` cannot follow the records ``before`` it; ``""`` when it can."""
    if not before and not isinstance(record, _Header):
        return "the first line of the lock is missing"
    if before and isinstance(record, _Header):
        return "a second lock begins here"
    if before and isinstance(before[-1], _End):
        return "the lock goes on after its end"
    if isinstance(record, _Header) and record.lock != VERSION:
        return f"there is no version {record.lock} of the lock"
    return ""


def _read_record(line: str) -> _Record | str:
    """The record on a line, or a message that says what is wrong with it."""
    pairs = _pairs(line)
    if not pairs:
        return f"{_quoted(line)} is not a record of a lock"
    keys, kind = dict(pairs), pairs[0][0]
    if kind not in _KINDS:
        return f"{_quoted(kind)} begins no record of a lock"
    make, types = _KINDS[kind]
    is_repeated = len(keys) != len(pairs)
    if make is LockEntry:
        keys.setdefault("kind", QA)
    if is_repeated or keys.keys() != types.keys():
        return f"a record {_quoted(kind)} has the keys {', '.join(types)}"
    wrong = next((key for key, name in types.items() if not _IS[name](keys[key])), None)
    if wrong is not None:
        return f"{_quoted(wrong)} has a value that it cannot have"
    return make(**{key: tuple(v) if isinstance(v, list) else v for key, v in keys.items()})


def _version(line: str) -> int:
    """The version that a lock's first line names, 0 when it names none."""
    version = dict(_pairs(line)).get("lock")
    return version if type(version) is int else 0


def _pairs(line: str) -> tuple[tuple[str, Any], ...]:
    """The keys and values of a JSON object, ``()`` when the line is none."""
    try:
        # An object becomes a tuple of pairs: no array looks like it, no repeated key is lost.
        pairs = json.loads(line, object_pairs_hook=tuple)
    except (ValueError, RecursionError):  # not JSON, or nested without end
        return ()
    return pairs if isinstance(pairs, tuple) else ()


def _quoted(text: str) -> str:
    return f"'{shorten(text, 40)}'"


def _is_text(value: object) -> bool:
    # JSON can write half of a surrogate pair, UTF-8 cannot.
    return isinstance(value, str) and _SURROGATE.search(value) is None


_SURROGATE = re.compile("[\ud800-\udfff]")


def _is_whole(value: object) -> bool:
    # The numbers that JavaScript keeps exactly: Anki's pages hold ids and times as such.
    return type(value) is int and 0 <= value < 2**53


# A record is written as its fields are, and its first key tells its kind: what makes it, and the
# types that its fields are declared with.
_KINDS: Mapping[str, tuple[Callable[..., _Record], Mapping[str, str]]] = {
    fields(make)[0].name: (make, {field.name: str(field.type) for field in fields(make)})
    for make in (_Header, _Root, NoteTypeStamp, FileChoice, LockEntry, _End)
}

# What a value has to be, by that type.
_IS: Mapping[str, Callable[[object], bool]] = {
    "str": _is_text,
    "DeckName": _is_text,
    "Guid": lambda value: _is_text(value) and re.fullmatch("[a-z0-9]{13}", str(value)) is not None,
    "tuple[str, ...]": lambda value: isinstance(value, list) and all(map(_is_text, value)),
    "int": _is_whole,
    "int | None": lambda value: value is None or _is_whole(value),
    "bool": lambda value: isinstance(value, bool),
}


def _lock_of(records: Iterable[_Record]) -> Lock:
    """The lock of well-formed records; of one that stands twice, the later counts.

    Two states with the same ``mod`` leave none that a learner is known to have: the hash of
    what it was made from is emptied, so that the next build gives it a new ``mod``.
    """
    project = deck = ""
    stamps: dict[str, NoteTypeStamp] = {}
    choices: dict[str, FileChoice] = {}
    entries: dict[Guid, LockEntry] = {}
    for record in records:
        if isinstance(record, _Header):
            project = record.project
        elif isinstance(record, _Root):
            deck = record.deck
        elif isinstance(record, NoteTypeStamp):
            stamps[record.kind] = _later_stamp(stamps.get(record.kind, record), record)
        elif isinstance(record, FileChoice):
            choices[record.file] = record
        elif isinstance(record, LockEntry):
            entries[record.guid] = _later_entry(entries.get(record.guid, record), record)
    return Lock(
        project,
        deck,
        notetypes=tuple(stamps[kind] for kind in sorted(stamps)),
        files=tuple(choices[file] for file in sorted(choices)),
        entries=tuple(sorted(entries.values(), key=entry_order)),
    )


def _later_stamp(one: NoteTypeStamp, other: NoteTypeStamp) -> NoteTypeStamp:
    if one.mod == other.mod and one.fingerprint != other.fingerprint:
        return replace(other, fingerprint="")
    return max(one, other, key=lambda stamp: stamp.mod)


def _later_entry(one: LockEntry, other: LockEntry) -> LockEntry:
    later = max(one, other, key=lambda entry: (entry.mod, not entry.is_retired))
    if one.mod == other.mod and (one.made, one.media) != (other.made, other.media):
        return replace(later, made="")
    return later
