"""Patterns of many words, each compiled when it is first used.

Compiling one takes up to a tenth of the time in which a small deck is built, and a file needs few.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


def pattern(source: str) -> re.Pattern[str]:
    """What ``re.compile`` returns, but for the type: only its methods and attributes are there."""
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
