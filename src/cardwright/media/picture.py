"""What becomes of a file on its way into the package, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.diagnostics import Code


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why bytes are not packed: ``words`` end the sentence "image '…' …"."""

    words: str
    hint: str = ""
    code: Code = Code.IMAGE_UNUSABLE


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it is packed; ``extension`` is without its dot.

    ``is_clear``: what is behind the picture shows through it. ``lost`` are the parts of a
    drawing that no card can show and that are gone, in the author's words.
    """

    content: bytes
    extension: str
    is_clear: bool = False
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawings:
    """Cleaned SVG by the hash of its source: ``known`` from earlier builds of this
    version, and ``used`` in this one."""

    known: Mapping[str, Picture] = field(default_factory=dict)
    used: dict[str, Picture] = field(default_factory=dict)
