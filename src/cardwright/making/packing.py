"""Packs values as bytes for the next build or for another process."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable
from dataclasses import is_dataclass
from functools import partial
from itertools import count, repeat
from operator import attrgetter
from typing import Any

from cardwright.model import Line, Passage
from cardwright.model.compressed_text import stored_names


def packed(value: object) -> bytes:
    """Pickle a value. ``unpacked`` must only be given trusted bytes, because they can run code."""
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def unpacked(content: bytes | memoryview) -> Any:
    """Return the value from ``packed``, which must be from the same version of the program."""
    return pickle.loads(content)


def deflated(value: object) -> bytes:
    """Like ``packed``, but compressed. For repetitive data that is rarely needed."""
    return zlib.compress(packed(value), 1)


def inflated(content: bytes) -> Any:
    """Return the value from ``deflated``."""
    return unpacked(zlib.decompress(content))


class _Reducers(dict[type, Callable[[Any], Any]]):
    """Pickles a dataclass as a call of its class.

    Reading this is three times as fast as reading the state of a frozen dataclass with slots.
    """

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = stored_names(kind)
        # With one name, ``attrgetter`` does not return a tuple.
        values = attrgetter(*names) if len(names) > 1 else None
        reducer = self[kind] = lambda value: (
            kind, values(value) if values else tuple([getattr(value, name) for name in names])
        )  # fmt: skip
        return reducer


def _reduced(passage: Passage) -> tuple[Callable[..., Passage], tuple[Any, ...]]:
    """Pickle a passage as one text, because most objects of a deck are lines."""
    lines = passage.lines
    text = "\n".join([line.text for line in lines])
    if not lines or text.count("\n") != len(lines) - 1:
        return Passage, (passage.path, lines)
    _, numbers, columns = zip(*lines, strict=True)
    first, column = numbers[0], columns[0]
    in_order = numbers == tuple(range(first, first + len(lines)))
    is_even = columns.count(column) == len(columns)
    return _passage, (
        passage.path, text, first if in_order else numbers, column if is_even else columns
    )  # fmt: skip


def _passage(
    path: str, text: str, numbers: int | tuple[int, ...], columns: int | tuple[int, ...]
) -> Passage:
    """Rebuild a passage from its text.

    ``numbers`` is the first line number if they are consecutive. ``columns`` is the only column if
    all are equal.
    """
    at = count(numbers) if isinstance(numbers, int) else numbers
    begin = repeat(columns) if isinstance(columns, int) else columns
    return Passage(path, tuple(map(_line, zip(text.split("\n"), at, begin, strict=False))))


_line: Callable[[tuple[str, int, int]], Line] = partial(tuple.__new__, Line)


class _Pickler(pickle.Pickler):
    dispatch_table = _Reducers({Passage: _reduced})
