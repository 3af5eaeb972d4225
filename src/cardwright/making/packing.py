"""Values as bytes: for the next build, or for another process of this one."""

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
    """The value as bytes for ``unpacked``, which must get them from nobody else: they run code."""
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def unpacked(content: bytes | memoryview) -> Any:
    """The value that ``packed`` made these bytes of, in this version of the program."""
    return pickle.loads(content)


def deflated(value: object) -> bytes:
    """As ``packed``, in few bytes: for what is seldom needed and says the same again and again."""
    return zlib.compress(packed(value), 1)


def inflated(content: bytes) -> Any:
    """The value that ``deflated`` made these bytes of."""
    return unpacked(zlib.decompress(content))


class _Reducers(dict[type, Callable[[Any], Any]]):
    """Writes a dataclass as a call of its class, which is read three times as fast as the state
    that a frozen one with slots is written as."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = stored_names(kind)
        # With one name, an ``attrgetter`` returns the bare value.
        values = attrgetter(*names) if len(names) > 1 else None
        reducer = self[kind] = lambda value: (
            kind, values(value) if values else tuple([getattr(value, name) for name in names])
        )  # fmt: skip
        return reducer


def _reduced(passage: Passage) -> tuple[Callable[..., Passage], tuple[Any, ...]]:
    """A passage as one text: most objects of a deck are lines."""
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
    """The passage of a text. ``numbers`` is the first where they follow each other, ``columns``
    the only one."""
    at = count(numbers) if isinstance(numbers, int) else numbers
    begin = repeat(columns) if isinstance(columns, int) else columns
    return Passage(path, tuple(map(_line, zip(text.split("\n"), at, begin, strict=False))))


_line: Callable[[tuple[str, int, int]], Line] = partial(tuple.__new__, Line)


class _Pickler(pickle.Pickler):
    dispatch_table = _Reducers({Passage: _reduced})
