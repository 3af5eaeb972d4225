"""Links a question and its entry in the lock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from cardwright.lsp.check import Check, CheckedNote

_ENTRY = re.compile(r'\s*\{"guid": "([a-z0-9]{13})"')


def entry_line(lines: Sequence[str], guid: str) -> int:
    """Return the line in a lock with the entry of a note, 0 for none."""
    start = f'{{"guid": "{guid}"'
    return next((at for at, line in enumerate(lines, 1) if line.lstrip().startswith(start)), 0)


def note_of_entry(line: str, check: Check) -> CheckedNote | None:
    """Return the note of an entry in the lock, ``None`` if its question is gone."""
    entry = _ENTRY.match(line)
    found = (note for note in check.notes if entry and note.note.guid == entry[1])
    return next(found, None)


def lock_of(check: Check) -> Path:
    """Return the absolute path of the deck's lock."""
    return Path.cwd() / check.assembly.lock_file
