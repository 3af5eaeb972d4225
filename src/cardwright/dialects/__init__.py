"""The ways in which people mark questions, one file each, and the choice among them."""

from __future__ import annotations

from cardwright.dialects.auto import (
    AUTO,
    DIALECTS,
    NONE,
    Choice,
    Reading,
    read_as,
)

__all__ = ["AUTO", "DIALECTS", "NONE", "Choice", "Reading", "read_as"]
