"""Values for a media file on its way into the package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.diagnostics import Code


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not packed. ``words`` end the sentence "image '…' …"."""

    words: str
    hint: str = ""
    code: Code = Code.IMAGE_UNUSABLE


@dataclass(frozen=True, slots=True)
class Picture:
    """A processed file. ``extension`` has no dot.

    ``is_clear`` says that it is transparent. ``lost`` are the parts of a drawing that no card can
    show and that were removed, in the author's words.
    """

    content: bytes
    extension: str
    is_clear: bool = False
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawings:
    """Cleaned SVG files by the hash of their source.

    ``known`` are from earlier builds of this version, ``used`` are those of this build.
    """

    known: Mapping[str, Picture] = field(default_factory=dict)
    used: dict[str, Picture] = field(default_factory=dict)
