"""Patterns of many words, each compiled when it is first used.

Compiling all of them takes a quarter of the time in which a small deck is built. A file needs few.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


def lazy_pattern(source: str) -> re.Pattern[str]:
    """What ``re.compile`` returns, to be used by its methods; a wrong one is found at the first."""
    return cast("re.Pattern[str]", _Pattern(source))


class _Pattern:
    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """Asked before the first use alone: from then on the methods are attributes of its own."""
        compiled = re.compile(self._source)
        for each in _METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)
