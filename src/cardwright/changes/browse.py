"""What to search for in Anki's Browse to see certain notes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from cardwright.model import Guid

_FEW = 20
"""So many notes are named one by one."""

_MOST_IN_A_PATTERN = 2_000
"""Anki takes neither a thousand terms (the depth of SQLite's queries) nor patterns without end."""


def id_search(guids: Iterable[Guid]) -> str:
    """The search for these notes and no others, ``""`` for none of them.

    The field Id of every note holds its GUID, in which nothing is a wildcard. Nothing shorter
    is sure: who missed a build has tags and decks of another one, and may have edited them.
    """
    left = list(guids)
    if len(left) <= _FEW:
        return " OR ".join(f'"Id:{guid}"' for guid in left)
    rest = iter(left)
    patterns = iter(lambda: "|".join(islice(rest, _MOST_IN_A_PATTERN)), "")
    return " OR ".join(f'"Id:re:^({pattern})$"' for pattern in patterns)
