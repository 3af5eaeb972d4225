"""Values for a media file on its way into the package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cardwright.diagnostics import Code
from cardwright.model import Media


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not packed. ``words`` end the sentence "image '…' …"."""

    words: str
    hint: str = ""
    code: Code = Code.IMAGE_UNUSABLE


@dataclass(frozen=True, slots=True)
class Picture:
    """A processed file."""

    content: bytes
    extension: str  # without a dot
    is_clear: bool = False  # it is transparent
    lost: tuple[str, ...] = ()  # parts of a drawing that no card can show, in the author's words


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file of the package."""

    media: Media
    source_bytes: int  # the size of its source
    lost: tuple[str, ...] = ()  # parts of a drawing


@dataclass(frozen=True, slots=True)
class Drawings:
    """Cleaned SVG files by the hash of their source.

    ``known`` are from earlier builds of this version, ``used`` are those of this build.
    """

    known: Mapping[str, Picture] = field(default_factory=dict)
    used: dict[str, Picture] = field(default_factory=dict)
