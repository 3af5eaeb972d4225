"""Keeps fields packed in memory, for large decks: long texts compressed, lines as one text.

A field that may be packed reads as its value in any case. The slot of a long text holds that or
the compressed form. The slot of lines is empty until they are read.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from itertools import count, repeat
from types import MemberDescriptorType
from typing import Any, NamedTuple, TypeVar

_LONG = 1000  # characters; shorter texts are not worth compressing
_LEVEL = 1
_STORED = "stored_"
Kind = TypeVar("Kind", bound=type)
Value = TypeVar("Value")


class _CompressedField:
    """The descriptor of a field that may be compressed."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot

    def __get__(self, value: object, kind: type) -> object:
        stored = self._slot.__get__(value, kind)
        return _inflated(stored) if type(stored) is bytes else stored

    def __set__(self, value: object, stored: object) -> None:
        self._slot.__set__(value, stored)


def compressible(kind: type, *names: str) -> None:
    """Let the fields ``names`` of a dataclass with slots be compressed."""
    for name in names:
        slot = kind.__dict__[name]
        setattr(kind, _STORED + name, slot)
        setattr(kind, name, _CompressedField(slot))


def _inflated(content: bytes) -> str:
    return zlib.decompress(content).decode("utf-8", "surrogatepass")


@cache
def stored_names(kind: type) -> list[str]:
    """Return, for each field, the attribute with what its slot stores.

    Passed to the class in this order, these values make an equal instance.
    """
    names = [each.name for each in fields(kind)]
    return [_STORED + name if hasattr(kind, _STORED + name) else name for name in names]


def compressed(value: Value) -> Value:
    """Return an equal instance whose long texts are compressed where they may be."""
    names = stored_names(type(value))  # type: ignore[arg-type]
    found = [getattr(value, name) for name in names]
    for at, name in enumerate(names):
        text = found[at]
        if name.startswith(_STORED) and isinstance(text, str) and len(text) > _LONG:
            found[at] = zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)
    return type(value)(*found)


def stored_value(value: Any, name: str) -> Any:
    """Return what the slot of a field that may be packed stores, to be passed on unread."""
    return getattr(value, _STORED + name)


def replace_fields(value: Value, **changes: object) -> Value:
    """Do what ``dataclasses.replace`` does, but leave packed fields packed."""
    kind = type(value)
    pairs = zip(fields(kind), stored_names(kind), strict=True)  # type: ignore[arg-type]
    return kind(*(changes.get(each.name, getattr(value, name)) for each, name in pairs))


class PackedLines(NamedTuple):
    """The lines of a passage as one text."""

    text: str
    numbers: int | tuple[int, ...]  # the first line number if they are consecutive
    columns: int | tuple[int, ...]  # the only column if all are equal


Lines = tuple[tuple[str, int, int], ...]
"""Texts with their line numbers and columns."""


def pack_lines(lines: Lines) -> PackedLines | Lines:
    """Return the lines as one text, or ``lines`` itself if that is impossible."""
    text = "\n".join([line[0] for line in lines])
    if not lines or text.count("\n") != len(lines) - 1:
        return lines
    _, numbers, columns = zip(*lines, strict=True)
    first, column = numbers[0], columns[0]
    in_order = numbers == tuple(range(first, first + len(lines)))
    is_even = columns.count(column) == len(columns)
    return PackedLines(text, first if in_order else numbers, column if is_even else columns)


def packable_lines(kind: type, make: Callable[[tuple[object, ...]], object]) -> None:
    """Let a dataclass with ``lines`` make these from ``packed``, and ``markdown``, when needed.

    ``make`` makes a line of its three values. Most objects of a deck are lines, and a build reads
    only those of files that changed.
    """

    def unpacked(packed: PackedLines) -> tuple[object, ...]:
        text, numbers, columns = packed
        at = count(numbers) if isinstance(numbers, int) else numbers
        begin = repeat(columns) if isinstance(columns, int) else columns
        return tuple(map(make, zip(text.split("\n"), at, begin, strict=False)))

    def make_value(value: Any, name: str) -> object:
        made: object
        if name == "markdown":
            packed = value.packed
            made = packed.text if packed else "\n".join([line[0] for line in value.lines])
        elif name == "lines":
            made = unpacked(value.packed)
            object.__setattr__(value, "packed", None)
        else:
            raise AttributeError(name)
        object.__setattr__(value, name, made)
        return made

    kind.__getattr__ = make_value  # type: ignore[attr-defined]  # only called for a missing value
