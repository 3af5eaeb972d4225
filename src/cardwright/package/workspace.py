"""The folder of a collection while it is packed or read: it may be larger than memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from tempfile import TemporaryDirectory


def workspace(otherwise: Path) -> TemporaryDirectory[str]:
    """A new folder among the system's temporary ones, or in ``otherwise`` where it has none."""
    try:
        parent = Path(tempfile.gettempdir())
    except FileNotFoundError:
        parent = otherwise
    return TemporaryDirectory(
        prefix="cardwright-",
        dir=parent if parent.is_dir() else otherwise,
        ignore_cleanup_errors=True,
    )
