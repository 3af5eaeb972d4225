"""Waits for what another thread or program does, as long as a busy machine may need for it."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0
"""Seconds that only something that never happens takes."""


def wait_until(holds: Callable[[], object]) -> None:
    """Return as soon as it holds. Fails if it never does."""
    assert happens(holds), "it never happened"


def happens(holds: Callable[[], object]) -> bool:
    """Wait until it holds, and return whether it ever does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
