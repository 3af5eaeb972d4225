"""Values as bytes: for the next build, or for another process of this one."""

from __future__ import annotations

import io
import pickle
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any


def packed(value: object) -> bytes:
    """The value as bytes for ``unpacked``, which must get them from nobody else: they run code."""
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def unpacked(content: bytes | memoryview) -> Any:
    """The value that ``packed`` made these bytes of, in this version of the program."""
    return pickle.loads(content)


class _Pickler(pickle.Pickler):
    """Writes a dataclass as a call of its class, which is read three times as fast as the state
    that a frozen one with slots is written as."""

    def reducer_override(self, value: object) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            kind = type(value)
            return kind, tuple([getattr(value, name) for name in _names(kind)])
        return NotImplemented


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
