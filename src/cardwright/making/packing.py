"""Packs values as bytes for the next build or for another process."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from cardwright.model import Passage
from cardwright.model.stored import PackedLines, pack_lines, stored_names


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


@cache
def _empty(path: str) -> Passage:
    """Return a passage without lines. Most notes have three, which share one object."""
    return Passage(path)


def _reduced(passage: Passage) -> tuple[Callable[..., Passage], tuple[object, ...]]:
    """Pickle a passage with packed lines, which stay packed until they are read."""
    lines = passage.packed or pack_lines(passage.lines)
    if not lines:
        return _empty, (passage.path,)
    if not isinstance(lines, PackedLines):
        return Passage, (passage.path, lines)
    return _packed_passage, (passage.path, *lines)


def _packed_passage(path: str, *lines: Any) -> Passage:
    passage = object.__new__(Passage)
    object.__setattr__(passage, "path", path)
    object.__setattr__(passage, "packed", PackedLines(*lines))
    return passage


class _Pickler(pickle.Pickler):
    dispatch_table = _Reducers({Passage: _reduced})
