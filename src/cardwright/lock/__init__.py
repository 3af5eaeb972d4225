"""The lock: what the last build knew of every note, as values and as text that git can merge."""

from cardwright.lock.entries import FileChoice, ImagePin, Lock, LockEntry, entry_order
from cardwright.lock.forget import forget
from cardwright.lock.mend import Mended, known_entries, mend
from cardwright.lock.text import format_lock, lock_command, parse_lock

__all__ = [
    "FileChoice",
    "ImagePin",
    "Lock",
    "LockEntry",
    "Mended",
    "entry_order",
    "forget",
    "format_lock",
    "known_entries",
    "lock_command",
    "mend",
    "parse_lock",
]
