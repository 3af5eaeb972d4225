"""Waits for what another thread or program does, as long as a busy machine may need for it."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0
"""Seconds that only something that never happens takes."""


def wait_until(holds: Callable[[], object]) -> None:
    """Return as soon as it holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
