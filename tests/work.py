"""How much work something is: calls, lines and signs are counted, the same on every machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, SupportsIndex

ENDLESS = 60.0
"""Seconds of the processor: at least thirty times what a test takes that has this limit."""


def calls_of(action: Callable[[], object], *names: str) -> int:
    """How many functions are called to do it, those of libraries and in C too.

    With names, only the functions in C that are called so.
    """
    count = 0

    def on_event(_frame: FrameType, event: str, function: Any) -> None:
        nonlocal count
        if not names:
            count += event in ("call", "c_call")
        elif event == "c_call":
            count += function.__name__ in names

    sys.setprofile(on_event)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def steps_of(action: Callable[[], object]) -> int:
    """How many functions are called to do it, and how many lines of Python are run."""
    lines = 0

    def on_line(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return on_line

    sys.settrace(on_line)
    try:
        calls = calls_of(action)
    finally:
        sys.settrace(None)
    return calls + lines


def grows_evenly(work: Callable[[int], int], size: int) -> bool:
    """Whether four times the size is little more than twice as much work as two times."""
    work(3)  # whatever is done only once
    small, middle, large = (work(times * size) for times in (1, 2, 4))
    return large - middle < 2.3 * (middle - small) + 2000  # twice, were it only linear


@contextmanager
def ends() -> Iterator[None]:
    """For what is one call in C and has nothing to count: it takes less than ``ENDLESS``.

    The text has to be so long that the processor would be busy for minutes if it looked at each
    sign from each sign.
    """
    before = time.process_time()
    yield
    assert time.process_time() - before < ENDLESS


class Watched(str):
    """A text that counts the signs that its methods look at or copy; patterns are not counted."""

    __slots__ = ("signs",)
    signs: int

    def __new__(cls, text: str) -> Watched:
        watched = super().__new__(cls, text)
        watched.signs = 0
        return watched

    def _count(self, part: str) -> str:
        self.signs += len(part)
        return part

    def find(  # type: ignore[override]
        self, part: str, start: int = 0, end: int | None = None, /
    ) -> int:
        found = super().find(part, start, end)
        last = len(self) if end is None else min(end, len(self))
        self.signs += max((found if found >= 0 else last) - start, 0) + len(part)
        return found

    def __contains__(self, part: object) -> bool:
        assert isinstance(part, str)
        return self.find(part) >= 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        return self._count(super().__getitem__(key))

    def rstrip(self, signs: str | None = None, /) -> str:
        return self._count(super().rstrip(signs))
