"""Edits a line of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace columns ``start`` to ``end`` of a line with ``text``. All of them count from 1."""

    line: int
    start: int
    end: int
    text: str


def apply_edit(lines: Sequence[str], edit: Edit) -> list[str]:
    """Return the lines after an edit."""
    changed = list(lines) or [""]
    line = changed[edit.line - 1]
    new = line[: edit.start - 1] + edit.text + line[edit.end - 1 :]
    changed[edit.line - 1 : edit.line] = new.split("\n")
    return changed
