"""Long texts of a value, which a large deck holds deflated."""

from __future__ import annotations

import zlib
from dataclasses import fields
from types import MemberDescriptorType
from typing import Any, TypeVar

_LONG = 1000  # characters
_LEVEL = 1
_HELD = "held_"
Kind = TypeVar("Kind", bound=type)
Value = TypeVar("Value")


class _Text:
    """A field that is read as text, whether its slot holds the text or the deflated bytes."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot

    def __get__(self, value: object, kind: type) -> object:
        held = self._slot.__get__(value, kind)
        if type(held) is bytes:
            return zlib.decompress(held).decode("utf-8", "surrogatepass")
        return held

    def __set__(self, value: object, held: object) -> None:
        self._slot.__set__(value, held)


def deflatable(kind: Kind, *names: str) -> Kind:
    """The dataclass with slots, whose fields ``names`` may hold their text deflated."""
    for name in names:
        slot = kind.__dict__[name]
        setattr(kind, _HELD + name, slot)
        setattr(kind, name, _Text(slot))
    return kind


def held_names(kind: type) -> list[str]:
    """The attributes that have what the fields hold. Its class makes the same value of that."""
    names = [each.name for each in fields(kind)]
    return [_HELD + name if hasattr(kind, _HELD + name) else name for name in names]


def deflated(value: Value) -> Value:
    """The same value, its long texts deflated where they may be."""
    names = held_names(type(value))
    found = [getattr(value, name) for name in names]
    for at, name in enumerate(names):
        text = found[at]
        if name.startswith(_HELD) and isinstance(text, str) and len(text) > _LONG:
            found[at] = zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)
    return type(value)(*found)


def held(value: Any, name: str) -> Any:
    """What a field that may be deflated holds, to be handed on to another value."""
    return getattr(value, _HELD + name)


def replaced(value: Value, **changes: object) -> Value:
    """As ``dataclasses.replace``, but what is deflated stays deflated."""
    kind = type(value)
    pairs = zip(fields(kind), held_names(kind), strict=True)  # type: ignore[arg-type]
    return kind(*(changes.get(each.name, getattr(value, name)) for each, name in pairs))
