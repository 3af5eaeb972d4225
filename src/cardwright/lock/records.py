"""Reads and writes the lines of a lock: JSON objects whose first key is their kind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast, get_args

from cardwright.diagnostics import shorten
from cardwright.lock import (
    CollectionState,
    Delivery,
    FileChoice,
    HiddenPart,
    ImagePin,
    KeptTitle,
    LockEntry,
)
from cardwright.model import DeckName, NoteTypeStamp, Seconds
from cardwright.notetypes import QA


@dataclass(frozen=True, slots=True)
class Header:
    lock: int
    project: str


@dataclass(frozen=True, slots=True)
class Root:
    deck: str


@dataclass(frozen=True, slots=True)
class Katex:
    katex: str


@dataclass(frozen=True, slots=True)
class End:
    end: str


Record = (
    Header
    | Root
    | NoteTypeStamp
    | FileChoice
    | KeptTitle
    | Katex
    | ImagePin
    | Delivery
    | LockEntry
    | End
)


def format_record(record: Record) -> str:
    """Format a record as a line of JSON, with its keys in the order of its fields."""
    keys = {key: getattr(record, name) for key, name in _NAMES[type(record)]}
    if isinstance(record, LockEntry):
        keys["behind"] = [[each.collection, each.deck, each.is_retired] for each in record.behind]
        keys["hidden"] = [part if part.words else part[:-1] for part in record.hidden]
        for name, value in _OMITTED.items():
            if keys[name] == value:
                del keys[name]
    return _JSON.encode(keys)


_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False)
_KEYS: Mapping[str, str] = {"collection": "delivered"}  # the keys of fields with another name
_NAMES = {
    kind: [(_KEYS.get(each.name, each.name), each.name) for each in fields(kind)]
    for kind in get_args(Record)
}
"""For each kind of record, the keys and the names of its fields."""
_OMITTED: Mapping[str, object] = {
    "kind": QA, "sketch": "", "output": "", "behind": [], "hidden": [],
}  # fmt: skip
"""Values of an entry that are not written."""


def read_record(line: str) -> Record | str:
    """Return the record on a line, or a message that says what is wrong with it."""
    pairs = _pairs(line)
    if not pairs:
        return f"{quoted(line)} is not a record of a lock"
    keys, kind = dict(pairs), pairs[0][0]
    if kind not in _KINDS:
        return f"{quoted(kind)} is not the first key of a record"
    make, checks = _KINDS[kind]
    is_repeated = len(keys) != len(pairs)
    if make is LockEntry:
        keys = {**_OMITTED, **keys}
    if is_repeated or keys.keys() != checks.keys():
        return f"a record {quoted(kind)} must have the keys {', '.join(checks)}"
    wrong = [key for key, check in checks.items() if not check(keys[key])]
    if wrong:
        return f"{quoted(wrong[0])} has an invalid value"
    if make is LockEntry:
        keys["behind"] = [
            CollectionState(name, DeckName(deck), is_retired)
            for name, deck, is_retired in keys["behind"]
        ]
        keys["hidden"] = [HiddenPart(*part) for part in keys["hidden"]]
    return make(*[tuple(v) if isinstance(v := keys[key], list) else v for key in checks])


LONGEST_HEADER = 100_000
"""Characters of the first line of a lock."""


def project_in(line: str) -> str:
    """Return the project in the first line of a lock, or ``""`` if it is none."""
    record = read_record(line)
    return record.project if isinstance(record, Header) else ""


def version_of(line: str) -> int:
    """Return the version in the first line of a lock, or 0 if it has none."""
    version = dict(_pairs(line)).get("lock")
    return version if type(version) is int else 0


def _pairs(line: str) -> tuple[tuple[str, Any], ...]:
    """Return the keys and values of a JSON object, or ``()`` if the line is something else."""
    try:
        pairs = _PAIRS.decode(line)
    except (ValueError, RecursionError):  # not JSON, or nested too deeply
        return ()
    return pairs if isinstance(pairs, tuple) else ()


# As a tuple of pairs, an object differs from an array and keeps repeated keys.
_PAIRS = json.JSONDecoder(object_pairs_hook=tuple)


def quoted(text: str) -> str:
    return f"'{shorten(text, 40)}'"


def _is_text(value: object) -> bool:
    # JSON can hold a lone surrogate, UTF-8 cannot.
    return isinstance(value, str) and (value.isascii() or _SURROGATE.search(value) is None)


def _matching(pattern: str) -> Callable[[object], bool]:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


_SURROGATE = re.compile("[\ud800-\udfff]")


def _is_whole(value: object) -> bool:
    # Anki's pages hold ids and times as numbers of JavaScript, which are exact up to 2**53.
    return type(value) is int and 0 <= value < 2**53


LATEST: Seconds = 10**11
"""A time in the year 5138. A later one must come from an edit by hand."""


def _is_behind(value: object) -> bool:
    """Whether it is a list of ``[collection, deck, bool]`` without a repeated collection."""
    if value == []:
        return True  # as with nearly all notes
    if not isinstance(value, list) or not all(isinstance(each, list) for each in value):
        return False
    is_right = all(
        len(each) == 3 and _is_text(each[0]) and _is_text(each[1]) and isinstance(each[2], bool)
        for each in value
    )
    return is_right and len({each[0] for each in value}) == len(value)


def _is_hidden(value: object) -> bool:
    """Whether it is a list of ``[number, start, end, bool]``, without a place with the words."""
    return isinstance(value, list) and all(
        isinstance(each, list)
        and len(each) in (4, 5)
        and all(map(_is_whole, each[:3]))
        and each[0] > 0
        and each[1] <= each[2]
        and isinstance(each[3], bool)
        and (len(each) == 4 or (each[1:4] == [0, 0, False] and _is_text(each[4])))
        for each in value
    )


def is_seconds(value: object) -> bool:
    return _is_whole(value) and cast(int, value) < LATEST


def is_milliseconds(value: object) -> bool:
    return _is_whole(value) and cast(int, value) < LATEST * 1000


# Checks for the values of fields, by the declared type.
_IS: Mapping[str, Callable[[object], bool]] = {
    "str": _is_text,
    "DeckName": _is_text,
    "Guid": _matching("[a-z0-9]{13}"),
    "Digest": _matching("[0-9a-f]{64}"),
    "tuple[str, ...]": lambda value: isinstance(value, list) and all(map(_is_text, value)),
    "tuple[CollectionState, ...]": _is_behind,
    "tuple[HiddenPart, ...]": _is_hidden,
    "int": _is_whole,
    "Seconds": is_seconds,
    "Milliseconds": is_milliseconds,
    "int | None": lambda value: value is None or _is_whole(value),
    "bool": lambda value: isinstance(value, bool),
}

# For each first key, the class of the record and the checks for its fields.
_KINDS: Mapping[str, tuple[Callable[..., Record], Mapping[str, Callable[[object], bool]]]] = {
    next(iter(checks)): (make, checks)
    for make in get_args(Record)
    for checks in [{_KEYS.get(f.name, f.name): _IS[str(f.type)] for f in fields(make)}]
}
