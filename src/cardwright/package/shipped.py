"""What a note was when it was shipped: the field Spare1 of every note.

An import says nothing about the state that it left behind. So each note carries hashes of its
own fields, tags and deck. Whoever reads the note in Anki later can tell what the learner changed,
on any device and without the files of the build.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cardwright.model import DeckName, Note, Seconds

SHIPPED = "Spare1"
"""The field that holds it."""

UNTRACKED = ("Id", "Plain", "Spare1", "Spare2", "Spare3")
"""Fields without a hash: the learner has no reason to edit them. Plain goes with the front."""

ELSEWHERE = "~"
"""In the place of the deck's hash: the learner put the cards somewhere else."""

_FORM = "1"
"""Raised when the text changes its form. A reader that does not know it takes it for nothing."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """The state of a note when it was shipped, as hashes.

    ``mod`` is its change time then, ``deck`` the hash of its deck, or ``ELSEWHERE``; ``fields`` has
    the hash of each tracked field by its name, ``tags`` those of its tags.
    """

    mod: Seconds
    deck: str
    fields: Mapping[str, str]
    tags: frozenset[str]


def shipped(note: Note, fields: Mapping[str, str]) -> Shipped:
    """The state of a note that is packed with these fields."""
    hashes = {name: hash_of(text) for name, text in fields.items() if name not in UNTRACKED}
    tags = frozenset(map(tag_hash, note.tags))
    return Shipped(note.mod, deck_hash(note.deck), hashes, tags)


def hash_of(text: str) -> str:
    """Eight hex digits, ``-`` for an empty text. Anki stores text as NFC, so that is hashed."""
    if not text:
        return "-"
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]


@lru_cache(maxsize=4096)  # many notes are in a deck, and have a tag
def deck_hash(deck: DeckName | str) -> str:
    return hash_of(deck)


@lru_cache(maxsize=4096)
def tag_hash(tag: str) -> str:
    """Anki's tags know no case."""
    return hash_of(tag.casefold())


def format_shipped(state: Shipped, names: Iterable[str]) -> str:
    """The text of the field; ``names`` are the note type's fields, in their order."""
    fields = ",".join(state.fields.get(name, "-") for name in _tracked(names))
    return f"{_FORM} {state.mod} {state.deck} {fields} {','.join(sorted(state.tags)) or '-'}"


def read_shipped(text: str, names: Iterable[str]) -> Shipped | None:
    """The state that the text tells; ``None`` where it tells none, or was edited."""
    match = _TEXT.fullmatch(text.strip())
    tracked = _tracked(names)
    if match is None or match["fields"].count(",") + 1 != len(tracked):
        return None
    fields = dict(zip(tracked, match["fields"].split(","), strict=True))
    tags = frozenset(match["tags"].split(",")) - {"-"}
    return Shipped(int(match["mod"]), match["deck"], fields, tags)


def _tracked(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in UNTRACKED)


_HASH = r"(?:[0-9a-f]{8}|-)"
_TEXT = re.compile(
    rf"{_FORM} (?P<mod>\d{{1,12}}) (?P<deck>{_HASH}|{ELSEWHERE}) (?P<fields>{_HASH}(?:,{_HASH})*) "
    rf"(?P<tags>{_HASH}(?:,{_HASH})*)"
)
