"""Records the state in which a note was shipped, in its field Spare1.

After an import, Anki does not say which state it imported. So each note carries hashes of its own
fields, tags and deck. They show later what the learner changed, on any device and without the files
of the build.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cardwright.model import DeckName, Note, ResolvedNote, Seconds

SHIPPED = "Spare1"
"""The field with the record."""

UNTRACKED = ("Id", "Plain", "Spare1", "Spare2", "Spare3")
"""Fields without a hash. The learner has no reason to edit them; Plain follows the front."""

ELSEWHERE = "~"
"""Replaces the hash of the deck if the learner moved the cards to another deck."""

_FORM = "1"  # the version of the record's format; a reader ignores versions that it does not know


@dataclass(frozen=True, slots=True)
class Shipped:
    """The state of a note when it was shipped, as hashes."""

    mod: Seconds  # its change time
    deck: str  # the hash of its deck, or `ELSEWHERE`
    fields: Mapping[str, str]  # the hash of each tracked field by name
    tags: frozenset[str]  # the hashes of its tags
    suspended: tuple[int, ...] | None = None  # by the learner when we retired it, else `None`


def shipped(note: Note, fields: Mapping[str, str]) -> Shipped:
    """Return the state of a note that is packed with these fields."""
    front, back, hint, extra = note.hashes or ("", "", "", "")
    known = {"Question": front, "Text": front, "Answer": back, "Hint": hint, "Extra": extra}
    hashes = {
        name: known.get(name) or hash_of(text)
        for name, text in fields.items()
        if name not in UNTRACKED
    }
    tags = frozenset(map(tag_hash, note.tags))
    return Shipped(note.mod, deck_hash(note.deck), hashes, tags)


def hashes_of(note: ResolvedNote) -> tuple[str, ...]:
    """Return the ``hashes`` of a note, so that no further build has to make them."""
    return tuple(
        hash_of(packed_value(text)) for text in (note.front, note.back, note.hint, note.extra)
    )


def packed_value(text: str) -> str:
    """Return a field without the control characters that Anki removes.

    A field that Anki changes would look like an edit of the learner. Documents that were a PDF or
    slides have form feeds and vertical tabs. They separate words, so a space replaces them.
    """
    return text.translate(_PACKED) if any(map(text.__contains__, _CONTROLS)) else text


_CONTROLS = tuple(chr(code) for code in (*range(9), *range(11, 32), 127))
_PACKED = {**dict.fromkeys(map(ord, _CONTROLS)), 11: " ", 12: " "}


def hash_of(text: str) -> str:
    """Return eight hex digits, ``-`` for an empty text. Hashes NFC, the form that Anki stores."""
    if not text:
        return "-"
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]


@lru_cache(maxsize=4096)  # many notes share a deck and a tag
def deck_hash(deck: DeckName | str) -> str:
    return hash_of(deck)


@lru_cache(maxsize=4096)
def tag_hash(tag: str) -> str:
    """Return the hash of a tag. Anki ignores case in tags."""
    return hash_of(tag.casefold())


def format_shipped(state: Shipped, names: tuple[str, ...]) -> str:
    """Return the text of the field. ``names`` are the fields of the note type, in order."""
    fields = ",".join(state.fields.get(name, "-") for name in _tracked(names))
    tags = ",".join(sorted(state.tags)) or "-"
    cards = state.suspended
    end = "" if cards is None else f" {','.join(map(str, cards)) or '-'}"
    return f"{_FORM} {state.mod} {state.deck} {fields} {tags}{end}"


def read_shipped(text: str, names: tuple[str, ...]) -> Shipped | None:
    """Parse the text of the field. ``None`` if it has another format, or was edited."""
    match = _TEXT.fullmatch(text.strip())
    tracked = _tracked(names)
    if match is None or match["fields"].count(",") + 1 != len(tracked):
        return None
    fields = dict(zip(tracked, match["fields"].split(","), strict=True))
    tags = frozenset(match["tags"].split(",")) - {"-"}
    cards = match["suspended"]
    suspended = None if cards is None else tuple(map(int, re.findall(r"\d+", cards)))
    return Shipped(int(match["mod"]), match["deck"], fields, tags, suspended)


@lru_cache(maxsize=16)
def _tracked(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in UNTRACKED)


_HASH = r"(?:[0-9a-f]{8}|-)"
_TEXT = re.compile(
    rf"{_FORM} (?P<mod>\d{{1,12}}) (?P<deck>{_HASH}|{ELSEWHERE}) (?P<fields>{_HASH}(?:,{_HASH})*) "
    rf"(?P<tags>{_HASH}(?:,{_HASH})*)(?: (?P<suspended>\d{{1,4}}(?:,\d{{1,4}})*|-))?"
)
