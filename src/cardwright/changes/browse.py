"""Writes searches for Anki's Browse window."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from cardwright.model import Guid

_FEW = 20  # up to this many notes, each gets a term of its own
_MOST_IN_A_PATTERN = 2_000
"""GUIDs in one pattern. Anki refuses a thousand terms (SQLite's depth) and very long patterns."""


def id_search(guids: Iterable[Guid]) -> str:
    """Return a Browse search that matches exactly these notes, or ``""`` for no notes.

    It uses the field Id, which holds the GUID. A search by tag or deck would be shorter but
    unreliable: a learner may have those of an older build, and may have edited them.
    """
    left = list(guids)
    if len(left) <= _FEW:
        return " OR ".join(f'"Id:{guid}"' for guid in left)
    rest = iter(left)
    patterns = iter(lambda: "|".join(islice(rest, _MOST_IN_A_PATTERN)), "")
    return " OR ".join(f'"Id:re:^({pattern})$"' for pattern in patterns)
