"""Creates the folder in which a collection is packed or read. It may be larger than memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from tempfile import TemporaryDirectory


def workspace(otherwise: Path) -> TemporaryDirectory[str]:
    """Return a new temporary folder, inside ``otherwise`` if the system has no temporary folder."""
    try:
        parent = Path(tempfile.gettempdir())
    except FileNotFoundError:
        parent = otherwise
    return TemporaryDirectory(
        prefix="cardwright-",
        dir=parent if parent.is_dir() else otherwise,
        ignore_cleanup_errors=True,
    )
