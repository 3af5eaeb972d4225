"""Derives GUIDs and the project's salt from content."""

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
    """Hash texts, numbers and sequences of them to 13 characters of ``[a-z0-9]`` (67 bits)."""
    # JSON keeps ("ab", "c") and ("a", "bc") apart. It is written as ASCII because UTF-8 cannot
    # encode a lone surrogate.
    digest = hashlib.sha256(json.dumps(parts).encode("ascii")).digest()
    number = int.from_bytes(digest) % len(_ALPHABET) ** _LENGTH
    digits = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_ALPHABET))
        digits.append(_ALPHABET[digit])
    return "".join(digits)


def project_for(root_deck: str) -> str:
    """Return the salt of a deck's GUIDs for when neither the settings nor a lock have one."""
    return short_hash("project", root_deck)


class GuidSource:
    """Makes GUIDs that neither the lock nor this build uses yet.

    A GUID depends on the project, the key and the smallest free ``n``, but on no path and no
    time. So without a lock, the same content in the same order gets the same GUIDs.
    """

    def __init__(self, project: str, taken: Iterable[str]) -> None:
        self._project = project
        self._taken = set(taken)
        # A key's lower numbers are never freed within a build, so they are not tried again.
        self._next: defaultdict[tuple[str, ...], int] = defaultdict(int)

    def guid_for(self, explicit_id: str, front: str, kind: str) -> Guid:
        """Return a new GUID from the id, or from the normalised front if there is no id.

        The ``kind`` is part of the key. Anki refuses to import a note under the GUID of a note
        of another type, and a deck may have lost its lock.
        """
        key: tuple[str, ...] = ("id", explicit_id) if explicit_id else ("front", front)
        if kind != QA:
            key = (kind, *key)
        while True:
            guid = Guid(short_hash(self._project, *key, self._next[key]))
            self._next[key] += 1
            if guid not in self._taken:
                self._taken.add(guid)
                return guid
