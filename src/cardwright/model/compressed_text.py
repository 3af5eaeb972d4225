"""Keeps long text fields of a dataclass compressed in memory, for large decks.

A field that may be compressed is read as text in any case. Its slot holds either the text or the
compressed bytes.
"""

from __future__ import annotations

import zlib
from dataclasses import fields
from types import MemberDescriptorType
from typing import Any, TypeVar

_LONG = 1000
"""Characters. Shorter texts are not worth compressing."""
_LEVEL = 1
_STORED = "stored_"
Kind = TypeVar("Kind", bound=type)
Value = TypeVar("Value")


class _TextField:
    """The descriptor of a field that may be compressed: it returns text in both cases."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot

    def __get__(self, value: object, kind: type) -> object:
        stored = self._slot.__get__(value, kind)
        if type(stored) is bytes:
            return zlib.decompress(stored).decode("utf-8", "surrogatepass")
        return stored

    def __set__(self, value: object, stored: object) -> None:
        self._slot.__set__(value, stored)


def compressible(kind: Kind, *names: str) -> Kind:
    """Let the fields ``names`` of a dataclass with slots be compressed; return the class."""
    for name in names:
        slot = kind.__dict__[name]
        setattr(kind, _STORED + name, slot)
        setattr(kind, name, _TextField(slot))
    return kind


def stored_names(kind: type) -> list[str]:
    """Return, for each field, the attribute with what its slot stores.

    Passed to the class in this order, these values make an equal instance.
    """
    names = [each.name for each in fields(kind)]
    return [_STORED + name if hasattr(kind, _STORED + name) else name for name in names]


def compressed(value: Value) -> Value:
    """Return an equal instance whose long texts are compressed where they may be."""
    names = stored_names(type(value))
    found = [getattr(value, name) for name in names]
    for at, name in enumerate(names):
        text = found[at]
        if name.startswith(_STORED) and isinstance(text, str) and len(text) > _LONG:
            found[at] = zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)
    return type(value)(*found)


def stored_value(value: Any, name: str) -> Any:
    """Return what the slot of a compressible field stores, to be passed on unread."""
    return getattr(value, _STORED + name)


def replace_fields(value: Value, **changes: object) -> Value:
    """Do what ``dataclasses.replace`` does, but leave compressed fields compressed."""
    kind = type(value)
    pairs = zip(fields(kind), stored_names(kind), strict=True)  # type: ignore[arg-type]
    return kind(*(changes.get(each.name, getattr(value, name)) for each, name in pairs))
