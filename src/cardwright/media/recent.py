"""Remembers processed images between builds in one process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cardwright.media.make import Made

Stamp = tuple[str, int, int, int, int]


@dataclass(slots=True)
class Recent:
    """Processed images by the path, size and times of their file, and the maximum width.

    Drawings are not included. ``Drawings`` remembers them.
    """

    made: dict[Stamp, Made] = field(default_factory=dict)

    def of(self, stamp: Stamp | None) -> Made | None:
        return self.made.get(stamp) if stamp else None

    def keep(self, stamp: Stamp | None, made: object) -> None:
        if stamp and isinstance(made, Made) and not made.media.name.endswith(".svg"):
            self.made[stamp] = made


def stamp_of(path: Path, max_width: int) -> Stamp | None:
    """Return what changes when the file's content changes, or ``None`` if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, max_width
