"""The lines of a lock's text: records, each a JSON object whose first key tells its kind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from cardwright.diagnostics import shorten
from cardwright.lock.entries import Behind, FileChoice, ImagePin, KeptTitle, LockEntry
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
class Delivered:
    """A ``Delivery``: ``delivered`` is the collection."""

    delivered: str
    at: Seconds


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
    | Delivered
    | LockEntry
    | End
)


def line_of(record: Record) -> str:
    """A record as a line of JSON, its keys in the order of its fields."""
    keys = {name: getattr(record, name) for name in record.__slots__}
    if isinstance(record, LockEntry):
        if record.kind == QA:
            del keys["kind"]  # said of a cloze note alone
        if not record.sketch:
            del keys["sketch"]  # of an answer without words, or from before there were any
        if not record.output:
            del keys["output"]
        keys["behind"] = [[each.collection, each.deck, each.is_retired] for each in record.behind]
        if not record.behind:
            del keys["behind"]
    return _JSON.encode(keys)


_JSON = json.JSONEncoder(ensure_ascii=False)


def read_record(line: str) -> Record | str:
    """The record on a line, or a message that says what is wrong with it."""
    pairs = _pairs(line)
    if not pairs:
        return f"{quoted(line)} is not a record of a lock"
    keys, kind = dict(pairs), pairs[0][0]
    if kind not in _KINDS:
        return f"{quoted(kind)} begins no record of a lock"
    make, checks = _KINDS[kind]
    is_repeated = len(keys) != len(pairs)
    if make is LockEntry:
        keys.setdefault("kind", QA)
        keys.setdefault("sketch", "")
        keys.setdefault("output", "")
        keys.setdefault("behind", [])
    if is_repeated or keys.keys() != checks.keys():
        return f"a record {quoted(kind)} has the keys {', '.join(checks)}"
    wrong = next((key for key, check in checks.items() if not check(keys[key])), None)
    if wrong is not None:
        return f"{quoted(wrong)} has a value that it cannot have"
    if make is LockEntry:
        keys["behind"] = [Behind(name, DeckName(deck), told) for name, deck, told in keys["behind"]]
    return make(**{key: tuple(v) if isinstance(v, list) else v for key, v in keys.items()})


def version_of(line: str) -> int:
    """The version that a lock's first line names, 0 when it names none."""
    version = dict(_pairs(line)).get("lock")
    return version if type(version) is int else 0


def _pairs(line: str) -> tuple[tuple[str, Any], ...]:
    """The keys and values of a JSON object, ``()`` when the line is none."""
    try:
        pairs = _PAIRS.decode(line)
    except (ValueError, RecursionError):  # not JSON, or nested without end
        return ()
    return pairs if isinstance(pairs, tuple) else ()


# An object becomes a tuple of pairs: no array looks like it, no repeated key is lost.
_PAIRS = json.JSONDecoder(object_pairs_hook=tuple)


def quoted(text: str) -> str:
    return f"'{shorten(text, 40)}'"


def _is_text(value: object) -> bool:
    # JSON can write half of a surrogate pair, UTF-8 cannot.
    return isinstance(value, str) and (value.isascii() or _SURROGATE.search(value) is None)


def _is_guid(value: object) -> bool:
    return isinstance(value, str) and _GUID.fullmatch(value) is not None


_GUID = re.compile("[a-z0-9]{13}")
_DIGEST = re.compile("[0-9a-f]{64}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _is_whole(value: object) -> bool:
    # The numbers that JavaScript keeps exactly: Anki's pages hold ids and times as such.
    return type(value) is int and 0 <= value < 2**53


LATEST: Seconds = 10**11
"""Of the year 5138. A later time was written by hand, and what comes after it has to fit too."""


def _is_behind(value: object) -> bool:
    """Whether it is a list of collection, deck and a truth, no collection twice."""
    if not isinstance(value, list) or not all(map(_is_one_behind, value)):
        return False
    return len({collection for collection, _, _ in value}) == len(value)


def _is_one_behind(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    collection, deck, is_retired = value
    return _is_text(collection) and _is_text(deck) and isinstance(is_retired, bool)


def is_seconds(value: object) -> bool:
    return _is_whole(value) and cast(int, value) < LATEST


def is_milliseconds(value: object) -> bool:
    return _is_whole(value) and cast(int, value) < LATEST * 1000


# What a value has to be, by that type.
_IS: Mapping[str, Callable[[object], bool]] = {
    "str": _is_text,
    "DeckName": _is_text,
    "Guid": _is_guid,
    "Digest": lambda value: isinstance(value, str) and _DIGEST.fullmatch(value) is not None,
    "tuple[str, ...]": lambda value: isinstance(value, list) and all(map(_is_text, value)),
    "tuple[Behind, ...]": _is_behind,
    "int": _is_whole,
    "Seconds": is_seconds,
    "Milliseconds": is_milliseconds,
    "int | None": lambda value: value is None or _is_whole(value),
    "bool": lambda value: isinstance(value, bool),
}

# A record is written as its fields are, and its first key tells its kind: what makes it, and what
# its fields have to be by the types that they are declared with.
_KINDS: Mapping[str, tuple[Callable[..., Record], Mapping[str, Callable[[object], bool]]]] = {
    fields(make)[0].name: (make, {field.name: _IS[str(field.type)] for field in fields(make)})
    for make in (
        Header,
        Root,
        NoteTypeStamp,
        FileChoice,
        KeptTitle,
        Katex,
        ImagePin,
        Delivered,
        LockEntry,
        End,
    )
}
