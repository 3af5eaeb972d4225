"""Values as bytes: for the next build, or for another process of this one."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any


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


class _Reducers(dict[type, Callable[[Any], tuple[type, tuple[Any, ...]]]]):
    """Writes a dataclass as a call of its class, which is read three times as fast as the state
    that a frozen one with slots is written as."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = [each.name for each in fields(kind)]
        # With one name, an ``attrgetter`` returns the bare value.
        values = attrgetter(*names) if len(names) > 1 else None
        reducer = self[kind] = lambda value: (
            kind, values(value) if values else tuple([getattr(value, name) for name in names])
        )  # fmt: skip
        return reducer


class _Pickler(pickle.Pickler):
    dispatch_table = _Reducers()
