"""Short names made from content: GUIDs, the project's salt, sketches."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from cardwright.model import Guid
from cardwright.notetypes import QA

_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_LENGTH = 13


def short_hash(*parts: object) -> str:
    """13 characters of ``[a-z0-9]`` (67 bits) from texts, numbers and sequences of them."""
    number = _number(parts) % len(_ALPHABET) ** _LENGTH
    digits = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_ALPHABET))
        digits.append(_ALPHABET[digit])
    return "".join(digits)


def _number(parts: tuple[object, ...]) -> int:
    # JSON keeps the parts apart: ("ab", "c") and ("a", "bc") are not the same; ASCII, so that
    # even half of a surrogate pair, which UTF-8 cannot hold, has a hash.
    return int.from_bytes(hashlib.sha256(json.dumps(parts).encode("ascii")).digest())


def project_for(root_deck: str) -> str:
    """The salt of a deck's GUIDs where neither settings nor a lock name one."""
    return short_hash("project", root_deck)


class GuidSource:
    """Makes GUIDs that neither the lock nor this build holds.

    A GUID depends on project, key and the smallest free ``n``, on no path and no time: without
    a lock the same content in the same order gets the same GUIDs.
    """

    def __init__(self, project: str, held: Iterable[str]) -> None:
        self._project = project
        self._held = set(held)
        # A key's lower numbers are never freed within a build, so they are not tried again.
        self._next: defaultdict[tuple[str, ...], int] = defaultdict(int)

    def guid_for(self, explicit_id: str, front: str, kind: str) -> Guid:
        """A new GUID, from the id where there is one, else from the normalised front.

        ``kind`` counts, for Anki imports no note under the GUID of one of another type; so it
        is told apart even where the lock is lost.
        """
        key: tuple[str, ...] = ("id", explicit_id) if explicit_id else ("front", front)
        if kind != QA:
            key = (kind, *key)
        while True:
            guid = Guid(short_hash(self._project, *key, self._next[key]))
            self._next[key] += 1
            if guid not in self._held:
                self._held.add(guid)
                return guid
