"""Searches sorted lines, and pairs each thing of a list with the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeVar

_Each = TypeVar("_Each")


def first_from(lines: Sequence[int], line: int, default: int = 0) -> int:
    """Return the first of the sorted ``lines`` from ``line`` on, or ``default``."""
    at = bisect_left(lines, line)
    return lines[at] if at < len(lines) else default


def count_between(lines: Sequence[int], start: int, end: int) -> int:
    """Count those of the sorted ``lines`` from ``start`` to before ``end``."""
    return max(bisect_left(lines, end) - bisect_left(lines, start), 0)


def with_next(found: Sequence[_Each]) -> Iterator[tuple[_Each, _Each | None]]:
    """Yield each thing with the one after it, ``None`` for the last."""
    return zip(found, [*found[1:], None], strict=False)
