"""Images of the disk as they were made last, for whoever builds again in the same process."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cardwright.media.make import Made

Stamp = tuple[str, int, int, int, int]


@dataclass(slots=True)
class Recent:
    """What was made of files, by their path, their size and times, and the greatest width.

    A drawing is not among them: it has a memory of its own.
    """

    made: dict[Stamp, Made] = field(default_factory=dict)

    def of(self, stamp: Stamp | None) -> Made | None:
        return self.made.get(stamp) if stamp else None

    def keep(self, stamp: Stamp | None, made: object) -> None:
        if stamp and isinstance(made, Made) and not made.media.name.endswith(".svg"):
            self.made[stamp] = made


def stamp_of(path: Path, max_width: int) -> Stamp | None:
    """What tells the content of a file from another one; ``None`` where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, max_width
